import pytest

from posthog_pulumi.commands.versions import Version, plugin
from posthog_pulumi.plugin.version import mismatch, semantic


@pytest.mark.parametrize(
    ("python", "pulumi"),
    [
        ("1.2.0", "1.2.0"),
        ("1.2.0rc1", "1.2.0-rc.1"),
        ("1.2.0.dev3", "1.2.0-dev.3"),
        ("1.2.0.post1+local", "1.2.0-post.1.local"),
    ],
)
def test_semantic(python: str, pulumi: str) -> None:
    """Pulumi takes semantic versions alone."""
    assert semantic(python) == pulumi


@pytest.mark.parametrize("installed_as", [None, "0.2.0"])
def test_no_mismatch(installed_as: str | None) -> None:
    """A plugin that is on PATH, or installed as what it is, says nothing."""
    assert mismatch(installed_as, "0.2.0") is None


def test_doctor_knows_an_older_plugin() -> None:
    """It says how to install this one beside it."""
    assert plugin(["0.1.0", "0.2.0"], "0.2.0") == Version("plugin", "0.1.0, 0.2.0")
    assert plugin(["0.1.0"], "0.2.0") == Version(
        "plugin",
        "0.1.0",
        "for programs in other languages run `posthog-pulumi install-plugin`, which adds 0.2.0",
    )
