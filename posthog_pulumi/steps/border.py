"""The border to Pulumi's dynamic provider server: strip, split, parse, call, wrap."""

import logging
import os
import sys
import traceback
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from pulumi.dynamic import CheckFailure, CheckResult, ConfigureRequest, DiffResult
from pulumi.output import contains_unknowns
from pulumi.runtime import rpc
from pydantic import BaseModel, ValidationError

from posthog_pulumi import lifecycle
from posthog_pulumi.client import logs
from posthog_pulumi.client.refusals import session_advice
from posthog_pulumi.config import NAMESPACE, Config, load
from posthog_pulumi.errors import (
    ConfigurationError,
    PostHogError,
    RefusedError,
)
from posthog_pulumi.lifecycle.cancel import listen_for_cancel
from posthog_pulumi.lifecycle.memory import Memory, memory_of
from posthog_pulumi.lifecycle.orphan import end_with_the_engine
from posthog_pulumi.plan.failures import checked, first_problem, unknown_keys
from posthog_pulumi.properties import without_credentials
from posthog_pulumi.steps import workers

if TYPE_CHECKING:
    from posthog_pulumi.lifecycle.connection import Connection

Props = dict[str, Any]

_LOGGER: Final = logging.getLogger(__name__)

_PROVIDER = "__provider"


def own(props: Mapping[str, Any]) -> Props:
    """The properties without Pulumi's own, and without those that have no value."""
    return {name: value for name, value in props.items() if name != _PROVIDER and value is not None}


def split_unknown(props: Mapping[str, Any]) -> tuple[Props, set[str]]:
    """The properties that are known, and the names of those that are not computed yet."""
    unknown = {name for name, value in props.items() if contains_unknowns(value)}
    return {name: value for name, value in props.items() if name not in unknown}, unknown


def secret(outputs: Props, names: Iterable[str]) -> Props:
    """The outputs with those of the given names marked as secrets, at the wire's level.

    ``pulumi.Output.secret`` needs an event loop, which the provider's process does not have.
    """
    marked = {name: rpc.wrap_rpc_secret(outputs[name]) for name in names if name in outputs}
    return {**outputs, **marked}


def check(
    settings: Config | ConfigurationError, model: type[BaseModel], news: Props
) -> CheckResult:
    """The arguments in normal form, or a failure for each that is wrong.

    Failures carry no property name, because the engine prints the value of a named one in clear
    even if it is a secret (pulumi issue 19465).
    """
    known, unknown = split_unknown(own(news))
    normal, problems = checked(model, known, unknown)
    reasons = list(problems.values())
    if isinstance(settings, ConfigurationError):
        reasons.append(str(settings))
    if reasons:
        return CheckResult(news, [CheckFailure("", reason) for reason in reasons])
    return CheckResult({**news, **normal}, [])


def refuse_get(props: Props, output: str, subject: str, advice: str) -> None:
    """Only a refresh is given outputs; ``.get()`` of what cannot be looked up is refused."""
    if output not in own(props):
        raise RefusedError(f"{subject}.", advice=advice)


def accepted(result: CheckResult) -> Props:
    """The checked arguments.

    Raises:
        RefusedError: One of them is wrong.
    """
    if result.failures:
        raise RefusedError("; ".join(failure.reason for failure in result.failures))
    return result.inputs


def changes(*, changed: bool) -> DiffResult:
    """An explicit result: None would make the engine compare inputs, ``__provider`` included."""
    return DiffResult(changes=changed)


class Configured:
    """Steps with what ``configure`` found: a configuration, or why there is none."""

    arguments: ClassVar[type[BaseModel]]
    """What a program may declare."""
    settings: Config | ConfigurationError
    seconds: float | None = None
    """What the program lets this step take, where the engine says so."""
    _unknown: Sequence[str] = ()

    def __init__(self, req: ConfigureRequest) -> None:
        """Read the configuration; one that cannot be used is reported by each step instead.

        Pulumi configures again for every call after a ``configure`` that raised.
        """
        logs.to_stderr(os.environ)
        workers.widen()
        _one_line_errors()
        listen_for_cancel()
        end_with_the_engine()
        self._unknown = unknown_keys(getattr(req.config, "_props", ()))
        try:
            self.settings = load(lambda key: req.config.get(f"{NAMESPACE}{key}"), os.environ)
        except ConfigurationError as error:
            self.settings = error

    @property
    def declared(self) -> Config | ConfigurationError:
        """The configuration for ``check``, which alone refuses a key that nobody reads.

        The state keeps the configuration, so ``destroy`` could not go on if every step refused it.
        """
        if self._unknown and isinstance(self.settings, Config):
            return ConfigurationError(" ".join(self._unknown))
        return self.settings

    def warn_if_no_session(self, endpoint: str, subject: str) -> None:
        """Say before it fails that PostHog refuses keys there; an old server may take them."""
        if isinstance(self.settings, Config) and self.settings.session_id is None:
            warn_once(
                f"{subject}: PostHog lets only signed-in sessions call {endpoint}, and no session"
                f" is configured. {session_advice(endpoint)}"
            )

    @property
    def config(self) -> Config:
        """The configuration.

        Raises:
            ConfigurationError: There is none that can be used.
        """
        if isinstance(self.settings, ConfigurationError):
            raise self.settings
        return self.settings

    def memory(self) -> Memory:
        """What this process remembers of what it did with the configuration."""
        return memory_of(self.config)

    def connection(self) -> "Connection":
        """The connection to PostHog, shared by all providers of this process."""
        return lifecycle.connection.connect(self.config, self.seconds)


@cache
def warn_once(text: str) -> None:
    """A warning that is true of the whole run: check runs more than once for each resource."""
    _LOGGER.warning("%s", text)


def _one_line_errors() -> None:
    """Let our errors reach the user as their one line; a bug keeps its traceback.

    Pulumi's server aborts a failed call with ``traceback.format_exc()``, looked up in its module.
    """
    server = sys.modules.get("__main__")
    if hasattr(server, "_abort_with_traceback"):
        server.traceback = SimpleNamespace(format_exc=text_of_error)  # type: ignore[union-attr]


def text_of_error() -> str:
    """What the user reads of the error that is being handled."""
    error = sys.exc_info()[1]
    if isinstance(error, PostHogError):
        return str(error)
    if isinstance(error, ValidationError):  # arguments were checked, and responses are parsed
        return (
            f"the recorded state of this resource cannot be used: {first_problem(error)}. Correct"
            " it with `pulumi stack export` and `pulumi stack import`, or run `pulumi state delete`"
            " on the resource."
        )
    return "\n".join(map(without_credentials, traceback.format_exc().splitlines()))
