from collections.abc import Callable
from typing import Any

import httpx
import pytest
from pydantic import BaseModel, SecretStr, ValidationError
from support.our_resources import RESOURCES
from support.project_provider import request
from support.secret_scan import leaks, mark

from posthog_pulumi.client.endpoints import CREATE_PROJECT
from posthog_pulumi.client.secret_api_keys import NewSecretApiKey, RemoteSecretApiKey
from posthog_pulumi.client.transport import Transport
from posthog_pulumi.config import Config, load
from posthog_pulumi.errors import ConfigurationError
from posthog_pulumi.lifecycle.connection import over
from posthog_pulumi.lifecycle.memory import Memory
from posthog_pulumi.models.lookups import Activity, ListedProject
from posthog_pulumi.models.product_intent import ProductIntentInputs, ProductIntentState
from posthog_pulumi.models.project import Project, ProjectInputs, ProjectState
from posthog_pulumi.models.secret_api_key import (
    ProjectSecretApiKeyInputs,
    ProjectSecretApiKeyState,
)
from posthog_pulumi.models.secret_token import ProjectSecretTokenInputs, ProjectSecretTokenState
from posthog_pulumi.models.settings import ProjectSettings
from posthog_pulumi.plan.failures import checked
from posthog_pulumi.provider import ProjectProvider, SecretTokenProvider
from posthog_pulumi.steps.project import ProjectSteps
from posthog_pulumi.steps.secret_token import SecretTokenSteps

KEY, SESSION = "phx_keyofthetests0123456789", "sessionofthetests0123456789"
TOKEN, OTHER = "phs_tokenofthetests0123456789", "phc_othertokenofthetests987654"
TEXT = mark("any value that a program gives")
SECRETS = {"key": KEY, "session": SESSION, "token": TOKEN, "other": OTHER, "text": TEXT}

NOW = "2026-01-01T00:00:00Z"
SETTINGS: dict[str, Any] = {
    "product_description": TEXT,
    "slack_incoming_webhook": TEXT,
    "survey_config": {"appearance": {"color": TEXT}},
    "app_urls": [TEXT],
}
TRIGGER = {"ticket": TEXT}
PROJECT: dict[str, Any] = {
    "id": 1,
    "uuid": "u",
    "organization": "o",
    "created_at": NOW,
    "name": "Web",
    "api_token": OTHER,
    "secret_api_token": TOKEN,
    "secret_api_token_backup": TOKEN,
    "ingested_event": False,
    "product_intents": [],
    **SETTINGS,
}
STATE = {**PROJECT, "rotate_api_token_when_changed": TRIGGER}
TOKEN_STATE = {
    "project_id": "1",
    "organization": "o",
    "token": TOKEN,
    "rotated_at": NOW,
    "rotate_when_changed": TRIGGER,
    "__armed": TRIGGER,
    "__previous": "fingerprint",
}
KEY_ARGUMENTS = {
    "project_id": "1",
    "label": "flags",
    "scopes": ["survey:read"],
    "rotate_when_changed": TRIGGER,
}
KEY_STATE = {
    **KEY_ARGUMENTS,
    "value": TOKEN,
    "mask_value": "phs_…",
    "label_in_posthog": "flags-abc123",
    "created_at": NOW,
}
INTENT = {"project_id": "1", "product_type": "surveys", "metadata": {"note": TEXT}}
CONFIG = load({"apiKey": KEY, "sessionId": SESSION}.get, {})


