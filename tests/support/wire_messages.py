"""What travels between the engine and a provider, and what the engine keeps of it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import grpc
from google.protobuf import json_format, struct_pb2
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2, status_pb2

Props = dict[str, Any]

UNKNOWN: Final = rpc.UNKNOWN
"""A value that is not computed yet, as it travels."""

OLD_SDK: Final = "Exception calling application: "
"""What Pulumi SDKs before 3.260 put before a provider's text."""

_DETAILS: Final = "grpc-status-details-bin"


class StepFailedError(Exception):
    """What the engine prints under the resource."""


class IncompleteError(StepFailedError):
    """The same of a resource that was made all the same, and is recorded."""

    def __init__(self, text: str, made: Any) -> None:
        super().__init__(text)
        self.made = made


@dataclass
class Resource:
    """What the engine remembers of a resource."""

    id: str
    inputs: Props
    outputs: Props
    incomplete: bool = False
    """Whether the provider said that it is not as declared, so that the next ``up`` updates it."""


@dataclass(frozen=True)
class Up:
    """What one ``up`` of one resource did: ``create``, ``update``, ``replace`` or ``same``."""

    step: str
    id: str
    outputs: Props
    secrets: frozenset[str] = frozenset()
    """Names of the outputs that came as secrets."""


def call(method: Callable[[Any], Any], request: Any) -> Any:
    """The response.

    Raises:
        StepFailedError: The provider refused.
    """
    try:
        return method(request)
    except grpc.RpcError as error:
        text = error.details().removeprefix(OLD_SDK)
        details = dict(error.trailing_metadata() or ()).get(_DETAILS)
        if details is None:
            raise StepFailedError(text) from None
        made = provider_pb2.ErrorResourceInitFailed()
        status_pb2.Status.FromString(details).details[0].Unpack(made)
        raise IncompleteError(text, made) from None


def secrets_in(struct: struct_pb2.Struct) -> frozenset[str]:
    """The names of the properties that are marked as secrets."""
    return frozenset(name for name, value in plain(struct).items() if rpc.is_rpc_secret(value))


def received(struct: struct_pb2.Struct) -> Props:
    """The properties without the marks of secrets, and without Pulumi's own."""
    props = {key: rpc.unwrap_rpc_secret(value) for key, value in plain(struct).items()}
    props.pop("__provider", None)
    return props


def plain(struct: struct_pb2.Struct) -> Props:
    """The properties as they travel."""
    return dict(json.loads(json_format.MessageToJson(struct)))


def message(props: Props) -> struct_pb2.Struct:
    """What is sent for the properties; those without a value are left out."""
    given = {key: value for key, value in props.items() if value is not None}
    return json_format.ParseDict(given, struct_pb2.Struct())
