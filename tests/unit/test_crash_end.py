"""That the judgement after a crash sees what is wrong, or a crash would prove nothing."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from support.crash_end import KEY, NAMES, PROJECT, TOKEN, End, State, wrong
from support.crash_plan import Operation, crash


def project(id_: int, **facts: Any) -> dict[str, Any]:
    """What PostHog tells of a project."""
    tokens = {"secret_api_token": None, "secret_api_token_backup": None}
    intents = [{"product_type": "surveys"}] if NAMES[id_] == "plain" else []
    return {"id": id_, "name": NAMES[id_], **tokens, "product_intents": intents, **facts}


def resource(kind: str, id_: str, **outputs: Any) -> dict[str, Any]:
    """A resource in the state."""
    return {"type": kind, "id": id_, "urn": f"urn::{id_}", "outputs": outputs}


def secret(text: str) -> dict[str, str]:
    """A secret in clear, as Pulumi exports it."""
    return {"plaintext": f'"{text}"'}


def state(token: str, value: str) -> State:
    """Five projects, one with a secret token and one with a secret API key."""
    made = [resource(PROJECT, str(id_), name=name) for id_, name in enumerate(NAMES)]
    keys = {"project_id": "0", "label_in_posthog": "Crash-abc123", "value": secret(value)}
    return State(
        {
            "resources": [
                *made,
                resource(TOKEN, "token", project_id="3", token=secret(token)),
                resource(KEY, "key", **keys),
            ]
        }
    )


def end(operation: Operation = "update") -> End:
    """A good end of an update."""
    planned = next(it for it in map(crash, range(12)) if it.operation == operation)
    there = [project(id_) for id_ in range(len(NAMES))]
    there[3]["secret_api_token"] = "phs_one"  # noqa: S105
    return End(
        crash=planned,
        before=state("phs_one", "phs_key"),
        state=state("phs_one", "phs_key"),
        projects=there,
        keys=[{"label": "Crash-abc123"}],
        dead=[],
        changes="",
        sent=[],
        left=[],
    )


def test_a_good_end() -> None:
    """State and PostHog agree, and there is nothing else."""
    assert wrong(end()) == {}


GOOD = end()
LOST = State({"resources": GOOD.state.resources[1:]})
HALF = deepcopy(GOOD.state.resources)
HALF[-1]["delete"] = True  # type: ignore[index]
CREATING = {"pending_operations": [{"resource": {"urn": "urn::web"}, "type": "creating"}]}


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({"projects": [*GOOD.projects, project(4) | {"id": 5}]}, {"projects", "ids"}),
        ({"projects": GOOD.projects[1:]}, {"projects", "ids"}),
        ({"state": LOST}, {"ids", "lost"}),
        ({"keys": [*GOOD.keys, {"label": "Crash-zzz999"}]}, {"secret API keys"}),
        ({"keys": []}, {"secret API keys"}),
        ({"state": state("phs_two", "phs_key")}, {"secret tokens", "rotated wrongly"}),
        ({"dead": ["3"]}, {"dead secrets"}),
        ({"state": State({"resources": HALF})}, {"pending"}),
        ({"state": State({**CREATING, **GOOD.state.deployment})}, {"pending"}),
        ({"changes": "~ timezone"}, {"changes"}),
        ({"sent": ["GET /api/"]}, {"sent by a preview"}),
        ({"left": ["python -m pulumi.dynamic"]}, {"processes"}),
    ],
)
def test_what_is_seen(change: dict[str, Any], seen: set[str]) -> None:
    """Twice, lost, dead, unfinished, or left behind."""
    assert wrong(replace(GOOD, **change)).keys() == seen


@pytest.mark.parametrize(
    ("facts", "seen"),
    [({"name": "Other"}, {"projects", "ids"}), ({"secret_api_token_backup": "phs_b"}, {"backups"})],
)
def test_what_is_seen_of_a_project(facts: dict[str, Any], seen: set[str]) -> None:
    """PostHog has it otherwise than the state, or keeps a token that nobody uses any more."""
    changed = [*GOOD.projects[:-1], {**GOOD.projects[-1], **facts}]

    assert wrong(replace(GOOD, projects=changed)).keys() == seen


def test_a_rotation_that_did_not_happen() -> None:
    """After a rotation every secret is another one."""
    assert wrong(end("rotate")) == {"rotated wrongly": (2, 0)}


def test_a_destroy_that_left_something() -> None:
    """After a destroy there is nothing in PostHog, and nothing in the state."""
    assert {"projects", "intents"} <= wrong(end("destroy")).keys()
