"""What the plugin alone is asked by the engine, or gives it: previews, imports, times of steps."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import Any

import pytest
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2 as proto
from support.in_flight import arrived
from support.our_resources import RESOURCES, OurResource
from support.posthog_actions import rotate_by_hand, signed_in
from support.posthog_ui import CREATE, READ, Ui
from support.wire_engine import UNKNOWN, StepFailedError, WireEngine
from support.wire_messages import call, message

from posthog_pulumi.provider import ProductIntentProvider, ProjectProvider, SecretTokenProvider

TOKENS = ("secret_api_token", "secret_api_token_backup")


@pytest.fixture
def engine(ui: Ui) -> Iterator[WireEngine]:
    """The plugin, asked for projects."""
    with WireEngine(ProjectProvider(), signed_in(ui), front="native") as running:
        yield running


def test_a_preview_of_a_create_knows_the_arguments(engine: WireEngine, ui: Ui) -> None:
    """What PostHog gives is not known yet, at any depth what the program knows is."""
    inputs = {
        "name": "web",
        "app_urls": ["https://a.example", UNKNOWN],
        "extra_settings": {"deep": {"x": UNKNOWN, "y": 0.5}, "empty": {}},
    }
    shown = engine.preview("web", inputs)

    assert {name: shown[name] for name in inputs} == inputs
    assert {shown[name] for name in ("api_token", "uuid", "organization")} == {UNKNOWN}
    assert ui.requests() == []


def test_a_preview_of_an_update_keeps_what_stays(engine: WireEngine, ui: Ui) -> None:
    """Tokens stay known and secret, what is not computed yet is unknown, and nothing is sent."""
    made = engine.up("web", name="web", timezone="Europe/Rome", survey_config={"a": 1})
    ui.requests()
    shown = engine.preview("web", {"name": UNKNOWN, "survey_config": {"a": UNKNOWN}})

    assert rpc.is_rpc_secret(shown["api_token"])
    assert rpc.unwrap_rpc_secret(shown["api_token"]) == made.outputs["api_token"]
    assert (shown["name"], shown["survey_config"]) == (UNKNOWN, {"a": UNKNOWN})
    assert shown["uuid"] == made.outputs["uuid"]
    assert "timezone" not in shown
    assert ui.requests() == []


def test_a_move_is_not_known_before_it_is_made(engine: WireEngine) -> None:
    """An organization that is not computed yet leaves the project's own unknown."""
    engine.up("web", name="web")
    shown = engine.preview("web", {"name": "web", "organization_id": UNKNOWN})

    assert shown["organization"] == UNKNOWN


@pytest.mark.parametrize(
    ("inputs", "kinds"),
    [
        ({"name": "Web"}, {"name": "UPDATE", "timezone": "DELETE"}),
        ({"name": UNKNOWN, "timezone": "UTC"}, {"name": "UPDATE"}),
        ({"name": "web", "timezone": "UTC", "app_urls": [UNKNOWN]}, {"app_urls": "ADD"}),
        ({"name": "web", "timezone": "UTC", "survey_config": {}}, {"survey_config": "ADD"}),
    ],
    ids=["changed and dropped", "unknown", "an unknown in a list", "an empty map"],
)
def test_a_diff_names_each_property(
    engine: WireEngine, inputs: dict[str, Any], kinds: dict[str, str]
) -> None:
    """What the engine shows line by line."""
    engine.up("web", name="web", timezone="UTC")
    found = engine.diff("web", inputs).detailedDiff

    assert {name: proto.PropertyDiff.Kind.Name(it.kind) for name, it in found.items()} == kinds


def test_a_diff_of_the_provider_replaces_nothing(engine: WireEngine) -> None:
    """Another host, or one that is not computed yet, is a change that replaces no resource."""
    before = message({"host": "https://a.example"})
    after = [
        message({"host": host}) for host in ("https://a.example", "https://b.example", UNKNOWN)
    ]
    requests = [proto.DiffRequest(olds=before, news=news) for news in after]
    found = [engine.stub.DiffConfig(request) for request in requests]

    assert [it.changes for it in found] == [1, 2, 2]
    assert [list(it.replaces) for it in found] == [[], [], []]


def test_an_import_declares_what_differs(engine: WireEngine, ui: Ui) -> None:
    """By its number alone it is found, too; what comes of it is the same as what was there."""
    id_ = ui.create(name="By hand", timezone="Europe/Rome")
    ui.requests()
    taken = engine.take("web", id_)

    assert taken.inputs == {"name": "By hand", "timezone": "Europe/Rome"}
    assert ui.requests() == [READ]
    assert engine.up("web", **taken.inputs).step == "same"
    assert ui.requests() == []


