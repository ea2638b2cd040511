"""Pulumi's part in a test with no CLI: the real provider process, driven over gRPC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from google.protobuf import empty_pb2, struct_pb2
from pulumi.dynamic import ResourceProvider
from pulumi.runtime.proto import provider_pb2 as proto

from support import fronts
from support.posthog_actions import signed_in
from support.posthog_ui import Ui
from support.provider_process import ProviderProcess
from support.wire_messages import (
    UNKNOWN,
    IncompleteError,
    Props,
    Resource,
    StepFailedError,
    Up,
    call,
    message,
    plain,
    received,
    secrets_in,
)

__all__ = ["UNKNOWN", "Resource", "StepFailedError", "Up", "WireEngine", "account"]

_NOBODY: Final = "it"
"""What a check is about in a test that does not say."""


@dataclass
class WireEngine:
    """One provider process and the state of the resources made through it.

    ``up`` speaks to it as the engine does: check, diff, create or update; numbers become floats,
    empty values vanish, secrets arrive in clear.
    """

    provider: ResourceProvider
    config: Mapping[str, str] = field(default_factory=dict)
    environ: Mapping[str, str] = field(default_factory=dict)
    front: fronts.Name = "dynamic"
    """Whether Pulumi's server serves the provider, or our plugin the resource of its kind."""
    timeout: float = 0
    """Seconds that the program's ``custom_timeouts`` give each step; 0 if there are none."""
    state: dict[str, Resource] = field(default_factory=dict)
    stderr: str = ""
    """What the user read of the process, beside errors, once it has ended."""

    def __enter__(self) -> Self:
        """Start and configure the process."""
        self._front = fronts.front_of(self.front, self.provider)
        self.process = ProviderProcess(self._front, self.config, self.environ)
        self.stub = self.process.stub
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self.stderr += self.process.end()

    def restart(self) -> None:
        """End the run: what comes next is another one, in another process."""
        self.__exit__()
        self.__enter__()

    def check(
        self, inputs: Props, olds: Props | None = None, name: str = _NOBODY
    ) -> tuple[Props, list[str]]:
        """The checked inputs, and what is wrong with them."""
        request = proto.CheckRequest(
            news=self._send(inputs), olds=self._send(olds or {}), **self._about(name)
        )
        response = call(self.stub.Check, request)
        failures = [f"{item.property}{item.reason}" for item in response.failures]
        return received(response.inputs), failures

    def diff(self, name: str, inputs: Props) -> proto.DiffResponse:
        """What the provider says of the difference between the state and the inputs."""
        request = proto.DiffRequest(**self._change(name, inputs))
        response: proto.DiffResponse = call(self.stub.Diff, request)
        return response

    def up(self, name: str, /, **inputs: Any) -> Up:
        """Check, diff, and create or update the resource of that name.

        One that is made in part is recorded, as the engine does, and its error is in ``stderr``.
        """
        known = self.state.get(name)
        checked, failures = self.check(inputs, known.inputs if known else None, name)
        if failures:
            raise StepFailedError("\n".join(failures))
        if known is None:
            return self._create(name, checked)
        response = self.diff(name, checked)
        if response.changes != proto.DiffResponse.DIFF_SOME and not known.incomplete:
            known.inputs = checked
            return Up("same", known.id, known.outputs)
        if response.replaces:
            return Up("replace", known.id, known.outputs)
        request = proto.UpdateRequest(**self._change(name, checked), timeout=self.timeout)
        properties = call(self.stub.Update, request).properties
        self.state[name] = Resource(known.id, checked, received(properties))
        return Up("update", known.id, received(properties), secrets_in(properties))

    def preview(self, name: str, inputs: Props) -> Props:
        """What a preview of a create or an update says the outputs will be, as it travels."""
        if name not in self.state:
            request = proto.CreateRequest(
                properties=self._send(inputs), preview=True, **self._about(name)
            )
            return plain(call(self.stub.Create, request).properties)
        change = proto.UpdateRequest(**self._change(name, inputs), preview=True)
        return plain(call(self.stub.Update, change).properties)

    def refresh(self, name: str) -> Props | None:
        """Read the resource; its outputs now, or None if it left the state."""
        known = self.state[name]
        recorded = {"properties": self._send(known.outputs), "inputs": self._send(known.inputs)}
        request = proto.ReadRequest(id=known.id, **recorded, **self._about(name))
        response = call(self.stub.Read, request)
        if not response.id:
            del self.state[name]
            return None
        known.outputs = received(response.properties)
        known.inputs = received(response.inputs) if response.HasField("inputs") else known.inputs
        return known.outputs

    def get(self, id_: str, **inputs: Any) -> Props:
        """Read a resource as ``.get()`` does: its inputs, for a state too."""
        given = self._send(inputs)
        request = proto.ReadRequest(id=id_, properties=given, inputs=given, **self._about(_NOBODY))
        return received(call(self.stub.Read, request).properties)

    def take(self, name: str, id_: str) -> Resource:
        """Import a resource: with its id alone."""
        response = call(self.stub.Read, proto.ReadRequest(id=id_, **self._about(name)))
        inputs, outputs = received(response.inputs), received(response.properties)
        self.state[name] = Resource(response.id, inputs, outputs)
        return self.state[name]

    def cancel(self) -> None:
        """Cancel the run, as the engine does at the first Ctrl-C."""
        call(self.stub.Cancel, empty_pb2.Empty())

    def die(self) -> int:
        """Be gone without a word, as a killed engine is; the exit code of the provider."""
        return self.process.orphan()

    def destroy(self, name: str) -> None:
        """Delete the resource; one that refuses stays in the state."""
        known = self.state[name]
        request = proto.DeleteRequest(
            id=known.id,
            properties=self._send(known.outputs),
            timeout=self.timeout,
            **self._about(name),
        )
        call(self.stub.Delete, request)
        del self.state[name]

    def _create(self, name: str, inputs: Props) -> Up:
        request = proto.CreateRequest(
            properties=self._send(inputs), timeout=self.timeout, **self._about(name)
        )
        incomplete = False
        try:
            made = call(self.stub.Create, request)
        except IncompleteError as error:
            made, incomplete = error.made, True
            self.stderr += f"error: {error}\n"
        outputs = received(made.properties)
        self.state[name] = Resource(made.id, inputs, outputs, incomplete)
        return Up("create", made.id, outputs, secrets_in(made.properties))

    def _change(self, name: str, inputs: Props) -> Props:
        known = self.state[name]
        return {
            "id": known.id,
            "olds": self._send(known.outputs),
            "old_inputs": self._send(known.inputs),
            "news": self._send(inputs),
            **self._about(name),
        }

    def _about(self, name: str) -> Props:
        return fronts.about(self._front, name)

    def _send(self, props: Props) -> struct_pb2.Struct:
        return message({**props, **self._front.always})


def account(ui: Ui) -> dict[str, str]:
    """A stack's configuration with the owner's key and no session."""
    return signed_in(ui, "sessionId")
