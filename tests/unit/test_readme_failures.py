import re

from posthog_pulumi.client.endpoints import ENDPOINTS, Endpoint, Repeat
from tools import failures, generate


def test_every_endpoint() -> None:
    """Each endpoint stands in the section once."""
    named = re.findall(r"`((?:GET|POST|PATCH|DELETE) [^`]+)`", failures.section())

    assert len(named) == len(set(named)) == len(ENDPOINTS)


def test_class() -> None:
    """An endpoint stands behind its class, in README's short form."""
    made = Endpoint("POST", "/api/organizations/{}/projects/", Repeat.ONCE)
    section = failures.section({"CREATE_PROJECT": made})

    assert (
        "- **creating, moving, rotating, …** (twice would be one too many): `POST …/projects/`\n"
    ) in section


def test_place() -> None:
    """It comes after what the package promises, and before how to use it."""
    readme = (generate.ROOT / "README.md").read_text("utf-8")
    headings = re.findall(r"^## (.+)$", readme, re.MULTILINE)
    place = headings.index("What happens after a failure")

    assert headings.index("What it promises") < place < headings.index("Resources")
