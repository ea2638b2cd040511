"""Programs under ``pulumi.runtime.set_mocks``, which call none of a provider's steps."""

from collections.abc import Iterable, Mapping
from pkgutil import resolve_name
from typing import Any, Final

import pulumi
from pulumi import InvokeOptions, Output, Resource, runtime
from pulumi.runtime.mocks import MockMonitor
from pulumi.runtime.settings import get_monitor

from posthog_pulumi.provider import PostHogResourceProvider
from posthog_pulumi.resources.options import leaves

_RETURNS: Final = {
    "get_projects": "projects",
    "get_project_activity": "entries",
    "is_generating_demo_data": "generating",
}
"""What holds the result of those look-ups that find no single object."""


def are_set() -> bool:
    """Whether this program runs in a unit test with Pulumi's mocks."""
    return isinstance(get_monitor(), MockMonitor)


def refuse_what_check_would(
    subject: str, provider: PostHogResourceProvider, props: Mapping[str, Any]
) -> None:
    """Validate what is known of the arguments, as ``check`` does where there is an engine.

    Raises:
        pulumi.RunError: Naming the resource and each argument that is misspelt or does not fit.
    """
    from posthog_pulumi.plan.failures import checked

    arguments = {name: value for name, value in props.items() if value is not None}
    unknown = {name for name, value in arguments.items() if _awaits(value)}
    known = {name: value for name, value in arguments.items() if name not in unknown}
    model = resolve_name(provider.steps).arguments
    _, problems = checked(model, known, unknown)
    if problems:
        raise pulumi.RunError(f"{subject}: {'; '.join(problems.values())}")


def mark_secrets(resource: Resource, names: Iterable[str]) -> None:
    """Make secrets of outputs, which is the engine's business where there is one."""
    found = resource.__dict__
    for name in found.keys() & {*names}:
        found[name] = Output.secret(found[name])


def call(function: str, given: Mapping[str, Any], opts: InvokeOptions) -> Any:
    """What the mocks' ``call`` returns for a look-up, such as ``posthog:index:getProject``.

    A function of Pulumi returns an object, so a list or a flag is its only value.
    """
    return _single(function, runtime.invoke(_token(function), dict(given), opts).value)


def call_output(function: str, given: Mapping[str, Any], opts: InvokeOptions) -> Output[Any]:
    """The same as an Output, of arguments that may be Outputs."""
    found = runtime.invoke_output(_token(function), dict(given), opts)
    return found.apply(lambda returned: _single(function, returned))


def _token(function: str) -> str:
    first, *others = function.split("_")
    return f"posthog:index:{first}{''.join(map(str.title, others))}"


def _single(function: str, returned: Mapping[str, Any]) -> Any:
    key = _RETURNS.get(function)
    return returned.get(key) if key else returned


def _awaits(value: Any) -> bool:
    return any(isinstance(leaf, Output) for leaf in leaves(value))
