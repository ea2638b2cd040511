"""What check and diff of everything that is rotated by replacement have in common."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from pulumi.dynamic import CheckResult, DiffResult

from posthog_pulumi.models.arguments import Rotating
from posthog_pulumi.plan.rotation import may_fire
from posthog_pulumi.properties import CHECKED_AT
from posthog_pulumi.steps.border import Props

Model = TypeVar("Model", bound=Rotating)


def stamped(result: CheckResult) -> CheckResult:
    """The checked arguments with the present time, by which a rotation may fall due."""
    stamp = {CHECKED_AT: datetime.now(UTC).isoformat()}
    return CheckResult({**result.inputs, **stamp}, result.failures)


def wanted_as_known(
    model: type[Model], recorded: Rotating, known: Props, unknown: set[str]
) -> Model:
    """The arguments, with the recorded value where one is not computed yet."""
    before = recorded.model_dump(by_alias=True, include=set(model.model_fields))
    return model.model_validate({**{name: before.get(name) for name in unknown}, **known})


def answer(
    reasons: list[str], recorded: Rotating, unknown: set[str], *, changed: bool
) -> DiffResult:
    """Replace for a reason, or where an argument not computed yet may turn out to be one."""
    possible = [name for name in ("project_id",) if name in unknown]
    if may_fire(recorded, unknown):
        possible.append("rotate_when_changed")
    replaces = list(dict.fromkeys([*reasons, *possible]))
    return DiffResult(changes=bool(replaces or unknown or changed), replaces=replaces)


def differ(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether arguments differ in more than the time they were checked at."""
    return {**one, "checked_at": None} != {**other, "checked_at": None}
