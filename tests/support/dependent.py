"""Programs with a resource that uses a secret token, as a Kubernetes secret's pod would."""

import os
from collections.abc import Callable
from typing import Any

import httpx
import pulumi
from pulumi.dynamic import CreateResult, Resource, ResourceProvider, UpdateResult

from support.native_resources import RESOURCES, Resources

EVALUATE = "GET /flags/definitions"
"""The request with which PostHog's SDKs ask for what a secret token opens."""


def evaluates(host: str, api_token: str, secret: str) -> int:
    """The status of local evaluation with that secret token or key: 200 while it lives."""
    return httpx.get(
        f"{host}/flags/definitions",
        params={"token": api_token},
        headers={"Authorization": f"Bearer {secret}"},
        trust_env=False,
    ).status_code


class WitnessProvider(ResourceProvider):
    """Uses the token it had and the token it gets, and gives the status of each."""

    serialize_as_secret_always = False

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Take the first token."""
        return CreateResult("witness", _outputs(props, props["token"]))

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """Move from one token to the next, unless it was made to fail."""
        if _news.get("fails"):
            raise RuntimeError("the user of the token could not be updated")
        return UpdateResult(_outputs(_news, _olds["token"], _news["token"]))


class Witness(Resource):
    """Has as ``statuses`` those of the token before and of the present one."""

    statuses: pulumi.Output[list[int]]

    def __init__(
        self,
        resource_name: str,
        *,
        api_token: pulumi.Input[str],
        token: pulumi.Input[Any],
        fails: bool = False,
    ) -> None:
        props = {"api_token": api_token, "token": token, "fails": fails}
        super().__init__(WitnessProvider(), resource_name, {**props, "statuses": None})


def using(
    quarter: str, *, fails: bool = False, resources: Resources = RESOURCES["dynamic"]
) -> Callable[[], None]:
    """A project whose secret token rotates by the quarter, and somebody who uses the token."""

    def program() -> None:
        web, token = resources.rotating("web", {"quarter": quarter})
        Witness("user", api_token=web.api_token, token=token, fails=fails)
        pulumi.export("token", token)

    return program


def _outputs(props: dict[str, Any], *tokens: str) -> dict[str, Any]:
    host = os.environ["POSTHOG_HOST"]
    statuses = [evaluates(host, props["api_token"], token) for token in tokens]
    return {"api_token": props["api_token"], "token": props["token"], "statuses": statuses}
