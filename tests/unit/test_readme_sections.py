import re

from posthog_pulumi.client.endpoints import ENDPOINTS, Endpoint, Repeat
from tools.readme_sections import README, failures, with_failures

TEXT = README.read_text("utf-8")


def test_written() -> None:
    """README says what happens after a failure of each endpoint, as the client does it."""
    assert with_failures(TEXT) == TEXT, "run `python -m tools.readme_sections`"


def test_every_endpoint() -> None:
    """Each endpoint stands in it once."""
    named = re.findall(r"`((?:GET|POST|PATCH|DELETE) [^`]+)`", failures(ENDPOINTS))

    assert len(named) == len(set(named)) == len(ENDPOINTS)


def test_row() -> None:
    """An endpoint stands in the row of its class, in README's short form."""
    made = Endpoint("POST", "/api/organizations/{}/projects/", Repeat.ONCE)

    assert (
        "| **twice would be one too many**: `POST …/projects/` | looked at, and sent again if"
        " nothing shows | looked at for 60 s, and not sent again in this run |\n"
    ) in failures({"CREATE_PROJECT": made})


def test_place() -> None:
    """It comes after what the package promises, and before how to use it."""
    headings = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    place = headings.index("What happens after a failure")

    assert headings.index("What it promises") < place < headings.index("Resources")
