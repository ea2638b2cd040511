import pytest
from support.fronts import Name
from support.posthog_ui import CREATE, Ui
from support.wire_engine import StepFailedError, WireEngine, account

from posthog_pulumi.provider import ProjectProvider

KEY = "phx_" + "k" * 40
LOCAL = "http://127.0.0.1:9"
SET_KEY = "set it with `pulumi config set --secret posthog:apiKey` or POSTHOG_API_KEY."
SET_HOST = "set it with `pulumi config set posthog:host` or POSTHOG_HOST."
PERSONAL = "create a personal API key (phx_…) in PostHog under Settings > Personal API keys"
ORIGIN = f"posthog:host must be an origin such as https://us.posthog.com, with no path; {SET_HOST}"

UNUSABLE: dict[str, tuple[dict[str, str], str]] = {
    "no credential": (
        {},
        (
            "No PostHog credential is configured; set"
            " `pulumi config set --secret posthog:apiKey` or POSTHOG_API_KEY."
        ),
    ),
    "a project API key": (
        {"apiKey": "phc_" + "k" * 40},
        (
            "posthog:apiKey is a project API key (phc_…), which can only send events;"
            f" {PERSONAL}; {SET_KEY}"
        ),
    ),
    "a project secret API key": (
        {"apiKey": "phs_" + "k" * 40},
        (
            "posthog:apiKey is a project secret API key (phs_…), which cannot manage projects;"
            f" {PERSONAL}; {SET_KEY}"
        ),
    ),
    "a key with a line break": (
        {"apiKey": f"{KEY}\n{KEY}"},
        f"posthog:apiKey has spaces or characters that no key has; copy it again; {SET_KEY}",
    ),
    "a host without scheme": ({"apiKey": KEY, "host": "us.posthog.com"}, ORIGIN),
    "a host with a path": ({"apiKey": KEY, "host": "https://us.posthog.com/api"}, ORIGIN),
    "a host with a password": ({"apiKey": KEY, "host": "https://me:pw@posthog.com"}, ORIGIN),
    "the host of events": (
        {"apiKey": KEY, "host": "https://us.i.posthog.com"},
        f"posthog:host is the host events are sent to; leave out its “.i”; {SET_HOST}",
    ),
    "a switch that is none": (
        {"apiKey": KEY, "allowHttp": "perhaps"},
        (
            "posthog:allowHttp must be true or false; set it with"
            " `pulumi config set posthog:allowHttp`."
        ),
    ),
}


@pytest.mark.parametrize(("config", "words"), UNUSABLE.values(), ids=UNUSABLE)
def test_an_unusable_configuration(config: dict[str, str], words: str, front: Name) -> None:
    """It is a check failure of each resource, so the preview has it, and no value is shown."""
    with WireEngine(ProjectProvider(), config, front=front) as engine:
        _, failures = engine.check({"name": "web"})

    assert failures == [words]
    assert "k" * 40 not in failures[0]


def test_a_key_that_nobody_reads(ui: Ui, front: Name) -> None:
    """A misspelt key is refused before anything is made; what is there can still be destroyed."""
    config = account(ui)
    with WireEngine(ProjectProvider(), {**config, "organisationId": "x"}, front=front) as engine:
        _, failures = engine.check({"name": "web"})
    with WireEngine(ProjectProvider(), config, front=front) as engine:
        engine.up("web", name="web")
        state = engine.state
    with WireEngine(ProjectProvider(), {**config, "organisationId": "x"}, front=front) as engine:
        engine.state.update(state)
        engine.destroy("web")

    assert failures == ["posthog:organisationId is not known; did you mean posthog:organizationId?"]
    assert ui.projects() == []


def test_plain_http_is_refused(front: Name) -> None:
    """The key would be readable on its way to any host but this machine."""
    config = {"apiKey": KEY, "host": "http://posthog.example.com"}
    with WireEngine(ProjectProvider(), config, front=front) as engine:
        _, failures = engine.check({"name": "web"})

    assert len(failures) == 1
    assert failures[0].endswith(
        "The key would be sent over plain http; use https, or set posthog:allowHttp (or allow_http"
        " of the PostHogProvider) to true if you trust the network."
    )


def test_plain_http_may_be_allowed(front: Name) -> None:
    """`posthog:allowHttp` is for a network that one trusts."""
    config = {"apiKey": KEY, "host": "http://posthog.example.com", "allowHttp": "true"}
    with WireEngine(ProjectProvider(), config, front=front) as engine:
        _, failures = engine.check({"name": "web"})

    assert failures == []


def test_the_configuration_comes_before_the_environment(ui: Ui, front: Name) -> None:
    """The stack's values come first, then `POSTHOG_…`, where the CLI's own name is understood."""
    config = {key: value for key, value in account(ui).items() if key != "apiKey"}
    environ = {
        "POSTHOG_PERSONAL_API_KEY": ui.tenant.api_key,
        "POSTHOG_HOST": "https://posthog.invalid",
        "POSTHOG_ORGANIZATION_ID": "nowhere",
    }
    with WireEngine(ProjectProvider(), config, environ, front=front) as engine:
        made = engine.up("web", name="web")

    assert made.step == "create"
    assert ui.requests() == [CREATE]


def test_a_session_will_do_without_a_key(ui: Ui, front: Name) -> None:
    """A signed-in session may do all that a key may."""
    config = {**account(ui), "apiKey": "", "sessionId": ui.tenant.session_id}
    with WireEngine(ProjectProvider(), config, front=front) as engine:
        engine.up("web", name="web")
        changed = engine.up("web", name="Website")

    assert changed.step == "update"


def test_an_expired_session(ui: Ui, front: Name) -> None:
    """The error names the variable that overrides a session recorded in the state."""
    config = {**account(ui), "apiKey": "", "sessionId": "expired"}
    with (
        WireEngine(ProjectProvider(), config, front=front) as engine,
        pytest.raises(StepFailedError, match="unless POSTHOG_PULUMI_SESSION_ID_OVERRIDE is set"),
    ):
        engine.up("web", name="web")


def test_an_expired_session_is_overridden(ui: Ui, front: Name) -> None:
    """With that variable the stack can be refreshed and destroyed again."""
    config = {**account(ui), "apiKey": "", "sessionId": "expired"}
    environ = {"POSTHOG_PULUMI_SESSION_ID_OVERRIDE": ui.tenant.session_id}
    with WireEngine(ProjectProvider(), config, environ, front=front) as engine:
        engine.up("web", name="web")
        engine.refresh("web")
        engine.destroy("web")

    assert ui.projects() == []


def test_a_host_that_nobody_serves(front: Name) -> None:
    """An unreachable host is named, and so is the request that was not sent."""
    with (
        WireEngine(ProjectProvider(), {"apiKey": KEY, "host": LOCAL}, front=front) as engine,
        pytest.raises(StepFailedError, match=r"cannot be reached.*\(GET /api/org") as refused,
    ):
        engine.up("web", name="web")

    assert "\n" not in str(refused.value)
