"""How Pulumi's engine starts and configures each front of the package, and what each is sent."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, Literal, Protocol

import grpc
from google.protobuf.empty_pb2 import Empty
from google.protobuf.struct_pb2 import Struct
from pulumi.dynamic import ResourceProvider
from pulumi.dynamic.dynamic import serialize_provider
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc
from pulumi.runtime.proto import provider_pb2 as proto

from support.our_resources import RESOURCES
from support.wire_messages import message, received

Name = Literal["dynamic", "native"]
FRONTS: Final[tuple[Name, ...]] = ("dynamic", "native")

_TYPES: Final = {ours.provider: ours.pulumi_type for ours in RESOURCES}
_URN: Final = "urn:pulumi:test::test::"


class Front(Protocol):
    """What differs between the fronts, for one resource."""

    kind: str
    """The resource's type."""
    always: Mapping[str, Any]
    """What all properties have that the engine sends."""

    def command(self) -> list[str]:
        """What Python runs."""

    def configure(self, stub: Any, config: Mapping[str, str]) -> None:
        """Give the provider the stack's configuration."""

    def said(self) -> str:
        """What the user read that the process did not print, a line each; then it is forgotten."""


class Dynamic:
    """Pulumi's own server of dynamic providers, with the provider pickled in each resource."""

    def __init__(self, provider: ResourceProvider) -> None:
        self.kind = f"pulumi-python:dynamic/posthog:{_TYPES[type(provider)]}"  # type: ignore[index]
        self.always: Mapping[str, Any] = {"__provider": serialize_provider(provider)}

    def command(self) -> list[str]:
        """Pulumi's module."""
        return ["-m", "pulumi.dynamic"]

    def configure(self, stub: Any, config: Mapping[str, str]) -> None:
        """One call."""
        args = Struct()
        args.update({f"posthog:{key}": value for key, value in config.items()})
        stub.Configure(proto.ConfigureRequest(args=args))

    def said(self) -> str:
        """Nothing: the engine passes its stderr on."""
        return ""


class Native:
    """The plugin, which shows what it has to say by a call of the engine's."""

    def __init__(self, provider: ResourceProvider) -> None:
        self.kind = f"posthog:index:{_TYPES[type(provider)]}"  # type: ignore[index]
        self.always: Mapping[str, Any] = {}
        self._log = _Log()

    def command(self) -> list[str]:
        """The plugin's module, and the engine's address."""
        return ["-m", "posthog_pulumi.plugin.server", self._log.serve()]

    def configure(self, stub: Any, config: Mapping[str, str]) -> None:
        """As a default provider: check, then configure with what the check gave back."""
        news = Struct()
        news.update(config)
        urn = f"{_URN}pulumi:providers:posthog::default"
        checked = received(stub.CheckConfig(proto.CheckRequest(urn=urn, news=news)).inputs)
        variables = {f"posthog:config:{key}": str(value) for key, value in checked.items()}
        stub.Configure(proto.ConfigureRequest(variables=variables, args=message(checked)))

    def said(self) -> str:
        """What it logged."""
        return self._log.end()


class _Log(engine_pb2_grpc.EngineServicer):
    """The engine's own service, as far as a plugin calls it."""

    def serve(self) -> str:
        self._lines: list[str] = []
        self._server = grpc.server(ThreadPoolExecutor(2))
        engine_pb2_grpc.add_EngineServicer_to_server(self, self._server)
        port = self._server.add_insecure_port("127.0.0.1:0")
        self._server.start()
        return f"127.0.0.1:{port}"

    def Log(self, request: Any, _context: Any) -> Any:  # noqa: N802  # gRPC's name
        kind = "warning" if request.severity == engine_pb2.WARNING else "posthog"
        self._lines.append(f"{kind}: {request.message}\n")
        return Empty()

    def end(self) -> str:
        self._server.stop(0).wait()
        return "".join(self._lines)


def front_of(name: Name, provider: ResourceProvider) -> Front:
    """The front of that name, for the resource of a provider."""
    return Dynamic(provider) if name == "dynamic" else Native(provider)


def about(front: Front, name: str) -> dict[str, Any]:
    """The fields of each request that say which resource it is about."""
    return {"urn": f"{_URN}{front.kind}::{name}", "name": name, "type": front.kind}
