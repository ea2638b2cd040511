import logging
import os
from typing import Final

import pytest
from support.rotation_histories import explore

DEPTH: Final = int(os.environ.get("POSTHOG_SOAK_DEPTH", "4"))
WORLDS: Final = {2: 171, 3: 614, 4: 2138, 5: 7342}
"""How many worlds there are within so many events, so that none is left out unseen."""


def test_no_history_ends_a_token_in_use(caplog: pytest.LogCaptureFixture) -> None:
    """Ups, kills, failures, forced replacements and rotations by hand, in any order.

    No request of ours ends a token that the dependent, the live half or a person uses; and after
    a few undisturbed commands everyone uses the current token, and the trigger fires again.
    """
    caplog.set_level(logging.CRITICAL, "posthog_pulumi")
    found = explore(DEPTH)

    assert found.broken == []
    assert len(found.worlds) == WORLDS.get(DEPTH, len(found.worlds))
