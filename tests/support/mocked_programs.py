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

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        """The provider made it: project 7."""
        return args.resource_id or "7", {**args.inputs, **self.posthog}

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, Any], None]:
        """No program of ours calls a function of the engine."""
        raise AssertionError(args.token)


class Monitor(mocks.MockMonitor):
    """Keeps the messages of a run."""

    mocks: Run

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802  # gRPC's name for it
        """A resource that is managed."""
        self.mocks.resources[request.name] = Registered(request)
        with _event_loop():
            return super().RegisterResource(request)  # type: ignore[no-untyped-call]

    def ReadResource(self, request: Any) -> Any:  # noqa: N802  # gRPC's name for it
        """A resource that is only looked at."""
        self.mocks.resources[request.name] = Registered(request)
        with _event_loop():
            return super().ReadResource(request)  # type: ignore[no-untyped-call]


def run(
    program: Program,
    *,
    config: Mapping[str, str] | None = None,
    config_secrets: Iterable[str] = (),
    posthog: Mapping[str, Any] | None = None,
    preview: bool = False,
) -> Run:
    """Run it with this stack configuration, as ``pulumi up`` or as a preview of a first one."""
    done = Run(posthog or {})
    settings = {f"posthog:{key}": value for key, value in (config or {}).items()}
    secret = [f"posthog:{key}" for key in config_secrets]

    def as_pulumi_does() -> None:
        mocks.set_mocks(done, preview=preview, monitor=Monitor(done))
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
