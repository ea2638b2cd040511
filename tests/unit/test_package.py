import base64
import json
import pickle
import subprocess
import sys

import pytest
from pulumi.dynamic import ResourceProvider
from pulumi.dynamic.dynamic import serialize_provider

import posthog_pulumi
from posthog_pulumi import provider
from tools import generate

HEAD = "gASV{}AAAAAAAACMF3Bvc3Rob2dfcHVsdW1pLnByb3ZpZGVylI"
"""A pickle's beginning: protocol 4, its length, and the module ``posthog_pulumi.provider``."""

PICKLES = {
    "ProjectProvider": HEAD.format("Mg") + "wPUHJvamVjdFByb3ZpZGVylJOUKYGULg==",
    "SecretTokenProvider": HEAD.format("Ng") + "wTU2VjcmV0VG9rZW5Qcm92aWRlcpSTlCmBlC4=",
    "SecretApiKeyProvider": HEAD.format("Nw") + "wUU2VjcmV0QXBpS2V5UHJvdmlkZXKUk5QpgZQu",
    "ProductIntentProvider": HEAD.format("OA") + "wVUHJvZHVjdEludGVudFByb3ZpZGVylJOUKYGULg==",
}
"""What states hold of each provider, since the release that brought it: never to be changed."""


def test_public_names() -> None:
    """What a program may import."""
    assert posthog_pulumi.__all__ == [
        "ActivityChangeResult",
        "ActivityDetailResult",
        "ActivityResult",
        "ActivityUserResult",
        "FeatureFlagPolicyConfigArgs",
        "LinkedFlagArgs",
        "ListedProjectResult",
        "MaskingConfigArgs",
        "NetworkPayloadCaptureConfigArgs",
        "OrganizationResult",
        "PathCleaningFilterArgs",
        "PostHogProductIntent",
        "PostHogProject",
        "PostHogProjectArgs",
        "PostHogProjectSecretApiKey",
        "PostHogProjectSecretToken",
        "PostHogProvider",
        "ProductIntentResult",
        "ProjectResult",
        "ReplayAiConfigArgs",
        "ReplayConfigArgs",
        "TriggerGroupsArgs",
        "get_organization",
        "get_organization_output",
        "get_project",
        "get_project_activity",
        "get_project_activity_output",
        "get_project_output",
        "get_projects",
        "get_projects_output",
        "is_generating_demo_data",
        "is_generating_demo_data_output",
    ]
    assert [name for name in posthog_pulumi.__all__ if not hasattr(posthog_pulumi, name)] == []


def test_import_is_light() -> None:
    """A program that declares resources loads none of what only the provider's process needs."""
    script = "import json, sys, posthog_pulumi; print(json.dumps([*sys.modules]))"
    found = subprocess.run(  # noqa: S603  # our own script
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert not {"pydantic", "httpx", "stamina", "django", "typer"} & {*json.loads(found.stdout)}


def test_types_are_light() -> None:
    """What has nothing to do with settings does not wait for the list of them."""
    script = "import sys, posthog_pulumi.models.secret_token; print(*sys.modules)"
    found = subprocess.run(  # noqa: S603  # our own script
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert "posthog_pulumi.models.types" in found.stdout.split()
    assert "posthog_pulumi.models.settings" not in found.stdout.split()


class TestPickles:
    @pytest.mark.parametrize(("name", "pinned"), PICKLES.items())
    def test_written(self, name: str, pinned: str) -> None:
        """A new release writes into states what the first one wrote: a class by its path."""
        written = base64.b64decode(serialize_provider(getattr(provider, name)()))
        protocol = bytes([pickle.DEFAULT_PROTOCOL])

        assert written == base64.b64decode(pinned).replace(b"\x80\x04", b"\x80" + protocol, 1)

    @pytest.mark.parametrize(("name", "pinned"), PICKLES.items())
    def test_read(self, name: str, pinned: str) -> None:
        """A state that any release wrote can be read: its projects can be destroyed."""
        found = pickle.loads(base64.b64decode(pinned))  # noqa: S301  # our own bytes

        assert type(found) is getattr(provider, name)
        assert isinstance(found, ResourceProvider)

    def test_all(self) -> None:
        """Every provider is pinned, and holds nothing that is secret."""
        ours = provider.PostHogResourceProvider.__subclasses__()
        missing = {
            cls.__name__: serialize_provider(cls()) for cls in ours if cls.__name__ not in PICKLES
        }

        assert missing == {}, "pin it in PICKLES"
        assert PICKLES.keys() == {cls.__name__ for cls in ours}
        assert {cls.serialize_as_secret_always for cls in ours} == {False}


class TestGenerated:
    @pytest.mark.parametrize("path", generate.WRITTEN)
    def test_up_to_date(self, path: str) -> None:
        """What is written from a list kept elsewhere is as that list now is."""
        found = (generate.ROOT / path).read_text("utf-8")

        assert found == generate.WRITTEN[path](), f"{path} is stale: run `{generate.COMMAND}`"
