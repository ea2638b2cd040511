from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import pytest
from pulumi.output import Unknown
from pulumi.runtime import rpc
from support.fake_posthog import ACME, body
from support.fake_posthog_secrets import MintingPostHog, with_token
from support.project_provider import request
from support.rotation_steps import (
    KEY,
    KEY_STATE,
    NOW,
    PICKLE,
    TOKEN,
    TOKEN_STATE,
    IntentSteps,
    KeySteps,
    TokenSteps,
)

from posthog_pulumi.errors import RefusedError
from posthog_pulumi.properties import CHECKED_AT
from posthog_pulumi.steps.product_intent import ProductIntentSteps
from posthog_pulumi.steps.secret_api_key import SecretApiKeySteps
from posthog_pulumi.steps.secret_token import SecretTokenSteps

if TYPE_CHECKING:
    from collections.abc import Callable

UNKNOWN = cast("Callable[[], object]", Unknown)()
INTENT: dict[str, Any] = {"project_id": "1", "product_type": "surveys"}
INTENT_STATE = {**INTENT, "organization": ACME, "declared_at": "2026-01-01T00:00:00Z"}
LISTED = {"product_type": "surveys", "onboarding_completed_at": None}


class TestCheck:
    @pytest.mark.parametrize(
        ("steps", "news"), [(SecretTokenSteps, TOKEN), (SecretApiKeySteps, KEY)]
    )
    def test_stamp(
        self, steps: type[SecretTokenSteps] | type[SecretApiKeySteps], news: dict[str, Any]
    ) -> None:
        """Arguments are stamped with the time, so that a rotation may fall due in the diff."""
        found = steps(request(sessionId="abc")).check({}, {**PICKLE, **news})

        assert found.failures == []
        assert datetime.fromisoformat(found.inputs[CHECKED_AT]) >= NOW
        assert {name: found.inputs[name] for name in news} == news

    @pytest.mark.parametrize(
        ("steps", "news", "reasons"),
        [
            (SecretTokenSteps, {}, {"project_id is required"}),
            (
                SecretTokenSteps,
                {"project_id": "web", "rotate_after_days": "soon", "keep_previous": "yes"},
                {
                    "project_id must be the project's number in PostHog",
                    "rotate_after_days must be a number",
                    "keep_previous must be true or false",
                },
            ),
            (
                SecretApiKeySteps,
                {**KEY, "label": "x" * 34, "scopes": "feature_flag:read"},
                {"label must have at most 33 characters", "scopes must be a list"},
            ),
            (
                SecretApiKeySteps,
                {**KEY, "scopes": ["feature_flag"], "value": "phs_mine"},
                {
                    "scopes[0] must be an object and what to do with it, such as feature_flag:read",
                    "value is not an argument of PostHogProjectSecretApiKey; the docs list them",
                },
            ),
        ],
    )
    def test_failures(
        self,
        steps: type[SecretTokenSteps] | type[SecretApiKeySteps],
        news: dict[str, Any],
        reasons: set[str],
    ) -> None:
        """What can be known to be wrong early is a check failure, one line for each argument."""
        found = steps(request(sessionId="abc")).check({}, news).failures or []

        assert {one.reason for one in found} == reasons


class TestOutputs:
    def test_token(self) -> None:
        """A token leaves the provider as a secret at every step."""
        steps = TokenSteps(MintingPostHog({1: with_token(None)}).connection())
        made = steps.create({**PICKLE, **TOKEN}).outs or {}
        plain = {**made, "token": "phs_1"}

        assert made["token"] == rpc.wrap_rpc_secret("phs_1")
        assert (steps.read("1", plain).outs or {})["token"] == made["token"]
        assert (steps.update("1", plain, TOKEN).outs or {})["token"] == made["token"]

    def test_key(self) -> None:
        """So does a secret API key's value, which a refresh keeps."""
        steps = KeySteps(MintingPostHog().connection())
        made = steps.create({**PICKLE, **KEY})
        plain = {**(made.outs or {}), "value": "phs_1"}

        assert (made.outs or {})["value"] == rpc.wrap_rpc_secret("phs_1")
        assert (steps.read("key1", plain).outs or {})["value"] == rpc.wrap_rpc_secret("phs_1")
        assert (steps.update("key1", plain, KEY).outs or {})["value"] == rpc.wrap_rpc_secret(
            "phs_1"
        )


