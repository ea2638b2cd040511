import subprocess
import sys
from pathlib import Path
from typing import Any

from support.adopting import NAMES
from support.fake_posthog import GLOBEX, body
from support.setting_values import GOOD

from posthog_pulumi.adopt.program import program
from posthog_pulumi.adopt.projects import Wish, adopted
from posthog_pulumi.models.project import RemoteProject

ALL = Wish(secret_tokens=True, product_intents=True)


def written(*live: dict[str, Any], home: str | None = None, protect: bool = True) -> str:
    """The program for these projects, with all that can be taken over."""
    projects = [
        RemoteProject.model_validate(body(id=number, **one)) for number, one in enumerate(live, 1)
    ]
    return program(adopted(projects, home, ALL), protect=protect)


def ruff(folder: Path, *arguments: str) -> str:
    """What ruff says of the folder, where our package is one like others."""
    command = [sys.executable, "-m", "ruff", *arguments, "--isolated", "."]
    done = subprocess.run(  # noqa: S603  # ours
        command, cwd=folder, stdout=subprocess.PIPE, text=True, check=False
    )
    return done.stdout


def test_a_program() -> None:
    """One declaration a project, with all that differs from PostHog's defaults."""
    intent = {"product_type": "surveys", "onboarding_completed_at": None}
    text = written(
        {"name": "Web", "timezone": "Europe/Berlin", "product_intents": [intent]},
        {"name": "Shop", "secret_api_token": "phs_a", "slack_incoming_webhook": "https://x"},
    )

    assert (
        text
        == '''\
"""PostHog projects, as `posthog-pulumi import` found them."""

from posthog_pulumi import PostHogProductIntent, PostHogProject
from pulumi import ResourceOptions

# Not declared: slack_incoming_webhook is a secret, which a program should take from its
# configuration.
shop = PostHogProject(
    "shop",
    ResourceOptions(protect=True),
    name="Shop",
    rotate_secret_token_when_changed={"rotation": 1},
)

web = PostHogProject(
    "web",
    ResourceOptions(protect=True),
    name="Web",
    timezone="Europe/Berlin",
)

PostHogProductIntent(
    "web-surveys",
    ResourceOptions(protect=True),
    project_id=web.id,
    product_type="surveys",
)
'''
    )


def test_without_protection() -> None:
    """Nothing is imported that is not used."""
    text = written({"name": "Web"}, protect=False)

    assert "ResourceOptions" not in text
    assert "PostHogProductIntent" not in text


def test_another_organization() -> None:
    """It is named, by the project's intents too."""
    done = {"product_type": "surveys", "onboarding_completed_at": "2026-01-01T00:00:00Z"}
    text = written({"name": "Web", "product_intents": [done]}, home=GLOBEX)

    assert '    organization_id="018f0000-0000-7000-8000-00000000acce",\n' in text
    assert "    organization_id=web.organization,\n" in text
    assert "    onboarding_completed=True,\n" in text


def test_layout(tmp_path: Path) -> None:
    """Whatever names and settings are, ruff's formatter leaves the program as it is."""
    file = tmp_path / "program.py"
    file.write_text(written({**GOOD}, *({"name": name} for name in NAMES)), "utf-8")
    formatted = ruff(tmp_path, "format", "--diff")
    checked = ruff(tmp_path, "check")

    assert (formatted, checked) == ("", "All checks passed!\n")
