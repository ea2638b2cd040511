"""Outputs that have no value, made known in previews."""

from typing import Any

import pulumi
from pulumi import Output

from posthog_pulumi.properties import UNSET, plain


def output_or_none(resource: object, name: str) -> Output[Any]:
    """The output of that name, or None where PostHog has no value.

    The engine keeps no null, so it would be unknown in every preview, even of a program that
    changes nothing, and all that depends on it would look changed. An output that the program
    declares is never null.
    """
    value: Output[Any] = pulumi.get(resource, name)
    unset: Output[list[str] | None] = pulumi.get(resource, UNSET)
    if name in resource.__dict__["_declared"]:
        return value
    return unset.apply(lambda names: None if name in (names or ()) else value)


def structured_output(resource: object, name: str) -> Output[Any]:
    """The same for an object, whose numbers Pulumi leaves as the floats of the wire."""
    return output_or_none(resource, name).apply(plain)
