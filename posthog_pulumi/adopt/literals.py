"""Values as Python text, laid out as ``ruff format`` does with its default width."""

from typing import Any, Final

WIDTH: Final = 88

_ESCAPES: Final = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def literal(value: Any, indent: int = 0, before: int = 0) -> str:
    """The text of a JSON value.

    Args:
        value: What to write.
        indent: Columns before the line that it begins in.
        before: Columns of what stands before it in that line; a comma follows it.
    """
    flat = _flat(value)
    if not (isinstance(value, dict | list) and value) or _fits(flat, indent + before):
        return flat
    inner = indent + 4
    if isinstance(value, list):
        return _lines("[", [literal(item, inner) for item in value], "]", indent)
    items = [_item(string(key), item, inner) for key, item in value.items()]
    return _lines("{", items, "}", indent)


def _lines(opening: str, items: list[str], closing: str, indent: int) -> str:
    body = "".join(f"{' ' * (indent + 4)}{item},\n" for item in items)
    return f"{opening}\n{body}{' ' * indent}{closing}"


def _item(key: str, value: Any, indent: int) -> str:
    return f"{key}: {literal(value, indent, _columns(key) + 2)}"


def _flat(value: Any) -> str:
    if isinstance(value, str):
        return string(value)
    if isinstance(value, dict):
        return f"{{{', '.join(f'{string(key)}: {_flat(item)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flat, value))}]"
    return repr(value)


def string(text: str) -> str:
    """A string in double quotes, or in single ones where it needs fewer escapes that way."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    return f"{quote}{''.join(_escaped(sign, quote) for sign in text)}{quote}"


def _escaped(sign: str, quote: str) -> str:
    if sign == quote:
        return f"\\{sign}"
    if sign in _ESCAPES or sign.isprintable():
        return _ESCAPES.get(sign, sign)
    code = ord(sign)
    if code > 0xFFFF:  # noqa: PLR2004  # what four hexadecimal digits hold
        return f"\\U{code:08x}"
    return f"\\u{code:04x}" if code > 0xFF else f"\\x{code:02x}"  # noqa: PLR2004  # two


def _fits(text: str, before: int) -> bool:
    return before + _columns(text) + 1 <= WIDTH


def _columns(text: str) -> int:
    """At most; some letters are two columns wide, and a line broken too early stays so."""
    return sum(1 if sign.isascii() else 2 for sign in text)