def of_the_provider() -> dict[str, object]:
    """What the provider's process holds."""
    token_state = ProjectSecretTokenState.model_validate(TOKEN_STATE)
    memory = Memory()
    memory.rotation("1").replaced = token_state
    memory.rotation("1").hold(token_state)
    transport = Transport(CONFIG, transport=httpx.MockTransport(lambda _: httpx.Response(200)))
    configured = request(apiKey=KEY, sessionId=SESSION)
    call = CREATE_PROJECT.call("@current", body={"name": "Web", **SETTINGS})
    return {
        "config": CONFIG,
        "connection": over(transport, memory, CONFIG),
        "transport": transport,
        "rotation": memory.rotation("1"),
        "call": call,
        "providers": [ProjectProvider(), SecretTokenProvider()],
        "steps": [ProjectSteps(configured), SecretTokenSteps(configured)],
        "settings of steps": ProjectSteps(configured).settings,
        "declared": ProjectInputs.model_validate({"name": "Web", **SETTINGS}),
        "declared token": ProjectSecretTokenInputs(project_id="1", rotate_when_changed=TRIGGER),
        "declared key": ProjectSecretApiKeyInputs.model_validate(KEY_ARGUMENTS),
        "declared intent": ProductIntentInputs.model_validate(INTENT),
        "project": ProjectState.from_outputs(STATE),
        "token": token_state,
        "key": ProjectSecretApiKeyState.model_validate(KEY_STATE),
        "intent": ProductIntentState.model_validate(
            {**INTENT, "organization": "o", "declared_at": NOW}
        ),
        "remote project": Project[SecretStr].model_validate(PROJECT),
        "remote key": RemoteSecretApiKey.model_validate({**KEY_STATE, "id": "1"}),
        "new key": NewSecretApiKey.model_validate({**KEY_STATE, "id": "1"}),
    }


def of_a_program() -> dict[str, object]:
    """What look-ups give; those with tokens in clear are inside of secret Outputs."""
    changes = [
        {"field": "api_token", "action": "changed", "before": OTHER, "after": OTHER},
        {"field": "survey_config", "before": {"a": TEXT}, "after": {"a": TEXT}},
    ]
    entry = {"id": "1", "activity": "updated", "scope": "Team", "created_at": NOW}
    return {
        "project": Project[str].model_validate(PROJECT),
        "listed": ListedProject[str].model_validate(PROJECT),
        "activity": Activity.model_validate({**entry, "detail": {"changes": changes}}),
    }


def test_objects_of_every_resource() -> None:
    """No arguments and no state of a resource are left out."""
    models = {model for ours in RESOURCES for model in ours.models}

    assert models - {type(it) for it in of_the_provider().values()} == set(), "of_the_provider"


@pytest.mark.parametrize("objects", [of_the_provider, of_a_program])
def test_objects(objects: Callable[[], dict[str, object]]) -> None:
    """Printing any object of ours, as a debugger or a traceback does, shows no secret."""
    texts = {name: f"{item!r} {item}" for name, item in objects().items()}

    assert leaks(texts, SECRETS) == {}


def test_what_an_object_still_tells() -> None:
    """It is not blank: what is no secret is there, and so are the names of what is declared."""
    declared = ProjectInputs.model_validate({"name": "Web", **SETTINGS})

    assert repr(declared) == (
        "ProjectInputs('app_urls', 'name', 'product_description', 'slack_incoming_webhook',"
        " 'survey_config')"
    )
    assert "organization='o'" in repr(ProjectState.from_outputs(STATE))
    assert "name='Web'" in repr(Project[str].model_validate(PROJECT))


