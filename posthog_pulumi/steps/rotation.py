"""What check and diff of everything that is rotated by replacement have in common."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from pulumi.dynamic import CheckResult, DiffResult

from posthog_pulumi.models.arguments import Rotating
from posthog_pulumi.plan.rotation import may_fire
from posthog_pulumi.properties import CHECKED_AT
from posthog_pulumi.steps.border import Props

Model = TypeVar("Model", bound=Rotating)


_STAMPS: Final = set[datetime]()


def stamped(result: CheckResult) -> CheckResult:
    """The checked arguments with the present time, by which a rotation may fall due."""
    now = datetime.now(UTC)
    _STAMPS.add(now)
    return CheckResult({**result.inputs, CHECKED_AT: now.isoformat()}, result.failures)


def is_of_this_run(wanted: Rotating) -> bool:
    """Whether this process checked the arguments; a refresh brings those of the last ``up``."""
    return wanted.checked_at in _STAMPS


def wanted_as_known(
    model: type[Model], recorded: Rotating, known: Props, unknown: set[str]
) -> Model:
    """The arguments, with the recorded value where one is not computed yet."""
    before = recorded.model_dump(by_alias=True, include=set(model.model_fields))
    return model.model_validate({**{name: before.get(name) for name in unknown}, **known})


def diff_result(
    reasons: list[str], recorded: Rotating, wanted: Rotating, unknown: set[str], *, changed: bool
) -> DiffResult:
    """Replace for a reason, or where an argument not computed yet may turn out to be one.

    The engine also asks, with the arguments of the last ``up``, whether this must be deleted before
    something that feeds it: only another project is a reason then, since a secret that is deleted
    first ends before anybody has moved.
    """
    replaces = [name for name in ("project_id",) if name in unknown]
    if not unknown or is_of_this_run(wanted):
        may = may_fire(recorded, unknown)
        replaces = [*reasons, *replaces, *(["rotate_when_changed"] if may else [])]
    replaces = list(dict.fromkeys(replaces))
    return DiffResult(changes=bool(replaces or unknown or changed), replaces=replaces)


def differ(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether arguments differ in more than the time they were checked at."""
    return {**one, "checked_at": None} != {**other, "checked_at": None}
