"""Arguments and states of tokens, keys and intents."""

from typing import Any

import pytest
from pydantic import BaseModel
from support.declared_secrets import ROTATED, key_made, key_wanted, token_state, token_wanted
from support.fake_posthog_secrets import MintingPostHog

from posthog_pulumi.models.product_intent import ProductIntentInputs, ProductIntentState
from posthog_pulumi.models.secret_api_key import (
    LONGEST_LABEL,
    ProjectSecretApiKeyInputs,
    ProjectSecretApiKeyState,
)
from posthog_pulumi.models.secret_token import ProjectSecretTokenInputs, ProjectSecretTokenState
from posthog_pulumi.plan.failures import checked

TOKEN = {"project_id": "1"}
KEY = {"project_id": "1", "label": "flags", "scopes": ["feature_flag:read"]}
INTENT = {"project_id": "1", "product_type": "surveys"}
SCOPE = "must be an object and what to do with it, such as feature_flag:read"
FINITE = "must hold finite numbers only"


class TestFailures:
    @pytest.mark.parametrize(
        ("model", "given"),
        [(ProjectSecretTokenInputs, TOKEN), (ProjectSecretApiKeyInputs, KEY)],
    )
    @pytest.mark.parametrize(
        ("name", "value", "message"),
        [
            ("project_id", "web", "project_id must be the project's number in PostHog"),
            ("project_id", 1.5, "project_id must be a string"),
            ("project_id", True, "project_id must be a string"),
            ("rotate_after_days", "soon", "rotate_after_days must be a number"),
            ("rotate_after_days", float("inf"), "rotate_after_days must be a number"),
            ("rotate_after_days", 0.0, "rotate_after_days must be greater than 0"),
            ("rotate_after_days", 36_501.0, "rotate_after_days must be at most 36500"),
            ("rotate_after_days", 1e300, "rotate_after_days must be at most 36500"),
            ("rotate_when_changed", {"a": [float("nan")]}, f"rotate_when_changed {FINITE}"),
            ("rotate_when_changed", "Q4", "rotate_when_changed must be an object"),
            ("rotate_when_changed", ["Q4"], "rotate_when_changed must be an object"),
        ],
    )
    def test_shared(
        self, model: type[BaseModel], given: dict[str, Any], name: str, value: Any, message: str
    ) -> None:
        """What is wrong with the arguments of a rotation is said alike for all that rotates."""
        assert checked(model, {**given, name: value})[1] == {name: message}

    @pytest.mark.parametrize(
        ("model", "given", "name", "message"),
        [
            (
                ProjectSecretTokenInputs,
                TOKEN,
                "token",
                "is not an argument of PostHogProjectSecretToken",
            ),
            (
                ProjectSecretApiKeyInputs,
                KEY,
                "value",
                "is not an argument of PostHogProjectSecretApiKey",
            ),
            (ProductIntentInputs, INTENT, "context", "is not an argument of PostHogProductIntent"),
        ],
    )
    def test_unknown(
        self, model: type[BaseModel], given: dict[str, Any], name: str, message: str
    ) -> None:
        """An output, or a name that is not there, is no argument."""
        assert checked(model, {**given, name: "x"})[1][name].startswith(f"{name} {message}; ")

    @pytest.mark.parametrize(
        ("name", "value", "message"),
        [
            ("label", "", "label must not be empty"),
            ("label", "x" * 34, "label must have at most 33 characters"),
            ("scopes", "survey:read", "scopes must be a list"),
            ("scopes", ["survey"], f"scopes[0] {SCOPE}"),
            ("scopes", ["survey:read", "*"], f"scopes[1] {SCOPE}"),
        ],
    )
    def test_key(self, name: str, value: Any, message: str) -> None:
        """A label leaves room for the suffix; a scope is an object and what to do with it."""
        assert checked(ProjectSecretApiKeyInputs, {**KEY, name: value})[1] == {name: message}

    @pytest.mark.parametrize(
        ("model", "given"),
        [
            (ProjectSecretTokenInputs, TOKEN),
            (ProjectSecretApiKeyInputs, KEY),
            (ProductIntentInputs, INTENT),
        ],
    )
    def test_misspelt_and_not_computed_yet(
        self, model: type[BaseModel], given: dict[str, Any]
    ) -> None:
        """A misspelt name is wrong whatever its value turns out to be."""
        _, failures = checked(model, given, ["project_idd", "project_id"])

        assert failures.keys() == {"project_idd"}
        assert failures["project_idd"].startswith("project_idd is not an argument of PostHogPro")
        assert failures["project_idd"].endswith("; did you mean project_id?")

    def test_misspelt_beside_a_wrong_one(self) -> None:
        """It is named beside what is wrong already."""
        wrong = {**TOKEN, "rotate_after_days": 3_650_000.0, "rotate_when_chagned": 1.0}
        _, failures = checked(ProjectSecretTokenInputs, wrong, ["keep_previos"])

        assert failures.keys() == {"rotate_after_days", "rotate_when_chagned", "keep_previos"}

    def test_longest_label(self) -> None:
        """With dash and suffix the longest label has PostHog's 40 characters."""
        posthog = MintingPostHog()
        key_made(posthog)

        assert checked(ProjectSecretApiKeyInputs, {**KEY, "label": "x" * LONGEST_LABEL})[1] == {}
        assert len(posthog.keys["key1"]["label"]) == len("flags") + 40 - LONGEST_LABEL


@pytest.mark.parametrize("project_id", ["7", 7, 7.0, " 7 "])
def test_project_id(project_id: object) -> None:
    """A project's number may be text or a number, which is a float on the wire."""
    assert token_wanted(project_id=project_id).project_id == "7"


def test_scopes_are_a_set() -> None:
    """Order and repetition of scopes are no difference."""
    first = key_wanted(scopes=["survey:read", "feature_flag:read", "survey:read"])

    assert first.scopes == ["feature_flag:read", "survey:read"]


class TestStates:
    def test_token(self) -> None:
        """What the engine stores of a token is read back as it was."""
        made = token_state(rotate_when_changed={"a": 1}, keep_previous=True)
        outputs = made.outputs()

        assert outputs["token"] == "phs_0"  # noqa: S105  # the promise: in clear, for wrapping
        assert "__checked_at" not in outputs
        assert "organization_id" not in outputs
        assert (
            ProjectSecretTokenState.model_validate({**outputs, "__checked_at": ROTATED.isoformat()})
            == made
        )

    def test_key(self) -> None:
        """So it is with a key."""
        _, made = key_made(MintingPostHog())
        outputs = made.outputs()
        again = ProjectSecretApiKeyState.model_validate(outputs)

        assert outputs["value"] == "phs_1"
        assert again.outputs() == outputs
        assert again.suffix == made.label_in_posthog.removeprefix("flags")

    @pytest.mark.parametrize(
        ("model", "recorded"),
        [
            (
                ProductIntentState,
                {**INTENT, "organization": "acme", "declared_at": "2026-01-01T00:00:00Z"},
            ),
            (ProjectSecretTokenState, token_state().outputs()),
        ],
    )
    def test_newer_release(self, model: type[BaseModel], recorded: dict[str, Any]) -> None:
        """A state that a newer release wrote can be read: what it added is passed over."""
        assert model.model_validate({**recorded, "added_later": 1})

    def test_no_secret_is_shown(self) -> None:
        """A state in a log or a traceback gives no token away."""
        _, made = key_made(MintingPostHog())

        assert "phs_1" not in f"{made!r} {made}"
        assert "phs_0" not in f"{token_state()!r} {token_state()}"