def test_an_import_of_a_token_rotates_nothing(ui: Ui) -> None:
    """The project's token is taken over, and its backup left; without a token it is one line."""
    id_, other = ui.create(name="Old"), ui.create(name="New")
    rotate_by_hand(ui, id_)
    rotate_by_hand(ui, id_)
    live, backup = (ui.project(id_)[name] for name in TOKENS)
    place = f"{ui.tenant.organization_id}/{id_}"
    ui.requests()
    with WireEngine(SecretTokenProvider(), signed_in(ui), front="native") as engine:
        taken = engine.take("it", place)
        again = engine.up("it", **taken.inputs)
        with pytest.raises(StepFailedError, match=f"project {other} has no secret token to import"):
            engine.take("none", other)
    read = ui.requests()

    assert taken.outputs["token"] == live
    assert again.step == "same"
    assert [ui.project(id_)[name] for name in TOKENS] == [live, backup]
    assert set(read) == {READ}


def test_an_import_of_an_intent_sends_nothing(ui: Ui) -> None:
    """What the project has is recorded; an intent that it has not is one line."""
    id_ = ui.create(name="Web")
    with WireEngine(ProductIntentProvider(), signed_in(ui), front="native") as engine:
        engine.up("made", project_id=id_, product_type="surveys")
        ui.requests()
        taken = engine.take("it", f"{id_}/surveys")
        again = engine.up("it", **taken.inputs)
        with pytest.raises(StepFailedError, match="has no product intent 'logs'"):
            engine.take("none", f"{id_}/logs")

    assert again.step == "same"
    assert set(ui.requests()) == {READ}


def test_a_project_on_its_way_out_is_not_imported(engine: WireEngine, ui: Ui) -> None:
    """One line says why."""
    id_ = ui.create(name="Old")
    ui.start_removing(id_)

    with pytest.raises(StepFailedError, match="PostHog is deleting it") as refused:
        engine.take("web", id_)
    assert "Traceback" not in str(refused.value)


@pytest.mark.parametrize("id_", ["", "web", "a/b/c", "9007199254740993", "1e3", "-1", "²"])
def test_what_is_no_project_is_not_imported(engine: WireEngine, id_: str) -> None:
    """Whatever was typed, the error is one line."""
    with pytest.raises(StepFailedError, match="was not imported: ") as refused:
        engine.take("web", id_)
    assert "Traceback" not in str(refused.value)


@pytest.mark.parametrize("ours", RESOURCES, ids=str)
def test_what_is_no_id_is_not_imported(ui: Ui, ours: OurResource) -> None:
    """One line says which ids there are, or that there are none."""
    with (
        WireEngine(ours.provider(), signed_in(ui), front="native") as engine,
        pytest.raises(StepFailedError, match=r"be imported|was not imported") as refused,
    ):
        engine.take("it", "nothing")
    assert "Traceback" not in str(refused.value)


def test_the_program_gives_a_step_its_time(engine: WireEngine, ui: Ui) -> None:
    """A wait longer than `custom_timeouts` is refused at once, and the same step goes on later."""
    ui.fault("POST", status=429, headers={"Retry-After": "7"})
    engine.timeout = 5
    with pytest.raises(StepFailedError, match=r"was not created: .* 429"):
        engine.up("web", name="web")

    assert ui.requests() == [CREATE]


def test_what_moves_over_keeps_its_way_back(engine: WireEngine) -> None:
    """What Pulumi's dynamic provider recorded stays in the outputs, and is no change."""
    engine.up("web", name="web")
    engine.state["web"].outputs["__provider"] = "pickled"
    engine.state["web"].inputs["__provider"] = "pickled"
    found = engine.diff("web", {"name": "web"})
    shown = engine.preview("web", {"name": "Web"})

    assert found.changes == proto.DiffResponse.DIFF_NONE
    assert shown["__provider"] == "pickled"


def test_a_resource_of_another_version(engine: WireEngine) -> None:
    """A type that an SDK has and the plugin has not is one line with the plugin's version."""
    request = proto.CheckRequest(type="posthog:index:Dashboard", news=message({"name": "web"}))

    with pytest.raises(StepFailedError) as refused:
        call(engine.stub.Check, request)
    assert str(refused.value) == (
        f"version {version('posthog-pulumi')} of the plugin has no posthog:index:Dashboard. Install"
        " the version that the program's SDK is of."
    )


def test_an_interrupt_ends_all_waits(engine: WireEngine, ui: Ui) -> None:
    """The engine closes a plugin by an interrupt; a wait for a rate limit does not outlive it."""
    ui.fault("POST", status=429, headers={"Retry-After": "600"})
    with ThreadPoolExecutor(1) as calls:
        waiting = calls.submit(engine.up, "web", name="web")
        arrived(ui.tenant, 1)
        code = engine.process.interrupt()
        failed = waiting.exception(30)

    assert code == 0
    assert isinstance(failed, StepFailedError)
    assert ui.requests() == [CREATE]
