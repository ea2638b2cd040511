"""Writes README's section on failures from the client's table of endpoints.

``python -m tools.readme_sections`` writes it; a test holds README equal.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from posthog_pulumi.client.endpoints import ENDPOINTS, Endpoint, Repeat
from posthog_pulumi.client.retries import ANNOUNCED, FAILURES, LONGEST_STEP
from posthog_pulumi.lifecycle.once import LOOKS

README: Final = Path(__file__).parent.parent / "README.md"
BEGINS: Final = "<!-- failures: written by tools/readme_sections.py -->\n"
ENDS: Final = "<!-- failures end -->\n"

_SHORTER: Final = {
    "/api/organizations/{}/projects/": "…/projects/",
    "/api/organizations/": "…/organizations/",
    "/api/projects/{}/": "…/projects/{id}/",
}
_CLASSES: Final[Mapping[Repeat, tuple[str, str, str]]] = {
    Repeat.READ: ("changes nothing", "sent again", "sent again"),
    Repeat.IDEMPOTENT: (
        "twice is the same as once",
        "sent again",
        f"looked at for {LOOKS[-1]:.0f} s, and not sent again in this run",
    ),
    Repeat.ONCE: (
        "twice would be one too many",
        "looked at, and sent again if nothing shows",
        f"looked at for {LOOKS[-1]:.0f} s, and not sent again in this run",
    ),
}
_TEXT: Final = f"""\
A response can be lost, late or wrong. What the provider does then depends on the request:

| requests | PostHog failed, and says so in its own words (5xx) | it may still be going on: no response in time, a cut, 408, 504, or a 5xx or a page of something in front of PostHog |
|---|---|---|
{{rows}}
To look is to read whether the request did its work. If nothing shows until the end, the error names what to look for, since it may come to exist later.

- No connection, or 429 (too many requests): surely not done, so every request is sent again.
- Any other refusal (4xx, a redirect) is reported at once. A redirect is never followed.
- 429 and 503 with `Retry-After` hold back every request of the run for that time. A wait of more than {ANNOUNCED:.0f} s is announced, and all waits of one step together take at most {LONGEST_STEP / 60:.0f} minutes: a longer one is an error at once.
- A request that fails {FAILURES} times is reported; waits for a rate limit do not count.
- A response about another project or key, or without a field that a decision needs, counts as one that cannot be read.
"""  # noqa: E501  # a paragraph of README is one line


def failures(endpoints: Mapping[str, Endpoint]) -> str:
    """The section's text: a row for each class of requests, and what holds for all."""
    return BEGINS + _TEXT.format(rows="".join(_row(each, endpoints) for each in Repeat)) + ENDS


def with_failures(readme: str) -> str:
    """README with that section as it must be."""
    before, rest = readme.split(BEGINS)
    return before + failures(ENDPOINTS) + rest.split(ENDS)[1]


def _row(repeat: Repeat, endpoints: Mapping[str, Endpoint]) -> str:
    title, over, unknown = _CLASSES[repeat]
    names = [f"`{_short(each)}`" for each in endpoints.values() if each.repeat is repeat]
    return f"| **{title}**: {', '.join(names)} | {over} | {unknown} |\n"


def _short(endpoint: Endpoint) -> str:
    """The endpoint as README writes it."""
    long, short = next(item for item in _SHORTER.items() if endpoint.path.startswith(item[0]))
    return f"{endpoint.method} {short}{endpoint.path.removeprefix(long)}".replace("{}", "{id}")


def main() -> None:
    """Write the section."""
    README.write_text(with_failures(README.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
