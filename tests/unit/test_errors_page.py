import re

from posthog_pulumi.client.endpoints import ENDPOINTS, Endpoint, Repeat
from tools import failures, messages


def test_every_endpoint() -> None:
    """Each endpoint stands in the section on failures once."""
    named = re.findall(r"`((?:GET|POST|PATCH|DELETE) [^`]+)`", failures.section())

    assert len(named) == len(set(named)) == len(ENDPOINTS)


def test_class() -> None:
    """An endpoint stands behind its class, in its short form."""
    made = Endpoint("POST", "/api/organizations/{}/projects/", Repeat.ONCE)
    section = failures.section({"CREATE_PROJECT": made})

    assert (
        "- **creating, moving, rotating, …** (twice would be one too many): `POST …/projects/`\n"
    ) in section


def test_messages() -> None:
    """A message stands under the heading of its group, without its case and its request."""
    section = messages.section(
        "# No response.\n\nslow\nIt did not respond. (GET /api/x/)\n\nlost\nIt is lost.\n"
    )

    assert section == "\n### No response\n\n- It did not respond.\n- It is lost.\n"
