"""Types as text: as a program may pass them, as it gets them, and in a table."""

import inspect
import json
import textwrap
import types
from collections import defaultdict
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin

from typing_extensions import is_typeddict  # it knows pydantic's kind on every Python

_OBJECT = '''class {name}(TypedDict):
    """{description}"""

{fields}

'''


class Writer:
    """Writes types as source text, and remembers what that text must import."""

    def __init__(self) -> None:
        self._used: dict[str, set[str]] = defaultdict(set)
        self._objects: dict[str, str] = {}

    def use(self, module: str, name: str) -> str:
        """The name, which is imported from the module."""
        self._used[module].add(name)
        return name

    def imports(self) -> str:
        """The import statements."""
        lines = [f"from {where} import {', '.join(self._used[where])}\n" for where in self._used]
        return "".join(lines)

    def objects(self) -> str:
        """The types of the objects that a program may pass, each after those that it holds."""
        return "".join(self._objects.values())

    def as_input(self, annotation: Any) -> str:
        """What a program may pass."""
        kind, of = _kind(annotation)
        if kind is list:
            sequence, item = self.use("collections.abc", "Sequence"), self.use("pulumi", "Input")
            return f"{sequence}[{item}[{self.as_input(of)}]]"
        if kind is dict:
            return f"{self.use('collections.abc', 'Mapping')}[str, {self.use('typing', 'Any')}]"
        if kind is Literal:
            return f"{self.use('typing', 'Literal')}[{', '.join(map(json.dumps, of))}]"
        return self._object(of) if is_typeddict(of) else self._named(of)

    def _object(self, of: Any) -> str:
        name = f"{of.__name__}Args"
        fields = [f"{key}: {self._member(of, key)}\n" for key in of.__annotations__]
        text = _OBJECT.format(name=name, description=inspect.getdoc(of), fields=indented(fields))
        self._objects.setdefault(name, text)
        return name

    def _member(self, of: Any, key: str) -> str:
        written = f"{self.use('pulumi', 'Input')}[{self.as_input(_annotation(of, key))}]"
        if key in of.__required_keys__:
            return written
        return f"{self.use('typing', 'NotRequired')}[{written}]"

    def as_output(self, annotation: Any) -> str:
        """What a program gets: an object is a plain dictionary, whose types nothing checks."""
        kind, of = _kind(annotation)
        if kind is list:
            return f"list[{self.as_output(of)}]"
        if kind is dict or is_typeddict(of):
            return f"dict[str, {self.use('typing', 'Any')}]"
        return "str" if kind is Literal else self._named(of)

    def _named(self, kind: Any) -> str:
        is_builtin = kind.__module__ == "builtins"
        return str(kind.__name__ if is_builtin else self.use(kind.__module__, kind.__name__))


def in_prose(annotation: Any) -> str:
    """The type for a reader of the table."""
    kind, of = _kind(annotation)
    if kind is list:
        return f"list[{in_prose(of)}]"
    if kind is Literal:
        return " or ".join(f'"{value}"' for value in of)
    if is_typeddict(of):
        return f"object: {', '.join(_keys(of))}"
    return "object" if kind is dict else str(of.__name__)


def _kind(annotation: Any) -> tuple[Any, Any]:
    """A list, an object or a choice, and of what; or nothing, and the class itself."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin in {Annotated, Union, types.UnionType}:  # of what is optional the other one is None
        return _kind(args[0])
    if origin is list:
        return list, args[0]
    return (origin, args) if origin else (None, annotation)


def _annotation(of: Any, key: str) -> Any:
    """A member's type without the mark of one that may be left out."""
    found = of.__annotations__[key]
    return get_args(found)[0] if get_origin(found) is NotRequired else found


def _keys(annotation: Any) -> list[str]:
    required = annotation.__required_keys__
    return [key if key in required else f"{key}?" for key in annotation.__annotations__]


def indented(fields: list[str]) -> str:
    """The fields as the body of a class."""
    return textwrap.indent("".join(fields), "    ")
