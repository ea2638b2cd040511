"""Pulumi's part in a test with no CLI: the real provider process, driven over gRPC."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import grpc  # type: ignore[import-untyped]
from google.protobuf import empty_pb2, json_format, struct_pb2  # type: ignore[import-untyped]
from pulumi.dynamic import ResourceProvider
from pulumi.dynamic.dynamic import serialize_provider
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from support.inline_program import OWN_CONNECTION
from support.posthog_actions import signed_in
from support.posthog_ui import Ui

Props = dict[str, Any]


OLD_SDK = "Exception calling application: "
"""What Pulumi SDKs before 3.260 put before a provider's text."""


class StepFailedError(Exception):
    """What the engine prints under the resource."""


@dataclass
class Resource:
    """What the engine remembers of a resource."""

    id: str
    inputs: Props
    outputs: Props


@dataclass(frozen=True)
class Up:
    """What one ``up`` of one resource did: ``create``, ``update``, ``replace`` or ``same``."""

    step: str
    id: str
    outputs: Props
    secrets: frozenset[str] = frozenset()
    """Names of the outputs that came as secrets."""


@dataclass
class WireEngine:
    """One provider process and the state of the resources made through it.

    ``up`` speaks to it as the engine does: check, diff, create or update; numbers become floats,
    empty values vanish, secrets arrive in clear.
    """

    provider: ResourceProvider
    config: Mapping[str, str] = field(default_factory=dict)
    environ: Mapping[str, str] = field(default_factory=dict)
    state: dict[str, Resource] = field(default_factory=dict)
    stderr: str = ""
    """What the process printed, once it has ended."""

    def __enter__(self) -> Self:
        """Start and configure the process."""
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-m", "pulumi.dynamic"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **self.environ},
        )
        assert self._process.stdout is not None
        port = self._process.stdout.readline().strip()
        self._channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=[OWN_CONNECTION])
        self._stub = provider_pb2_grpc.ResourceProviderStub(self._channel)
        args = struct_pb2.Struct()
        args.update({f"posthog:{key}": value for key, value in self.config.items()})
        self._stub.Configure(provider_pb2.ConfigureRequest(args=args))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        self._channel.close()
        self._process.terminate()
        _, printed = self._process.communicate(timeout=30)
        self.stderr += printed

    def restart(self) -> None:
        """End the run: what comes next is another one, in another process."""
        self.__exit__(None, None, None)
        self.__enter__()

    def check(self, inputs: Props, olds: Props | None = None) -> tuple[Props, list[str]]:
        """The checked inputs, and what is wrong with them."""
        request = provider_pb2.CheckRequest(news=self._send(inputs), olds=self._send(olds or {}))
        response = _call(self._stub.Check, request)
        failures = [f"{item.property}{item.reason}" for item in response.failures]
        return _received(response.inputs), failures

    def diff(self, name: str, inputs: Props) -> provider_pb2.DiffResponse:
        """What the provider says of the difference between the state and the inputs."""
        known = self.state[name]
        request = provider_pb2.DiffRequest(
            id=known.id, olds=self._send(known.outputs), news=self._send(inputs)
        )
        response: provider_pb2.DiffResponse = _call(self._stub.Diff, request)
        return response

    def up(self, name: str, /, **inputs: Any) -> Up:
        """Check, diff, and create or update the resource of that name."""
        known = self.state.get(name)
        checked, failures = self.check(inputs, known.inputs if known else None)
        if failures:
            raise StepFailedError("\n".join(failures))
        if known is None:
            return self._create(name, checked)
        response = self.diff(name, checked)
        if response.changes != provider_pb2.DiffResponse.DIFF_SOME:
            known.inputs = checked
            return Up("same", known.id, known.outputs)
        if response.replaces:
            return Up("replace", known.id, known.outputs)
        request = provider_pb2.UpdateRequest(
            id=known.id, olds=self._send(known.outputs), news=self._send(checked)
        )
        properties = _call(self._stub.Update, request).properties
        known.inputs, known.outputs = checked, _received(properties)
        return Up("update", known.id, known.outputs, _secrets_in(properties))

    def refresh(self, name: str) -> Props | None:
        """Read the resource; its outputs now, or None if it left the state."""
        known = self.state[name]
        request = provider_pb2.ReadRequest(
            id=known.id, properties=self._send(known.outputs), inputs=self._send(known.inputs)
        )
        response = _call(self._stub.Read, request)
        if not response.id:
            del self.state[name]
            return None
        known.outputs = _received(response.properties)
        known.inputs = _received(response.inputs) if response.HasField("inputs") else known.inputs
        return known.outputs

    def get(self, id_: str, **inputs: Any) -> Props:
        """Read a resource as ``.get()`` does: with inputs and no state."""
        request = provider_pb2.ReadRequest(id=id_, properties=self._send(inputs))
        return _received(_call(self._stub.Read, request).properties)

    def cancel(self) -> None:
        """Cancel the run, as the engine does at the first Ctrl-C."""
        _call(self._stub.Cancel, empty_pb2.Empty())

    def die(self) -> int:
        """Be gone without a word, as a killed engine is; the exit code of the provider."""
        assert self._process.stdout is not None
        self._process.stdout.close()
        return self._process.wait(timeout=30)

    def destroy(self, name: str) -> None:
        """Delete the resource; one that refuses stays in the state."""
        known = self.state[name]
        properties = self._send(known.outputs)
        _call(self._stub.Delete, provider_pb2.DeleteRequest(id=known.id, properties=properties))
        del self.state[name]

    def _create(self, name: str, inputs: Props) -> Up:
        response = _call(
            self._stub.Create, provider_pb2.CreateRequest(properties=self._send(inputs))
        )
        self.state[name] = Resource(response.id, inputs, _received(response.properties))
        secrets = _secrets_in(response.properties)
        return Up("create", response.id, self.state[name].outputs, secrets)

    def _send(self, props: Props) -> struct_pb2.Struct:
        pickled = serialize_provider(self.provider)
        return json_format.ParseDict(
            {**_without_empty(props), "__provider": pickled}, struct_pb2.Struct()
        )


def account(ui: Ui) -> dict[str, str]:
    """A stack's configuration with the owner's key and no session."""
    return signed_in(ui, "sessionId")


UNKNOWN = rpc.UNKNOWN
"""A value that is not computed yet, as it travels."""


def _secrets_in(struct: struct_pb2.Struct) -> frozenset[str]:
    return frozenset(name for name, value in _plain(struct).items() if rpc.is_rpc_secret(value))


def _call(method: Callable[[Any], Any], request: Any) -> Any:
    try:
        return method(request)
    except grpc.RpcError as error:
        raise StepFailedError(error.details().removeprefix(OLD_SDK)) from None


def _received(struct: struct_pb2.Struct) -> Props:
    props = {key: rpc.unwrap_rpc_secret(value) for key, value in _plain(struct).items()}
    props.pop("__provider", None)
    return props


def _plain(struct: struct_pb2.Struct) -> Props:
    return dict(json.loads(json_format.MessageToJson(struct)))


def _without_empty(props: Props) -> Props:
    return {key: value for key, value in props.items() if value is not None}
