"""The errors page's section on failures, from the fault matrix and the client's endpoints.

``make generate`` writes it; a test holds the page equal.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from posthog_pulumi.client.endpoints import ENDPOINTS, Endpoint, Repeat
from posthog_pulumi.client.retries import ANNOUNCED, FAILURES, LONGEST_STEP
from posthog_pulumi.lifecycle.once import LOOKS

MATRIX: Final = Path(__file__).parent.parent / "tests" / "data" / "fault_matrix.toml"

_SHORTER: Final = {
    "/api/organizations/{}/projects/": "…/projects/",
    "/api/organizations/": "…/organizations/",
    "/api/projects/{}/": "…/projects/{id}/",
    "/api/": "…/",
}
_CLASSES: Final[Mapping[Repeat, tuple[str, str]]] = {
    Repeat.READ: ("reading", "changes nothing"),
    Repeat.IDEMPOTENT: ("changing settings, deleting", "twice is the same as once"),
    Repeat.ONCE: ("creating, moving, rotating, …", "twice would be one too many"),
}
_WORDS: Final = {
    "repeated": "sent again",
    "looked up": "looked up, and taken as it is",
    "looked up, repeated": "looked up, then sent again",
    "refused": "an error",
}
_ADVISES: Final = "an error that says what to look for"

_TEXT: Final = f"""\
{{table}}
"Looked up" means that the provider reads whether the request did its work, at once and then for {LOOKS[-1]:.0f} s. A request that may still be at work on the server is never sent again in the same run.

{{notes}}\
- 429, and 503 with `Retry-After`, hold back every request of the run for that time. A wait of more than {ANNOUNCED:.0f} s is announced, and all waits of one step together take at most {LONGEST_STEP / 60:.0f} minutes.
- A request that fails {FAILURES} times is reported; waits for a rate limit do not count.

Which request is of which kind is a property of the endpoint:

{{endpoints}}"""  # noqa: E501  # a paragraph of a page is one line


def section(endpoints: Mapping[str, Endpoint] = ENDPOINTS) -> str:
    """A row for each group of faults, what differs, and the endpoints of each class."""
    matrix = tomllib.loads(MATRIX.read_text("utf-8"))
    notes = [f"- {item['says']}\n" for item in matrix["exception"] if "says" in item]
    return _TEXT.format(
        table="".join(_table(matrix["group"])),
        notes="".join(notes),
        endpoints="".join(_class(each, endpoints.values()) for each in Repeat),
    )


def _table(groups: list[dict[str, Any]]) -> Iterator[str]:
    yield f"| what goes wrong | {' | '.join(title for title, _ in _CLASSES.values())} |\n"
    yield f"|{'---|' * (1 + len(_CLASSES))}\n"
    for group in groups:
        words = {**_WORDS, "refused": _ADVISES} if group.get("advises") else _WORDS
        cells = [words.get(group[each.value], group[each.value]) for each in Repeat]
        yield f"| {group['says']} | {' | '.join(cells)} |\n"


def _class(repeat: Repeat, endpoints: Iterable[Endpoint]) -> str:
    title, why = _CLASSES[repeat]
    names = [f"`{short(each)}`" for each in endpoints if each.repeat is repeat]
    return f"- **{title}** ({why}): {', '.join(names)}\n"


def short(endpoint: Endpoint) -> str:
    """The endpoint in its short form."""
    long, short = next(item for item in _SHORTER.items() if endpoint.path.startswith(item[0]))
    return f"{endpoint.method} {short}{endpoint.path.removeprefix(long)}".replace("{}", "{id}")
