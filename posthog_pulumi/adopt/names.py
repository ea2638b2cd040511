"""What projects are called in a program: Pulumi's names and Python's."""

import builtins
import keyword
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Final

_LONGEST: Final = 60
"""Of what a name takes from the project's own, which may have 200 characters."""

_TAKEN: Final = frozenset(
    {*keyword.kwlist, *keyword.softkwlist, *dir(builtins), "pulumi", "posthog_pulumi"}
)


def resource_names(projects: Mapping[str, str], others: Collection[str] = ()) -> dict[str, str]:
    """Pulumi's name for each project, by its id: no two are equal.

    It depends on the project's own name alone, except where several would be equal: then all of
    them end with their id.

    Args:
        projects: Names in PostHog, by id.
        others: Names of resources that the stack has already.
    """
    names = {id_: _slug(name) or "project" for id_, name in projects.items()}
    names = {id_: f"{name}-{id_}" if name == "project" else name for id_, name in names.items()}
    while taken := {
        name for name, count in Counter([*names.values(), *{*others}]).items() if count > 1
    }:
        names = {id_: f"{name}-{id_}" if name in taken else name for id_, name in names.items()}
    return names


def variable(resource_name: str) -> str:
    """The Python variable of a resource; two names made here never give the same one."""
    plain = "".join(sign if sign.isalnum() else "_" for sign in resource_name)
    plain = plain if plain.isidentifier() else f"project_{plain}"
    return f"{plain}_" if plain in _TAKEN else plain


def _slug(name: str) -> str:
    """Lower-case letters, digits and single dashes, beginning with a letter."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = "".join(sign if sign.isalnum() else " " for sign in plain).split()
    slug = "-".join(words)[:_LONGEST].rstrip("-")
    return f"project-{slug}" if slug[:1].isdigit() else slug
