"""Another author's dynamic resource, which takes and gives values in a test's program."""

from typing import Any

import pulumi
from pulumi.dynamic import CreateResult, Resource, ResourceProvider, UpdateResult


class EchoProvider(ResourceProvider):
    """Gives back what it was given."""

    serialize_as_secret_always = False

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Take the value."""
        return CreateResult("echo", _outputs(props))

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """Take another value."""
        return UpdateResult(_outputs(_news))


class Echo(Resource):
    """Has its value back as ``echo``, which is unknown until it is made."""

    echo: pulumi.Output[Any]

    def __init__(self, resource_name: str, value: pulumi.Input[Any]) -> None:
        super().__init__(EchoProvider(), resource_name, {"value": value, "echo": None})


def _outputs(props: dict[str, Any]) -> dict[str, Any]:
    return {"value": props.get("value"), "echo": props.get("value")}
