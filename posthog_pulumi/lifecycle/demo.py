"""Waiting for the data of a demo project."""

import logging
from itertools import count
from typing import Final

from posthog_pulumi.errors import PostHogError
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.models.project import RemoteProject

_LOGGER: Final = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS: Final = 3.0
LONGEST: Final = 600.0
"""Seconds to wait, since it holds one of the provider's few threads."""
SECONDS_BETWEEN_LINES: Final = 15.0


def wait_for_demo_data(on: Connection, project: RemoteProject) -> None:
    """Return when PostHog has made the demo data.

    Raises:
        PostHogError: It is not there after ten minutes, or the endpoint refuses the credential.
    """
    for look in count():
        if not on.client.projects.is_generating_demo_data(project.organization, str(project.id)):
            return
        waited = look * SECONDS_BETWEEN_LOOKS
        if waited >= LONGEST:
            raise PostHogError(
                f"its demo data is not there after {waited:.0f} s.",
                advice="It comes by itself; nothing needs to be done.",
            )
        if waited % SECONDS_BETWEEN_LINES == 0:
            _LOGGER.info("waiting for the demo data of project %s (%.0f s)", project.id, waited)
        on.sleep(SECONDS_BETWEEN_LOOKS)
