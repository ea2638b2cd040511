"""Pulumi programs run in the test's own process, and what they ask of the engine."""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pulumi
from pulumi import Output
from pulumi.runtime import mocks, rpc
from pulumi.runtime.config import set_all_config

Program = Callable[[], Mapping[str, Output[Any]]]


@dataclass(frozen=True)
class Resolved:
    """What an output turned out to be."""

    value: Any
    known: bool
    secret: bool


@dataclass
class Registered:
    """A resource as it reached the engine."""

    request: Any
    """The message that registers or reads it."""

    @property
    def inputs(self) -> dict[str, Any]:
        """Its inputs, with secrets in clear and without Pulumi's own."""
        sent = rpc.deserialize_properties(self._properties, keep_unknowns=True)
        return {
            name: rpc.unwrap_rpc_secret(value)
            for name, value in sent.items()
            if name != "__provider"
        }

    @property
    def secrets(self) -> set[str]:
        """The inputs that are marked as secrets."""
        sent = rpc.deserialize_properties(self._properties, keep_unknowns=True)
        return {name for name, value in sent.items() if rpc.is_rpc_secret(value)}

    @property
    def _properties(self) -> Any:
        is_read = hasattr(self.request, "properties")
        return self.request.properties if is_read else self.request.object


@dataclass
class Run(mocks.Mocks):
    """A run of a program: what it registered, and what it exports."""

    posthog: Mapping[str, Any]
    """Outputs that every resource comes back with, beside its inputs."""
    resources: dict[str, Registered] = field(default_factory=dict)
    """By Pulumi's name."""
    outputs: dict[str, Resolved] = field(default_factory=dict)
    declared: list[str] = field(default_factory=list)
    """Pulumi's names of the resources that were made or read."""
    found: Mapping[str, Any] = field(default_factory=dict)
    """What a look-up of a mocked program returns."""
    calls: list[tuple[str, dict[str, Any], str]] = field(default_factory=list)
    """The look-ups of a mocked program: function, arguments and provider."""

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        """The provider made it: project 7."""
        self.declared.append(args.name)
        return args.resource_id or "7", {**args.inputs, **self.posthog}

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """What a look-up of a mocked program is given."""
        self.calls.append((args.token, args.args, args.provider))
        return {**self.found}, []


class Mocked(mocks.MockMonitor):
    """What a user's unit test has in place of an engine."""

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802  # gRPC's name for it
        """A resource that is managed."""
        with _event_loop():
            return super().RegisterResource(request)  # type: ignore[no-untyped-call]

    def ReadResource(self, request: Any) -> Any:  # noqa: N802  # gRPC's name for it
        """A resource that is only looked at."""
        with _event_loop():
            return super().ReadResource(request)  # type: ignore[no-untyped-call]

    def Invoke(self, request: Any) -> Any:  # noqa: N802  # gRPC's name for it
        """A look-up."""
        with _event_loop():
            return super().Invoke(request)  # type: ignore[no-untyped-call]


class Engine:
    """Keeps the messages of a run; to our code it is an engine, and not what a user's mocks are."""

    def __init__(self, done: Run) -> None:
        self._done = done
        self._mocked = Mocked(done)

    def __getattr__(self, name: str) -> Any:
        """All else is as with Pulumi's mocks."""
        return getattr(self._mocked, name)

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802  # gRPC's name for it
        """A resource that is managed."""
        self._done.resources[request.name] = Registered(request)
        return self._mocked.RegisterResource(request)

    def ReadResource(self, request: Any) -> Any:  # noqa: N802  # gRPC's name for it
        """A resource that is only looked at."""
        self._done.resources[request.name] = Registered(request)
        return self._mocked.ReadResource(request)


def run(  # noqa: PLR0913  # what an engine and a PostHog may differ in
    program: Program,
    *,
    config: Mapping[str, str] | None = None,
    config_secrets: Iterable[str] = (),
    posthog: Mapping[str, Any] | None = None,
    preview: bool = False,
    mocked: bool = False,
    found: Mapping[str, Any] | None = None,
) -> Run:
    """Run it with this stack configuration, as ``pulumi up`` or as a preview of a first one.

    It runs as with an engine, unless it shall see Pulumi's ``mocked`` one.
    """
    done = Run(posthog or {}, found=found or {})
    settings = {f"posthog:{key}": value for key, value in (config or {}).items()}
    secret = [f"posthog:{key}" for key in config_secrets]

    def as_pulumi_does() -> None:
        monitor: Any = Mocked(done) if mocked else Engine(done)
        mocks.set_mocks(done, preview=preview, monitor=monitor)
        set_all_config(settings, secret)
        _until_quiet(lambda: _exported(program, done))

    with _event_loop():
        contextvars.copy_context().run(as_pulumi_does)
    return done


def _until_quiet(program: Callable[[], Awaitable[None]]) -> None:
    pulumi.runtime.test(program)()  # type: ignore[no-untyped-call]


@contextmanager
def _event_loop() -> Iterator[None]:
    """A loop that is closed again; Pulumi's mocks leave one behind in every thread."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        yield
    finally:
        asyncio.set_event_loop(None)
        loop.close()


async def _exported(program: Program, done: Run) -> None:
    for name, output in program().items():
        value = await output.future(with_unknowns=False)
        done.outputs[name] = Resolved(value, await output.is_known(), await output.is_secret())
