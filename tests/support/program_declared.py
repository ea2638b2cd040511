"""What random programs declare, and how they are edited: pure functions from program to program."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from posthog_pulumi.models.settings import SETTINGS
from posthog_pulumi.properties import ROTATES_SECRET_TOKEN
from support.fault_owner import Server
from support.generated_settings import Values, on, values
from support.steps_engine import Declared, Program

MOST: Final = 6
"""Projects in one program."""
SCOPES: Final = (["feature_flag:read"], ["endpoint:read", "feature_flag:read"])
"""Of keys; with each of them local evaluation shows whether the key works."""
PRODUCTS: Final = ("surveys", "session_replay", "feature_flags")
RESOURCES: Final[Mapping[Server, list[tuple[str, ...]]]] = {
    "current": [(), ("token",), ("child", "key"), ("key", "intent"), ("token", "key", "intent")],
    "docs-2025": [(), ("token",), ("child",), ("token", "intent")],
}
"""What a project may have beside it, on each server."""
ORGANIZATIONS: Final = ("@here", "@elsewhere", "@elsewhere-slug")

_MOST_SETTINGS: Final = 3
_values = cache(values)


@cache
def settings(server: Server, least: int = 0) -> Values:
    """Up to three settings that the server has, with any values; often one that PATCH merges.

    Names are left out: PostHog may refuse one that is taken.
    """
    possible = [name for name in on(server) if name != "name"]
    merged = [name for name in possible if SETTINGS[name].merge]
    one = st.sampled_from(possible) | st.sampled_from(merged)
    chosen = st.sets(one, min_size=least, max_size=_MOST_SETTINGS)
    return chosen.flatmap(
        lambda names: st.fixed_dictionaries({name: _values(name) for name in sorted(names)})
    )


def of_kind(program: Program, *kinds: str) -> list[str]:
    """The resources of these kinds."""
    return [name for name, declared in program.items() if declared.kind in kinds]


def without_a(program: Program, kind: str) -> list[str]:
    """The projects that have no resource of that kind."""
    return [name for name in of_kind(program, "project") if f"{name}-{kind}" not in program]


def armable(program: Program, project: str) -> list[str]:
    """The project and its resources that have a trigger."""
    names = of_kind(program, "project", "token", "key")
    return [name for name in names if project_of(program, name) == project]


def project_of(program: Program, name: str) -> str:
    """The project to which a resource belongs."""
    return str(program[name].inputs.get("project_id", f"@{name}"))[1:]


def with_inputs(program: Program, name: str, /, **inputs: Any) -> dict[str, Declared]:
    """Declare these arguments of a resource; one that is None is dropped."""
    declared = program[name]
    kept = {key: it for key, it in {**declared.inputs, **inputs}.items() if it is not None}
    return {**program, name: Declared(declared.kind, kept)}


def with_a(program: Program, kind: str, project: str, /, **inputs: Any) -> dict[str, Declared]:
    """Declare a resource of a project."""
    declared = Declared(kind, {"project_id": f"@{project}", **inputs})
    return {**program, f"{project}-{kind}": declared}


def with_child(program: Program, project: str, trigger: Mapping[str, Any]) -> dict[str, Declared]:
    """Let a project rotate its secret token, as ``PostHogProject`` registers it."""
    rotates = with_inputs(program, project, **{ROTATES_SECRET_TOKEN: True})
    return with_a(
        rotates,
        "token",
        project,
        organization_id=f"@{project}.organization",
        revoke_on_destroy=False,
        rotate_when_changed=trigger,
    )


def is_child(declared: Declared) -> bool:
    """Whether a secret token was declared by its project."""
    return declared.inputs.get("organization_id") is not None


def without(program: Program, name: str) -> dict[str, Declared]:
    """Remove a resource, and all that belongs to it."""
    left = dict(program)
    removed = left.pop(name)
    if removed.kind == "token" and is_child(removed):
        left = with_inputs(left, project_of(program, name), **{ROTATES_SECRET_TOKEN: None})
    return {other: it for other, it in left.items() if it.inputs.get("project_id") != f"@{name}"}


def fired(program: Program, name: str, value: int) -> dict[str, Declared]:
    """Change the trigger of a resource."""
    return with_inputs(program, name, **{trigger_of(program[name]): {"n": value}})


def trigger_of(declared: Declared) -> str:
    """The argument that is its trigger."""
    is_project = declared.kind == "project"
    return "rotate_api_token_when_changed" if is_project else "rotate_when_changed"
