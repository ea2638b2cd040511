"""What is said about tokens, keys and intents, each text by what leads to it."""

from collections.abc import Callable
from typing import Any, Final

from posthog_pulumi.lifecycle import product_intent, secret_api_key, secret_token
from posthog_pulumi.models.product_intent import ProductIntentInputs
from posthog_pulumi.steps.secret_token import SecretTokenSteps
from support.declared_secrets import (
    fingerprint_of,
    key_made,
    key_wanted,
    remembered,
    token_state,
    token_wanted,
)
from support.fake_posthog_secrets import MintingPostHog, with_token
from support.project_messages import NOT_VISIBLE
from support.project_provider import request
from support.rotation_steps import KEY, TOKEN, TOKEN_STATE, IntentSteps, KeySteps, TokenSteps, stamp
from support.said import Text, Use, failing, no, raises, says

INTENT: Final = ProductIntentInputs(project_id="1", product_type="surveys")


def minting(it: MintingPostHog) -> object:
    """Create a token that replaces none."""
    return secret_token.create(it.connection(), token_wanted())


def rotating(**recorded: Any) -> Use:
    """Create the half that replaces the recorded one, with another trigger."""
    before = {"armed": {"n": 1}, "rotate_when_changed": {"n": 1}, **recorded}
    return lambda it: secret_token.create(
        remembered(it.connection(), token_state(**before)),
        token_wanted(rotate_when_changed={"n": 2}),
    )


def comparing(recorded: dict[str, Any], **news: Any) -> Use:
    """Diff the token."""
    olds = {**TOKEN_STATE, **recorded}
    return lambda it: TokenSteps(it.connection()).diff("1", olds, {**TOKEN, **stamp(), **news})


def revoking(it: MintingPostHog) -> None:
    """Destroy the token."""
    secret_token.delete(it.connection(), token_state())


def revoking_too_late(it: MintingPostHog) -> None:
    """Destroy the token, which somebody rotates while that waits."""
    hand = {"secret_api_token": "phs_hand", "secret_api_token_backup": "phs_0"}
    it.limit("PATCH", lambda: it.projects[1].update(hand))
    revoking(it)


def making_a_key(it: MintingPostHog) -> object:
    """Create a key."""
    return secret_api_key.create(it.connection(), key_wanted())


def with_a_key(use: Callable[..., object]) -> Use:
    """Do something with a key that was made before, where nothing failed."""

    def act(it: MintingPostHog) -> object:
        elsewhere = MintingPostHog()
        id_, made = key_made(elsewhere)
        it.keys |= elsewhere.keys
        return use(it.connection(), id_, made)

    return act


SECRET_CASES: Final[dict[str, Text]] = {
    "a token of no project": raises(minting, projects={}),
    "a rotation without a session": says(
        lambda _: SecretTokenSteps(request()).check({}, {"project_id": "1"})
    ),
    "a lost rotation": raises(rotating(), failing("PATCH")),
    "a backup of somebody": raises(rotating(), projects={1: with_token("phs_0", "phs_theirs")}),
    "a rotation before the last is done": raises(
        rotating(previous=fingerprint_of("phs_old")), projects={1: with_token("phs_0", "phs_old")}
    ),
    "a rotation after one by hand": says(rotating(), projects={1: with_token("phs_hand", "phs_0")}),
    "a rotation that changes what it keeps": raises(
        comparing({"superseded": True}, keep_previous=True)
    ),
    "a rotation by age": says(comparing({}, rotate_after_days=90.0)),
    "a rotation left over": says(
        comparing(
            {"rotate_when_changed": {"n": 2}, "__armed": {"n": 1}}, rotate_when_changed={"n": 2}
        )
    ),
    "a take-over": says(comparing({"superseded": True})),
    "a lost revocation": raises(revoking, failing("PATCH")),
    "a revocation that comes too late": raises(revoking_too_late),
    "a revocation that would end another": says(
        revoking, projects={1: with_token("phs_0", "phs_theirs")}
    ),
    "a revocation without the scope": says(revoking, **NOT_VISIBLE),
    "a lost key": raises(making_a_key, failing("POST")),
    "a key lost three times": raises(making_a_key, *[failing("POST", done=True)] * 3),
    "a lost key that stays": raises(
        making_a_key, failing("POST", done=True), failing("DELETE", no)
    ),
    "a lost label": raises(
        with_a_key(
            lambda on, id_, made: secret_api_key.update(on, id_, made, key_wanted(label="web"))
        ),
        failing("PATCH"),
    ),
    "a lost delete of a key": raises(with_a_key(secret_api_key.delete), failing("DELETE")),
    "a lost intent": raises(
        lambda it: product_intent.create(it.connection(), INTENT), failing("PATCH")
    ),
    "get of a token": raises(lambda it: TokenSteps(it.connection()).read("1/x", TOKEN)),
    "get of a key": raises(lambda it: KeySteps(it.connection()).read("k", KEY)),
    "get of an intent": raises(
        lambda it: IntentSteps(it.connection()).read("1/surveys", INTENT.model_dump())
    ),
}
