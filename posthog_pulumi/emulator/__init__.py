"""An emulator of PostHog's projects API; it imports nothing from the rest of the package."""

from posthog_pulumi.emulator.handle import (
    Account,
    Control,
    Emulator,
    EmulatorError,
    Request,
    RequestLog,
    Tenant,
)
from posthog_pulumi.emulator.launcher import running
from posthog_pulumi.emulator.server.faults import Fault

__all__ = [
    "Account",
    "Control",
    "Emulator",
    "EmulatorError",
    "Fault",
    "Request",
    "RequestLog",
    "Tenant",
    "running",
]
