"""Properties and failures as Pulumi's wire has them."""

import asyncio
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto.status_pb2 import Status

from posthog_pulumi.steps.border import Props, text_of_error

UNKNOWN = rpc.UNKNOWN


class IncompleteError(Exception):
    """It exists and must be recorded, but is not as declared; the next ``up`` goes on with it."""

    def __init__(self, id_: str, outputs: Props, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.id = id_
        self.outputs = outputs
        self.reasons = reasons


def props(struct: Struct) -> Props:
    """The properties of a message; one that is not computed yet is Pulumi's ``UNKNOWN``."""
    return dict(rpc.deserialize_properties(struct, keep_unknowns=True))


def struct(properties: Props) -> Struct:
    """The message of these properties."""
    return asyncio.run(rpc.serialize_properties(properties, {}))


def responds(method: Callable[[Any, Any], Any]) -> Callable[[Any, Any, grpc.ServicerContext], Any]:
    """A method of the servicer whose errors reach the user as one line; a bug has its traceback."""

    @wraps(method)
    def call(self: Any, request: Any, context: grpc.ServicerContext) -> Any:
        try:
            return method(self, request)
        except IncompleteError as error:
            context.set_trailing_metadata((("grpc-status-details-bin", _status(error)),))
            context.abort(grpc.StatusCode.UNKNOWN, str(error))
        except Exception:  # noqa: BLE001  # whatever it is, the user must read it
            context.abort(grpc.StatusCode.UNKNOWN, text_of_error())

    return call


def _status(error: IncompleteError) -> bytes:
    detail = AnyMessage()
    detail.Pack(
        proto.ErrorResourceInitFailed(
            id=error.id, properties=struct(error.outputs), reasons=error.reasons
        )
    )
    code = int(grpc.StatusCode.UNKNOWN.value[0])
    return bytes(Status(code=code, message=str(error), details=[detail]).SerializeToString())
