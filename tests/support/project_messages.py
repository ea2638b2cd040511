"""What is said about projects, each text by what leads to it."""

from typing import Any, Final

from posthog_pulumi.client.endpoints import LIST_PROJECTS
from posthog_pulumi.client.refusals import ADVICE_BY_WORDS
from posthog_pulumi.client.retries import Deadline, Gate, Retries
from posthog_pulumi.errors import (
    APIConnectError,
    BadRequestError,
    ConflictError,
    InternalServerError,
    PostHogError,
)
from posthog_pulumi.lifecycle import lookups, project
from posthog_pulumi.lifecycle.cancel import CANCELLED, sleep
from posthog_pulumi.lifecycle.create import create
from posthog_pulumi.lifecycle.demo import wait_for_demo_data
from posthog_pulumi.models.project import RemoteProject
from support.clock import Clock
from support.fake_posthog import ACME, GLOBEX, body, state, wanted
from support.fake_posthog_secrets import MintingPostHog
from support.project_provider import provider
from support.said import Text, Use, failing, no, raises, says

RESET: Final = "rotate_api_token_when_changed"
NOT_VISIBLE: Final[dict[str, Any]] = {"projects": {}, "sees_organizations": False}
DEMO: Final[dict[str, Any]] = {"is_demo": True, "wait_for_demo_data": True}


def taken() -> PostHogError:
    """A name that another project has."""
    return ConflictError(
        'PostHog says: There is already a project called "Web" in this organization.',
        advice=ADVICE_BY_WORDS["there is already a project"],
    )


def refused() -> PostHogError:
    """A setting that PostHog refuses."""
    return BadRequestError("PostHog refuses primary_dashboard: No.")


def making(**arguments: Any) -> Use:
    """Create a project."""
    return lambda it: create(it.connection(), wanted(**arguments))


def making_beside_another(it: MintingPostHog) -> object:
    """Create a project while somebody else does."""
    it.projects[1] = body()
    return making(timezone="Asia/Tokyo")(it)


def making_beside_twins(it: MintingPostHog) -> object:
    """Create a project where two of its name appear."""
    it.projects.update({1: body(), 2: {**body(), "id": 2}})
    return making(timezone="Asia/Tokyo")(it)


def updating(**arguments: Any) -> Use:
    """Update the project."""
    return lambda it: project.update(it.connection(), "1", state(), wanted(**arguments))


def resetting(it: MintingPostHog) -> object:
    """Update the project with another trigger."""
    armed = state(rotate_api_token_when_changed={"n": 1})
    fired = wanted(rotate_api_token_when_changed={"n": 2})
    return project.update(it.connection(), "1", armed, fired)


def reading(it: MintingPostHog) -> object:
    """Refresh the project."""
    return project.read(it.connection(), "1", state())


def deleting(it: MintingPostHog) -> None:
    """Delete the project."""
    project.delete(it.connection(), "1", state())


def waiting(it: MintingPostHog) -> None:
    """Wait for the demo data of the project."""
    wait_for_demo_data(it.connection(), RemoteProject.model_validate(it.projects[1]))


def comparing(recorded: dict[str, Any], configured: dict[str, str], **news: Any) -> Use:
    """Diff the project."""
    olds = state(**recorded).outputs()
    return lambda _: provider(**configured).diff("1", olds, {"name": "Web", **news})


def looking_up(**by: Any) -> Use:
    """Look a project up."""
    return lambda it: lookups.project(it.connection(), ACME, **{"id_": None, "name": None, **by})


def cancelled(_it: MintingPostHog) -> None:
    """Wait in a run that is cancelled."""
    CANCELLED.set()
    try:
        sleep(1)
    finally:
        CANCELLED.clear()


def limited(_it: MintingPostHog) -> None:
    """Hold everyone back."""
    clock = Clock()
    Gate(clock.sleep, clock).shut(13, "Rate limited by PostHog")


def unavailable(_it: MintingPostHog) -> None:
    """Send a request again that PostHog had no time for."""
    clock = Clock()
    error = InternalServerError("PostHog failed.")
    error.retry_after = 13
    gate = Gate(clock.sleep, clock)
    Retries(LIST_PROJECTS.call("acme"), gate, Deadline(clock)).allow_another(error)


