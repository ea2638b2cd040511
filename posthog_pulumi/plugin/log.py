"""What the user sees: the engine hides a plugin's stderr, and takes lines by a call of its own."""

import logging
from collections.abc import Mapping
from typing import Final

import grpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from posthog_pulumi.client import logs
from posthog_pulumi.properties import redacted

_LOGGER: Final = logging.getLogger("posthog_pulumi")


class _Handler(logging.Handler):
    def __init__(self, engine: str) -> None:
        super().__init__()
        self._engine = engine_pb2_grpc.EngineStub(grpc.insecure_channel(engine))

    def emit(self, record: logging.LogRecord) -> None:
        """Pass the record on, with no key in it; where no engine listens any more it is lost."""
        severity = engine_pb2.WARNING if record.levelno >= logging.WARNING else engine_pb2.INFO
        line = engine_pb2.LogRequest(severity=severity, message=redacted(record.getMessage()))
        try:
            self._engine.Log(line)
        except grpc.RpcError:
            return


def to_engine(engine: str, environ: Mapping[str, str]) -> None:
    """Let the package's loggers write to the engine at this address."""
    logs.to_stderr(environ)
    _LOGGER.handlers = [_Handler(engine)]
