"""What is wrong with an argument, each text by a mistake."""

from typing import Any, Final

from pydantic import BaseModel

from posthog_pulumi.models.product_intent import ProductIntentInputs
from posthog_pulumi.models.project import ProjectInputs, ProjectState
from posthog_pulumi.models.secret_api_key import ProjectSecretApiKeyInputs
from posthog_pulumi.plan.failures import checked
from posthog_pulumi.steps import border
from support.said import Text

RATE: Final = "session_recording_sample_rate"
FLAG: Final = "session_recording_linked_flag"


def wrong(name: str, value: Any, model: type[BaseModel] = ProjectInputs) -> Text:
    """The sentence for a value; what is missing besides is not computed yet."""
    return lambda: checked(model, {name: value}, model.model_fields.keys() - {name})[1][name]


def recorded(**outputs: Any) -> Text:
    """The text for a state that cannot be used."""

    def text() -> str:
        try:
            return repr(ProjectState.from_outputs(outputs))
        except ValueError:
            return border.text_of_error()

    return text


ARGUMENT_CASES: Final[dict[str, Text]] = {
    "a misspelt argument": wrong("nmae", "Web"),
    "no argument": wrong("colour", "red"),
    "no value": lambda: checked(ProjectInputs, {})[1]["name"],
    "no switch": wrong("surveys_opt_in", "yes"),
    "no text": wrong("name", 3.0),
    "an empty text": wrong("name", " "),
    "a long text": wrong("name", "x" * 201),
    "no whole number": wrong("week_start_day", 0.5),
    "no number": wrong(RATE, "half"),
    "a small number": wrong(RATE, -0.1),
    "a large number": wrong(RATE, 1.5),
    "a fine number": wrong(RATE, 0.123),
    "no days": wrong("rotate_after_days", 0, ProjectSecretApiKeyInputs),
    "too many days": wrong("rotate_after_days", 3_650_000, ProjectSecretApiKeyInputs),
    "an infinite number": wrong("extra_settings", {"a": float("nan")}),
    "no choice": wrong("business_model", "b2x"),
    "no list": wrong("app_urls", "https://a.example"),
    "an empty list": wrong("scopes", [], ProjectSecretApiKeyInputs),
    "no object": wrong("survey_config", [1.0]),
    "a key too many": wrong(FLAG, {"id": 1.0, "key": "a", "kind": "b"}),
    "a key too few": wrong(FLAG, {"id": 1.0}),
    "no time zone": wrong("timezone", "Mars"),
    "a time zone in lower case": wrong("timezone", "europe/berlin"),
    "no currency": wrong("base_currency", "euro"),
    "a long list": wrong("autocapture_exceptions_errors_to_ignore", ["x" * 300]),
    "no project's number": wrong("project_id", "web", ProductIntentInputs),
    "no scope": wrong("scopes", ["survey"], ProjectSecretApiKeyInputs),
    "a mistake nobody thought of": wrong("__checked_at", "hidden", ProjectSecretApiKeyInputs),
    "a state without its organization": recorded(uuid="hidden"),
}