def sent_again(_it: MintingPostHog) -> None:
    """Send a request again that took ten seconds to fail."""
    clock = Clock()
    retries = Retries(LIST_PROJECTS.call("acme"), Gate(clock.sleep, clock), Deadline(clock))
    clock.now += 10
    retries.allow_another(APIConnectError("https://ph.example cannot be reached."))


PROJECT_CASES: Final[dict[str, Text]] = {
    "a lost create": raises(making(), failing("POST")),
    "a create that may be another's": raises(making_beside_another, failing("POST")),
    "a create with twins": raises(making_beside_twins, failing("POST")),
    "a taken name": raises(making(), failing("POST", taken)),
    "a look that fails": raises(
        making(), failing("POST"), failing(f"GET /api/organizations/{ACME}/projects/", no)
    ),
    "a create with more to set": says(making(primary_dashboard=5), failing("PATCH", refused)),
    "a create with a bug": says(
        making(primary_dashboard=5), failing("PATCH", lambda: KeyError("hidden"))
    ),
    "a create that PostHog changed": says(
        making(timezone="Asia/Tokyo", app_urls=["hidden"]),
        fixed={"timezone": "UTC", "app_urls": []},
    ),
    "a demo that may not be looked at": says(
        making(**DEMO),
        failing(f"GET /api/organizations/{ACME}/projects/2/is_generating_demo_data/", no),
    ),
    "a late demo": raises(waiting, demo_looks=999),
    "an unknown slug": raises(making(organization_id="initech")),
    "a project without the scope": raises(reading, **NOT_VISIBLE),
    "a project of a member": raises(reading, projects={}, levels={ACME: 1}),
    "get of one on its way out": raises(
        lambda it: project.get(it.connection(), "1", {}),
        projects={1: body(is_pending_deletion=True)},
    ),
    "a lost update": raises(updating(timezone="Asia/Tokyo"), failing("PATCH")),
    "an update that PostHog ignores": raises(
        updating(survey_config={"appearance": {"color": "hidden"}}),
        fixed={"survey_config": {"appearance": {"color": "blue"}}},
    ),
    "a default that PostHog ignores": says(
        lambda it: project.update(
            it.connection(), "1", state(("name", "timezone"), timezone="Asia/Tokyo"), wanted()
        ),
        fixed={"timezone": "Asia/Tokyo"},
    ),
    "a lost move": raises(updating(organization_id=GLOBEX), failing("POST")),
    "a lost reset": raises(resetting, failing("PATCH")),
    "a reset": says(comparing({RESET: {"n": 1}}, {"sessionId": "a"}, **{RESET: {"n": 2}})),
    "a move without a session": says(comparing({}, {}, organization_id="globex")),
    "a project with events": raises(deleting, projects={1: body(ingested_event=True)}),
    "a lost delete": raises(deleting, failing("DELETE")),
    "a delete without the scope": says(deleting, **NOT_VISIBLE),
    "a project by id and name": raises(looking_up(id_="1", name="Web")),
    "a project by an unknown name": raises(looking_up(name="Shop")),
    "a project by a name of two": raises(looking_up(name="Web"), projects={1: body(), 2: body(2)}),
    "all projects": raises(
        lambda it: lookups.projects(it.connection(), ACME, ""), failing("GET", no)
    ),
    "an organization": raises(
        lambda it: lookups.organization(it.connection(), ACME), failing("GET", no)
    ),
    "the activity": raises(
        lambda it: list(lookups.activity(it.connection(), ACME, "1")), failing("GET", no)
    ),
    "whether there is demo data": raises(
        lambda it: lookups.is_generating_demo_data(it.connection(), ACME, "1"), failing("GET", no)
    ),
    "a demo on its way": says(waiting, demo_looks=1),
    "a cancelled wait": raises(cancelled),
    "a rate limit": says(limited),
    "an outage": says(unavailable),
    "another try": says(sent_again),
    "another look": says(making(), failing("POST")),
}
