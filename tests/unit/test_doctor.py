import pytest

from posthog_pulumi.commands.versions import Version, judged


@pytest.mark.parametrize(
    ("name", "number", "found"),
    [
        ("Pulumi CLI", "v3.259.0\n", Version("Pulumi CLI", "3.259.0")),
        (
            "Pulumi CLI",
            "v3.220.1",
            Version("Pulumi CLI", "3.220.1", "before 3.254, posthog-pulumi import cannot be used"),
        ),
        (
            "Pulumi SDK",
            "3.235.0",
            Version(
                "Pulumi SDK",
                "3.235.0",
                "before 3.260, previews show secrets inside of settings;"
                " before 3.268, PostHogProject.get needs a CLI as old as the SDK",
            ),
        ),
    ],
)
def test_version(name: str, number: str, found: Version) -> None:
    """An old version comes with what goes wrong with it."""
    assert judged(name, number) == found
