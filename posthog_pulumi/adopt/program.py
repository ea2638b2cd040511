"""The Python program that declares adopted projects."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Any

from posthog_pulumi.adopt.entries import intent_name
from posthog_pulumi.adopt.literals import WIDTH, literal, string
from posthog_pulumi.adopt.names import variable
from posthog_pulumi.adopt.projects import FIRST_TRIGGER, ROTATION, Adopted
from posthog_pulumi.models.project import ProductIntent

_DOCSTRING = '"""PostHog projects, as `posthog-pulumi import` found them."""'


def program(projects: Sequence[Adopted], *, protect: bool) -> str:
    """The program's text, as ``ruff format`` leaves it and with every name used."""
    blocks = [text for one in projects for text in _blocks(one, protect=protect)]
    return "\n\n".join([_DOCSTRING, _imports(projects, protect=protect), *blocks]) + "\n"


def _imports(projects: Iterable[Adopted], *, protect: bool) -> str:
    intents = any(one.intents for one in projects)
    names = ["PostHogProductIntent"] * intents + ["PostHogProject"]
    options = "\nfrom pulumi import ResourceOptions" if protect else ""
    return f"from posthog_pulumi import {', '.join(names)}{options}"


def _blocks(one: Adopted, *, protect: bool) -> Iterator[str]:
    yield _project(one, protect=protect)
    for intent in one.intents:
        yield _call("", "PostHogProductIntent", _intent_arguments(one, intent, protect=protect))


def _project(one: Adopted, *, protect: bool) -> str:
    notes = [line for reason in one.left_out.values() for line in _note(reason)]
    named = {
        **({"organization_id": one.organization_id} if one.organization_id else {}),
        **one.settings,
        **({ROTATION: dict(FIRST_TRIGGER)} if one.rotates else {}),
    }
    lines = [
        *_first(one.name, protect=protect),
        *(_keyword(name, value) for name, value in named.items()),
    ]
    return "\n".join([*notes, _call(variable(one.name), "PostHogProject", lines)])


def _note(reason: str) -> list[str]:
    return [f"# {line}" for line in wrap(f"Not declared: {reason}.", WIDTH - 2)]


def _first(name: str, *, protect: bool) -> list[str]:
    return [string(name), *(["ResourceOptions(protect=True)"] if protect else [])]


def _intent_arguments(one: Adopted, intent: ProductIntent, *, protect: bool) -> list[str]:
    owner = variable(one.name)
    organization = [f"organization_id={owner}.organization"] if one.organization_id else []
    completed = ["onboarding_completed=True"] if intent.onboarding_completed_at else []
    return [
        *_first(intent_name(one, intent.product_type), protect=protect),
        f"project_id={owner}.id",
        *organization,
        _keyword("product_type", intent.product_type),
        *completed,
    ]


def _keyword(name: str, value: Any) -> str:
    return f"{name}={literal(value, indent=4, before=len(name) + 1)}"


def _call(target: str, callee: str, lines: Iterable[str]) -> str:
    body = "".join(f"    {line},\n" for line in lines)
    return f"{f'{target} = ' if target else ''}{callee}(\n{body})"
