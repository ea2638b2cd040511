from typing import Any

import pytest

from posthog_pulumi.models.lookups import ListedProject
from posthog_pulumi.plan.leftovers import leftovers


def project(id_: int, name: str, *, events: bool = False) -> ListedProject[Any]:
    """A project of the list."""
    listed = {"id": id_, "uuid": "u", "organization": "acme", "name": name, "api_token": "phc_x"}
    return ListedProject[Any].model_validate({**listed, "ingested_event": events})


WEB = project(1, "Web", events=True)


@pytest.mark.parametrize(
    ("projects", "managed", "ids"),
    [
        ([WEB, project(2, "Docs")], None, []),
        ([WEB, project(2, "Web")], None, [2]),
        ([WEB, project(2, " web ")], None, [2]),
        ([WEB, project(2, "Web", events=True)], None, []),
        ([project(1, "Web"), project(2, "Web")], None, [1, 2]),
        ([project(1, "Web"), project(2, "Docs")], ["1"], [2]),
        ([project(1, "Web"), project(2, "Web", events=True)], ["1"], []),
        ([project(1, "Web"), project(2, "Web")], ["1", "2"], []),
    ],
    ids=["one", "two", "folded", "used", "both unused", "one is managed", "in use", "all managed"],
)
def test_leftovers(
    projects: list[ListedProject[Any]], managed: list[str] | None, ids: list[int]
) -> None:
    """Nobody uses it, and the stack does not have it, or else another has its name."""
    assert [item.id for item in leftovers(projects, managed)] == ids
