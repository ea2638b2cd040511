"""JSON in the form that both sides of the wire compare."""

from typing import Any


def plain(value: Any) -> Any:
    """Whole numbers as integers, which the wire makes floats, and no key without a value."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
