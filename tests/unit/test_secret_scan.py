import base64
import json
from urllib.parse import quote

import pytest
from support.secret_scan import leaks, mark

SECRET = mark("webhook")


@pytest.mark.parametrize(
    "text",
    [
        SECRET,
        f"before{SECRET}after",
        json.dumps({"a": json.dumps([SECRET])}),
        repr({"a": SECRET}),
        quote(SECRET),
        SECRET.encode().hex(),
        base64.b64encode(SECRET.encode()).decode(),
        base64.b64encode(f"x{SECRET}".encode()).decode(),
        base64.urlsafe_b64encode(f"xy{SECRET}y".encode()).decode(),
        f"…{SECRET[-14:]}",
        SECRET[9:22],
    ],
)
def test_found(text: str) -> None:
    """A secret is found in every spelling, and so is half of one."""
    assert leaks({"state": text, "output": "[secret]"}, {"webhook": SECRET}) == {
        "state": ["webhook"]
    }


def test_not_found() -> None:
    """Another secret, or the first letters that a mask shows, is no leak."""
    texts = {"mask": "phs_…9xyz", "other": mark("session"), "cut": SECRET[:10]}

    assert leaks(texts, {"webhook": SECRET, "token": "phs_0123456789ab9xyz"}) == {}
