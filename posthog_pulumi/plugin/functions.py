"""The look-ups as functions of the plugin."""

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pulumi.runtime import rpc

from posthog_pulumi import lifecycle
from posthog_pulumi.errors import RefusedError
from posthog_pulumi.resources import results
from posthog_pulumi.resources.found import data, hidden

if TYPE_CHECKING:
    from posthog_pulumi.lifecycle.connection import Connection


class Function(NamedTuple):
    """A function: whether each of its arguments is required, and what it returns."""

    look_up: str
    arguments: Mapping[str, bool]
    returns: Any
    field: str | None = None
    """The property that holds what is found, where that is no object."""


_WHERE: Final = {"organization_id": False}

FUNCTIONS: Final = {
    "posthog:index:getProject": Function(
        "get_project", {"id": False, "name": False, **_WHERE}, results.ProjectResult
    ),
    "posthog:index:getProjects": Function(
        "get_projects",
        {**_WHERE, "search": False},
        list[results.ListedProjectResult[Any]],
        "projects",
    ),
    "posthog:index:getOrganization": Function(
        "get_organization", _WHERE, results.OrganizationResult
    ),
    "posthog:index:getProjectActivity": Function(
        "get_project_activity",
        {"project_id": True, **_WHERE, "limit": False},
        list[results.ActivityResult],
        "entries",
    ),
    "posthog:index:isGeneratingDemoData": Function(
        "is_generating_demo_data", {"project_id": True, **_WHERE}, bool, "generating"
    ),
}
"""Each by the token that programs name."""

NEWEST: Final = 100
"""How many entries of a log are read where the program does not say."""


def call(on: "Connection", token: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the function of this token returns, its secrets marked.

    Raises:
        RefusedError: There is no such function, or an argument is unknown or missing.
    """
    function = FUNCTIONS.get(token)
    if function is None:
        raise RefusedError(f"this plugin has no function {token}.")
    _refuse_wrong(token, function, given)
    asked = {name: given.get(name) for name in function.arguments if name != "limit"}
    if "search" in asked:
        asked["search"] = asked["search"] or ""
    found = lifecycle.lookups.ask(on, function.look_up, asked)
    if "limit" in function.arguments:
        found = list(islice(found, int(given.get("limit", NEWEST))))
    marked = hidden(data(found), rpc.wrap_rpc_secret)
    return {function.field: marked} if function.field else dict(marked)


def _refuse_wrong(token: str, function: Function, given: Mapping[str, Any]) -> None:
    name = token.rpartition(":")[2]
    for argument in given.keys() - function.arguments.keys():
        raise RefusedError(
            f"{name} has no argument {argument}; it takes {', '.join(function.arguments)}."
        )
    for argument, required in function.arguments.items():
        if required and given.get(argument) is None:
            raise RefusedError(f"{name} needs the argument {argument}.")
