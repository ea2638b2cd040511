from typing import Any

import pulumi
import pytest
from pulumi import ResourceOptions

from posthog_pulumi import (
    PostHogProductIntent,
    PostHogProject,
    PostHogProjectSecretApiKey,
    PostHogProjectSecretToken,
)

START = "Pulumi's import_ does not work with dynamic resources. Leave it out:"
CASES: list[tuple[type[Any], dict[str, Any], str, str]] = [
    (PostHogProject, {}, "7", "`posthog-pulumi import --project 7` imports it."),
    (
        PostHogProjectSecretToken,
        {"project_id": "7"},
        "7/2026-11-27T20:00:00Z",
        "the first `up` takes over the token that the project has, and rotates nothing.",
    ),
    (
        PostHogProjectSecretApiKey,
        {"project_id": "7", "label": "flags", "scopes": ["feature_flag:read"]},
        "k1",
        "PostHog shows a key only when it is made, so the first `up` makes another.",
    ),
    (
        PostHogProductIntent,
        {"project_id": "7", "product_type": "surveys"},
        "7/surveys",
        "`posthog-pulumi import --project 7 --product-intents` imports it.",
    ),
]


@pytest.mark.parametrize(("resource", "given", "id_", "way"), CASES)
def test_import_is_refused(resource: type[Any], given: dict[str, Any], id_: str, way: str) -> None:
    """Pulumi would end with a traceback of its own; this is one line that says how it is done."""
    with pytest.raises(pulumi.RunError) as caught:
        resource("it", ResourceOptions(import_=id_), **given)
    assert str(caught.value) == f"{resource.__name__} 'it': {START} {way}"
