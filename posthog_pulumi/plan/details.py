"""What a native front tells the engine of an update before it is made."""

from collections.abc import Collection, Mapping
from typing import Any


def details(
    old: Mapping[str, Any], new: Mapping[str, Any], replaces: Collection[str]
) -> dict[str, str]:
    """What happens to each property, by the names of Pulumi's ``PropertyDiff.Kind``.

    Args:
        old: The arguments of the last ``up``, or as a refresh found them.
        new: Those of the program now.
        replaces: The properties that need a replacement, outputs among them.
    """
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    kinds = {name: _kind(name, old, new) for name in changed if not name.startswith("__")}
    return kinds | {name: f"{kinds.get(name, 'UPDATE')}_REPLACE" for name in replaces}


def _kind(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    if old.get(name) is None:
        return "ADD"
    return "DELETE" if new.get(name) is None else "UPDATE"


def predicted(
    outputs: Mapping[str, Any], old: Mapping[str, Any], new: Mapping[str, Any]
) -> dict[str, Any]:
    """The outputs that an update will leave: the arguments follow the program, all else stays."""
    kept = {name: value for name, value in outputs.items() if name not in old or name in new}
    return {**kept, **{name: value for name, value in new.items() if value is not None}}
