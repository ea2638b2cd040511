"""Takes the picture of the emulator's page in ``docs/emulator.md``: ``make picture``."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx
from PIL import Image

from posthog_pulumi.emulator import running
from tools.browser import browsing

if TYPE_CHECKING:
    from posthog_pulumi.emulator import Emulator

PICTURE: Final = Path(__file__).resolve().parent.parent / "docs" / "emulator-page.png"

_WIDTH: Final = 1000
_COLOURS: Final = 64
_PROJECTS: Final[list[dict[str, Any]]] = [
    {
        "name": "Website",
        "timezone": "Europe/Berlin",
        "app_urls": ["https://example.com"],
        "session_recording_opt_in": True,
        "session_recording_sample_rate": 0.25,
    },
    {"name": "Shop", "base_currency": "EUR", "autocapture_opt_out": True},
]


def picture() -> bytes:
    """The page of an emulator with two projects and a fault, as PNG."""
    with running() as emulator, browsing() as page:
        _furnish(emulator)
        page.resize(_WIDTH, 1)
        page.open(f"{emulator.url}/")
        page.evaluate("document.querySelector('[value=throttled]').click()")
        page.wait_for("document.querySelector('.on')")
        _list(emulator)
        page.wait_for("document.querySelector('#requests').innerText.includes('429')")
        return _small(page.picture())


def _small(png: bytes) -> bytes:
    """The same with fewer colours, a third of the size."""
    small = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").quantize(_COLOURS).save(small, "png", optimize=True)
    return small.getvalue()


def _furnish(emulator: Emulator) -> None:
    """Make the projects, and mint a secret token of the first."""
    made = [_send(emulator, "POST", "", body) for body in _PROJECTS]
    session = {
        "Cookie": f"sessionid={emulator.session_id}; posthog_csrftoken={'0' * 32}",
        "X-CSRFToken": "0" * 32,
    }
    path = f"{made[0].json()['id']}/rotate_secret_token/"
    httpx.patch(_url(emulator) + path, headers=session)
    _list(emulator)


def _list(emulator: Emulator) -> None:
    _send(emulator, "GET", "")


def _send(emulator: Emulator, method: str, path: str, body: Any = None) -> httpx.Response:
    bearer = {"Authorization": f"Bearer {emulator.api_key}"}
    return httpx.request(method, _url(emulator) + path, headers=bearer, json=body)


def _url(emulator: Emulator) -> str:
    return f"{emulator.url}/api/organizations/{emulator.organization_id}/projects/"


if __name__ == "__main__":
    PICTURE.write_bytes(picture())
