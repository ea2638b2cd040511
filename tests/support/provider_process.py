"""A provider's process, as the engine starts and ends it."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from support.fronts import Front
from support.inline_program import OWN_CONNECTION


class ProviderProcess:
    """One that serves a front, and the engine's connection to it."""

    def __init__(self, front: Front, config: Mapping[str, str], environ: Mapping[str, str]) -> None:
        """Start and configure it."""
        self._front = front
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and modules
            [sys.executable, "-u", *front.command()],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **environ},
        )
        assert self._process.stdout is not None
        port = self._process.stdout.readline().strip()
        self._channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=[OWN_CONNECTION])
        self.stub: Any = provider_pb2_grpc.ResourceProviderStub(self._channel)
        front.configure(self.stub, config)

    def end(self) -> str:
        """End it; what the user read of it, beside errors."""
        self._channel.close()
        self._process.terminate()
        _, printed = self._process.communicate(timeout=30)
        return f"{self._front.said()}{printed}"

    def orphan(self) -> int:
        """Be gone without a word, as a killed engine is; the exit code of the process."""
        assert self._process.stdout is not None
        self._process.stdout.close()
        return self._process.wait(timeout=30)

    def interrupt(self) -> int:
        """Close it as the engine does at the end of a run; its exit code."""
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(timeout=30)
