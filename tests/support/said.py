"""What a user reads of an error or on stderr, for the table of all messages."""

import io
import re
from collections.abc import Callable
from contextlib import redirect_stderr, suppress
from typing import Any

import pytest

from posthog_pulumi.client import logs
from posthog_pulumi.errors import PermissionDeniedError, PostHogError
from posthog_pulumi.steps import border
from support.fake_posthog import LONG_AGO
from support.fake_posthog_secrets import MintingPostHog, too_slow, with_token

Text = Callable[[], str]
Use = Callable[[MintingPostHog], object]
Fault = Callable[[MintingPostHog], None]


def failing(
    request: str, error: Callable[[], Exception] = too_slow, *, done: bool = False
) -> Fault:
    """A request that fails; its response comes too late if nothing else is said."""
    return lambda posthog: posthog.fail(request, error(), done=done)


def no() -> PostHogError:
    """A refusal."""
    return PermissionDeniedError("PostHog says: No.")


def raises(use: Use, *faults: Fault, **facts: Any) -> Text:
    """The text of the error, at noon and with a suffix that is always the same."""

    def text() -> str:
        with pytest.raises(PostHogError) as caught:
            use(_posthog(faults, facts))
        at_noon = re.sub(r"\d\d:\d\d UTC", "12:00 UTC", str(caught.value))
        return re.sub(r"'flags-\w{6}'", "'flags-abc123'", at_noon)

    return text


def says(use: Use, *faults: Fault, **facts: Any) -> Text:
    """The first line on stderr, whether it fails or not."""

    def text() -> str:
        border.warn_once.cache_clear()
        logs.to_stderr({})
        with redirect_stderr(io.StringIO()) as stderr, suppress(PostHogError):
            use(_posthog(faults, facts))
        return stderr.getvalue().splitlines()[0]

    return text


def _posthog(faults: tuple[Fault, ...], facts: dict[str, Any]) -> MintingPostHog:
    """One with a project, unless the facts say otherwise, that fails in these ways."""
    made = MintingPostHog(**{"projects": {1: with_token("phs_0", created_at=LONG_AGO)}, **facts})
    for fault in faults:
        fault(made)
    return made
