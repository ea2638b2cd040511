"""Descriptions as the sources have them, for the documentation and for the plugin's schema."""

import ast
import inspect
import re
import textwrap
from itertools import pairwise
from typing import Any


def of_fields(kind: type) -> dict[str, str]:
    """The docstring under each field of a class and of those it is made of, by its name."""
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if base.__module__.startswith("posthog_pulumi"):
            found |= _own(base)
    return found


def _own(kind: type) -> dict[str, str]:
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    found = {}
    for pair in pairwise(getattr(body, "body", [])):
        match pair:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=text)):
                found[name] = inspect.cleandoc(str(text))
    return found


def of_arguments(callable_: Any) -> dict[str, str]:
    """What a docstring's section ``Args`` says of each argument."""
    target = callable_.__init__ if inspect.isclass(callable_) else callable_
    doc = inspect.getdoc(target) or ""
    _, _, rest = doc.partition("Args:\n")
    section = re.split(r"\n(?=\S)", rest)[0]
    found = re.findall(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", section, re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in found}


def first_sentence(of: Any) -> str:
    """The first paragraph of a docstring, without Python's roles."""
    paragraph = (inspect.getdoc(of) or "").split("\n\n")[0]
    return " ".join(paragraph.split()).replace("``", "`")
