"""Whatever a program calls a project, and wherever it declares it, the project stays the same."""

import json
from pathlib import Path

import pulumi
from pulumi import ResourceOptions
from support.adopting import Adopting
from support.cli_engine import NAME, Stack
from support.posthog_ui import Ui

from posthog_pulumi import PostHogProject


class Product(pulumi.ComponentResource):
    """A component with one project in it."""

    def __init__(self, name: str) -> None:
        super().__init__("test:index:Product", name)
        inside = ResourceOptions(
            parent=self, aliases=[pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE)]
        )
        PostHogProject("web", inside, name="Website")


def test_another_resource_name(stack: Stack) -> None:
    """With an alias a project may be called otherwise in Pulumi; nothing is sent."""
    stack.up(lambda: PostHogProject("web", name="Website"))
    id_ = stack.state()["web"].id
    stack.requests()
    renamed = ResourceOptions(aliases=[pulumi.Alias(name="web")])
    moved = stack.up(lambda: PostHogProject("website", renamed, name="Website"))

    assert moved.steps == {"website": "same"}
    assert stack.state()["website"].id == id_
    assert stack.requests() == []


def test_into_a_component(stack: Stack) -> None:
    """With an alias a project may move into a component; nothing is sent."""
    stack.up(lambda: PostHogProject("web", name="Website"))
    id_ = stack.state()["web"].id
    stack.requests()
    moved = stack.up(lambda: Product("product"))

    assert moved.steps == {"product": "create", "web": "same"}
    assert stack.state()["web"].id == id_
    assert stack.requests() == []


def test_into_another_stack(stack: Stack, ui: Ui, tmp_path: Path) -> None:
    """What is exported from one stack and imported into another is the same project there."""
    user = Adopting(stack, tmp_path)
    stack.up(lambda: PostHogProject("web", name="Website"))
    id_ = stack.state()["web"].id
    exported = user.pulumi("stack", "export", "--show-secrets")
    text = exported.replace(f"urn:pulumi:{NAME}::", "urn:pulumi:other::")
    (tmp_path / "exported.json").write_text(text, "utf-8")
    stack.requests()
    other = Adopting(Stack(tmp_path, ui, "other"), tmp_path)
    other.pulumi("stack", "import", "--file", "exported.json")
    preview = other.stack.preview(lambda: PostHogProject("web", name="Website"))

    assert json.loads(exported)["deployment"]["resources"]
    assert preview.steps == {"web": "same"}
    assert stack.requests() == []
    assert ui.project(id_)["name"] == "Website"