@pytest.mark.parametrize(
    ("model", "broken"),
    [
        (Config, {"apiKey": [KEY]}),
        (Config, {"apiKey": f"{KEY} {TEXT}"}),
        (Config, {"apiKey": KEY, "sessionId": f"{SESSION};"}),
        (Config, {"apiKey": KEY, "host": TEXT}),
        (Config, {"apiKey": KEY, "allowHttp": TEXT}),
        (Config, {"apiKey": KEY, "password": TEXT}),
        (ProjectInputs, {"name": [TEXT]}),
        (ProjectInputs, {"name": "Web", "timezone": TEXT}),
        (ProjectInputs, {"name": "Web", "slack_incoming_webhook": TEXT * 20}),
        (ProjectInputs, {"name": "Web", "survey_config": TEXT}),
        (ProjectInputs, {"name": "Web", "session_recording_masking_config": {"blockSelector": []}}),
        (ProjectInputs, {"name": "Web", "session_recording_linked_flag": {"id": TEXT}}),
        (ProjectInputs, {"name": "Web", "session_replay_config": {"ai_config": TEXT}}),
        (ProjectInputs, {"name": "Web", "week_start_day": TEXT}),
        (ProjectInputs, {"name": "Web", "session_recording_sample_rate": TEXT}),
        (ProjectInputs, {"name": "Web", "business_model": TEXT}),
        (ProjectInputs, {"name": "Web", "path_cleaning_filters": [{"alias": TEXT}]}),
        (ProjectInputs, {"name": "Web", "rotate_api_token_when_changed": [TEXT]}),
        (ProjectSettings, {"base_currency": TEXT}),
        (ProjectState, {**STATE, "created_at": [TEXT]}),
        (ProjectState, {**STATE, "api_token": [OTHER]}),
        (ProjectSecretTokenInputs, {"project_id": TEXT, "rotate_when_changed": TRIGGER}),
        (ProjectSecretTokenInputs, {"project_id": "1", "rotate_when_changed": TEXT}),
        (ProjectSecretTokenState, {**TOKEN_STATE, "token": [TOKEN]}),
        (ProjectSecretTokenState, {**TOKEN_STATE, "rotated_at": TEXT}),
        (ProjectSecretTokenState, {**TOKEN_STATE, "superseded": TOKEN}),
        (ProjectSecretApiKeyInputs, {**KEY_ARGUMENTS, "scopes": [TEXT]}),
        (ProjectSecretApiKeyInputs, {**KEY_ARGUMENTS, "label": TEXT * 3}),
        (ProjectSecretApiKeyInputs, {**KEY_ARGUMENTS, "rotate_after_days": TEXT}),
        (ProjectSecretApiKeyState, {**KEY_STATE, "value": [TOKEN]}),
        (ProductIntentInputs, {**INTENT, "metadata": TEXT}),
        (ProductIntentState, {**INTENT, "declared_at": TEXT}),
        (Project[SecretStr], {**PROJECT, "secret_api_token": [TOKEN]}),
        (Project[str], {**PROJECT, "api_token": [OTHER]}),
        (ListedProject[str], {**PROJECT, "api_token": [OTHER]}),
        (NewSecretApiKey, {**KEY_STATE, "id": "1", "value": [TOKEN]}),
        (Activity, {"id": "1", "detail": {"changes": [{"field": TEXT, "before": TEXT}, TEXT]}}),
    ],
)
def test_validation(model: type[BaseModel], broken: dict[str, Any]) -> None:
    """An error of pydantic's, as a traceback shows it, and our check failure hold no value."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(broken)
    texts = {"str": str(caught.value), "repr": repr(caught.value)}

    assert leaks(texts, SECRETS) == {}


@pytest.mark.parametrize(
    "arguments",
    [
        {"name": [TEXT], "timezone": TEXT, "survey_config": TEXT, "week_start_day": TEXT},
        {"name": "Web", "session_recording_linked_flag": {"id": TEXT, "key": TEXT, "other": TEXT}},
        {"name": "Web", "session_replay_config": {"ai_config": {"opt_in": TEXT}}},
        {"name": "Web", "autocapture_exceptions_errors_to_ignore": [TEXT] * 20},
        {"name": TEXT * 20, "slack_incoming_webhook": TEXT * 20, "business_model": TEXT},
    ],
)
def test_check_failures(arguments: dict[str, Any]) -> None:
    """What a preview says of a wrong argument names it and holds no value."""
    _, problems = checked(ProjectInputs, arguments)

    assert problems
    assert leaks(problems, SECRETS) == {}


@pytest.mark.parametrize(
    "stack",
    [
        {"apiKey": f"{KEY} {TEXT}"},
        {"apiKey": f"phc_{TEXT[-24:]}"},
        {"sessionId": f"{SESSION},"},
        {"sessionId": f"phx_{TEXT[-24:]}"},
        {"apiKey": KEY, "host": f"https://user:{SESSION}@ph.example"},
        {"apiKey": KEY, "host": f"http://{TEXT[-24:]}.example"},
        {"apiKey": KEY, "allowHttp": TEXT},
    ],
)
def test_configuration(stack: dict[str, str]) -> None:
    """A configuration that cannot be used is reported without any of its values."""
    with pytest.raises(ConfigurationError) as caught:
        load(stack.get, {})
    texts = {"str": str(caught.value), "repr": repr(caught.value)}

    assert leaks(texts, SECRETS) == {}
