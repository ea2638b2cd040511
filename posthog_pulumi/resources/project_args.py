"""All arguments of ``PostHogProject``."""

from __future__ import annotations  # a program starts quicker without what only types need

from typing import TYPE_CHECKING

from posthog_pulumi.resources.settings_args import ProjectSettingsArgs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from pulumi import Input


class PostHogProjectArgs(ProjectSettingsArgs, total=False):
    """All arguments of a project, for defaults that several share; None is the same as left out.

    After ``defaults: PostHogProjectArgs = {"timezone": "Europe/Berlin"}`` it is
    ``PostHogProject("web", **defaults)`` or, with more,
    ``PostHogProject("web", **(defaults | {"name": "Website"}))``.
    """

    organization_id: Input[str] | None
    """UUID, slug or ``@current``; the provider's configuration decides if left out, and a project
    stays where it is when that changes."""
    force_destroy: Input[bool] | None
    """Whether a project that holds events may be deleted; it must be applied before."""
    wait_for_demo_data: Input[bool] | None
    """Whether making a demo project lasts until its data is there."""
    rotate_api_token_when_changed: Input[Mapping[str, Any]] | None
    """The first value arms the trigger; a changed one resets ``api_token``, and the old one stops
    at once."""
    rotate_secret_token_when_changed: Input[Mapping[str, Any]] | None
    """Registers a ``PostHogProjectSecretToken`` as the child ``secret_token``: the first value arms
    the trigger, a changed one rotates it."""
    rotate_secret_token_after_days: Input[float] | None
    """The same by age."""
