import pulumi
from support.cli_engine import Stack
from support.posthog_ui import CREATE, DELETE, READ, UPDATE, Ui

from posthog_pulumi import PostHogProject


def web() -> None:
    """A project with two settings."""
    PostHogProject("web", timezone="Europe/Berlin", session_recording_sample_rate=0.25)


def web_in_paris() -> None:
    """The same with another value of one."""
    PostHogProject("web", timezone="Europe/Paris", session_recording_sample_rate=0.25)


def test_a_whole_life_in_requests(stack: Stack) -> None:
    """Previews and no-ops send nothing, create, update and refresh one request, destroy two."""
    steps = [
        (stack.preview(web).steps, stack.requests()),
        (stack.up(web).steps, stack.requests()),
        (stack.up(web).steps, stack.requests()),
        (stack.preview(web_in_paris).steps, stack.requests()),
        (stack.up(web_in_paris).steps, stack.requests()),
        (stack.refresh().steps, stack.requests()),
        (stack.destroy().steps, stack.requests()),
    ]

    assert steps == [
        ({"web": "create"}, []),
        ({"web": "create"}, [CREATE]),
        ({"web": "same"}, []),
        ({"web": "update"}, []),
        ({"web": "update"}, [UPDATE]),
        ({"web": "same"}, [READ]),
        ({"web": "delete"}, [READ, DELETE]),
    ]


def test_a_setting_that_create_overrides_is_sent_again(stack: Stack, ui: Ui) -> None:
    """PostHog writes its own test account filters at creation, so a second request follows."""
    filters = [{"key": "email", "value": "@example.com", "operator": "not_icontains"}]

    def program() -> None:
        PostHogProject("web", test_account_filters=[{**filters[0], "type": "person"}])

    stack.up(program)
    sent = stack.requests()
    again = stack.up(program)

    assert sent == [CREATE, UPDATE]
    assert again.steps == {"web": "same"}
    assert ui.project(stack.state()["web"].id)["test_account_filters"][0]["key"] == "email"


def test_the_projects_name_is_the_resources_unless_declared(stack: Stack, ui: Ui) -> None:
    """Several projects are made in one run, each with one request."""

    def program() -> None:
        PostHogProject("web")
        PostHogProject("shop", name="Shop of the north")
        PostHogProject("app", name=pulumi.Output.from_input("App"))

    first = stack.up(program)
    again = stack.preview(program)

    assert set(first.steps.values()) == {"create"}
    assert set(again.steps.values()) == {"same"}
    assert stack.requests() == [CREATE] * 3
    assert ui.projects() == ["App", "Shop of the north", "web"]


def test_a_rename_keeps_the_project(stack: Stack, ui: Ui) -> None:
    """A new name is an update in place: the id and the tokens stay."""
    stack.up(lambda: PostHogProject("web", name="Website"))
    before = stack.state()["web"]
    token = ui.project(before.id)["api_token"]
    renamed = stack.up(lambda: PostHogProject("web", name="Web"))

    assert renamed.steps == {"web": "update"}
    assert stack.state()["web"].id == before.id
    assert ui.project(before.id)["api_token"] == token


def test_a_project_taken_out_of_the_program_is_deleted(stack: Stack, ui: Ui) -> None:
    """Removing a resource from the program deletes its project, and only that one."""

    def both() -> None:
        PostHogProject("web")
        PostHogProject("shop")

    stack.up(both)
    shrunk = stack.up(lambda: PostHogProject("web"))

    assert shrunk.steps == {"web": "same", "shop": "delete"}
    assert ui.projects() == ["web"]