class TestGone:
    def test_token(self) -> None:
        """A blank id tells a refresh that the token is gone."""
        found = TokenSteps(MintingPostHog().connection()).read("1/then", TOKEN_STATE)

        assert (found.id, found.outs) == ("", {})

    def test_key(self) -> None:
        """So it does for a secret API key."""
        found = KeySteps(MintingPostHog().connection()).read("key1", KEY_STATE)

        assert (found.id, found.outs) == ("", {})

    def test_intent(self) -> None:
        """So it does for a product intent."""
        found = IntentSteps(MintingPostHog().connection()).read("1/surveys", INTENT_STATE)

        assert (found.id, found.outs) == ("", {})


class TestGet:
    @pytest.mark.parametrize(
        ("steps", "inputs"), [(TokenSteps, TOKEN), (KeySteps, KEY), (IntentSteps, INTENT)]
    )
    def test_refused(
        self, steps: type[TokenSteps | KeySteps | IntentSteps], inputs: dict[str, Any]
    ) -> None:
        """What cannot be looked up by an id says so in one line, and asks for nothing."""
        posthog = MintingPostHog({1: body()})

        with pytest.raises(RefusedError, match="with the id 'x' cannot be looked up"):
            steps(posthog.connection()).read("x", {**PICKLE, **inputs})
        assert posthog.asked == []


class TestDelete:
    def test_token(self) -> None:
        """Destroying a token ends it with nothing but what is in the state."""
        posthog = MintingPostHog({1: with_token("phs_1", "phs_0")})
        TokenSteps(posthog.connection()).delete("1/then", {**PICKLE, **TOKEN_STATE})

        assert posthog.asks("PATCH") == ["delete_secret_token_backup"]

    def test_key(self) -> None:
        """So does destroying a secret API key."""
        posthog = MintingPostHog()
        KeySteps(posthog.connection()).delete("key1", {**PICKLE, **KEY_STATE})

        assert posthog.asks("DELETE") == ["key1"]

    def test_intent(self) -> None:
        """Destroying a product intent only forgets it: PostHog has no way back."""
        posthog = MintingPostHog({1: body(product_intents=[LISTED])})
        IntentSteps(posthog.connection()).delete("1/surveys", {**PICKLE, **INTENT_STATE})

        assert posthog.asked == []


class TestIntent:
    def test_check(self) -> None:
        """Its arguments are checked like all others."""
        steps = ProductIntentSteps(request())
        news = {"project_id": "1", "product_type": "", "onboarding_completed": 1}
        failures = steps.check({}, news).failures or []

        assert {one.reason for one in failures} == {
            "product_type must not be empty",
            "onboarding_completed must be true or false",
        }

    @pytest.mark.parametrize(
        ("news", "changes", "replaces"),
        [
            (INTENT, False, []),
            ({**INTENT, "metadata": {"a": 1}}, True, []),
            ({**INTENT, "metadata": UNKNOWN}, True, []),
            ({**INTENT, "product_type": "heatmaps"}, True, ["product_type"]),
            ({**INTENT, "project_id": UNKNOWN}, True, ["project_id"]),
        ],
    )
    def test_diff(self, *, news: dict[str, Any], changes: bool, replaces: list[str]) -> None:
        """Another project or product is another intent; all else is declared again in place."""
        steps = IntentSteps(MintingPostHog().connection())
        found = steps.diff("1/surveys", {**PICKLE, **INTENT_STATE}, {**PICKLE, **news})

        assert (found.changes, found.replaces) == (changes, replaces)

    def test_outputs(self) -> None:
        """Create, refresh and update return the same outputs, none of them Pulumi's own."""
        steps = IntentSteps(MintingPostHog({1: body(product_intents=[LISTED])}).connection())
        made = steps.create({**PICKLE, **INTENT})
        outs = made.outs or {}

        assert made.id == "1/surveys"
        assert outs.keys() == {*INTENT, "organization", "declared_at"}
        assert (steps.read(made.id, outs).outs or {}) == outs
        assert (steps.update(made.id, outs, INTENT).outs or {}).keys() == outs.keys()
