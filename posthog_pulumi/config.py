"""Where PostHog is and who we are there: explicit provider, stack config, then environment."""

import ipaddress
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from posthog_pulumi.errors import ConfigurationError
from posthog_pulumi.properties import OF_ONE_HOST, PROVIDER_ARGUMENTS

DEFAULT_HOST = "https://us.posthog.com"
CURRENT_ORGANIZATION = "@current"
NAMESPACE: Final = "posthog:"
"""What Pulumi's names of our configuration keys begin with."""

OVERRIDES = {
    "apiKey": "POSTHOG_PULUMI_API_KEY_OVERRIDE",
    "sessionId": "POSTHOG_PULUMI_SESSION_ID_OVERRIDE",
}
"""Override all else: ``destroy`` and ``refresh`` run with the configuration in the state."""

ENVIRONMENT = {
    "apiKey": ("POSTHOG_API_KEY", "POSTHOG_PERSONAL_API_KEY"),
    "sessionId": ("POSTHOG_SESSION_ID",),
    "host": ("POSTHOG_HOST",),
    "organizationId": ("POSTHOG_ORGANIZATION_ID",),
    "allowHttp": (),
    "forceDestroy": (),
}
"""Each configuration key (namespace ``posthog``) and the environment variables behind it."""

_WRONG_KEYS = {
    "phc_": "a project API key (phc_…), which can only send events",
    "phs_": "a project secret API key (phs_…), which cannot manage projects",
}
_HEADER_VALUE = re.compile(r"[!-~]+")
_KEY = re.compile(r"ph[a-z]_")
_LABEL: Final = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_NAME: Final = re.compile(rf"{_LABEL}(\.{_LABEL})*")
_ORIGIN: Final = re.compile(r"https?://[^/?#@\s\"]+", re.IGNORECASE)


class Config(BaseModel):
    """The provider's configuration, checked; equal configurations share one connection pool."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    host: str = Field(DEFAULT_HOST, alias="host")
    api_key: SecretStr | None = Field(None, alias="apiKey")
    session_id: SecretStr | None = Field(None, alias="sessionId")
    organization_id: str = Field(CURRENT_ORGANIZATION, alias="organizationId")
    """UUID, slug or ``@current``: where projects that name no organization are made."""
    allow_http: bool = Field(False, alias="allowHttp")  # noqa: FBT003  # a default, not a call
    force_destroy: bool = Field(False, alias="forceDestroy")  # noqa: FBT003  # the same

    @property
    def credentials(self) -> set[str]:
        """Key and session in clear."""
        both = (self.api_key, self.session_id)
        return {credential.get_secret_value() for credential in both if credential}

    @field_validator("api_key", "session_id")
    @classmethod
    def _fits_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not _HEADER_VALUE.fullmatch(value.get_secret_value()):
            raise ValueError("has spaces or characters that no key has; copy it again")
        return value

    @field_validator("api_key")
    @classmethod
    def _is_personal(cls, value: SecretStr | None) -> SecretStr | None:
        text = value.get_secret_value() if value else ""
        if set(text) & set("\"'`"):
            raise ValueError("has quotes in it, which no key has")
        if kind := _WRONG_KEYS.get(text[:4]):
            raise ValueError(
                f"is {kind}; create a personal API key (phx_…) in PostHog under"
                " Settings > Personal API keys"
            )
        return value

    @field_validator("session_id")
    @classmethod
    def _is_cookie(cls, value: SecretStr | None) -> SecretStr | None:
        text = value.get_secret_value() if value else ""
        if any(mark in text for mark in ';,"') or _KEY.match(text):
            raise ValueError("must be the value of PostHog's sessionid cookie")
        return value

    @field_validator("host")
    @classmethod
    def _is_origin(cls, value: str) -> str:
        origin = origin_of(value)
        if origin is None:
            raise ValueError("must be an origin such as https://us.posthog.com, with no path")
        if ".i.posthog.com" in origin:
            raise ValueError("is the host events are sent to; leave out its “.i”")
        return origin

    @model_validator(mode="after")
    def _keeps_the_key_private(self) -> Self:
        if self.host.startswith("http:") and not (self.allow_http or is_loopback(self.host)):
            raise ValueError(
                "The key would be sent over plain http; use https, or set posthog:allowHttp (or"
                " allow_http of the PostHogProvider) to true if you trust the network"
            )
        if not (self.api_key or self.session_id):
            raise ValueError(f"No PostHog credential is configured; set {_how_to_set('apiKey')}")
        return self


def load(get: Callable[[str], Any], environ: Mapping[str, str]) -> Config:
    """The configuration from Pulumi's values (``get("host")``) and the environment behind them.

    Raises:
        ConfigurationError: Naming the setting at fault and how to set it, never its value.
    """
    arguments = _text(get(PROVIDER_ARGUMENTS)).split(",")
    found = {key: it for key in ENVIRONMENT if (it := _source(key, get, environ, arguments))}
    if "host" in arguments and not found.keys() & OVERRIDES.keys():
        raise ConfigurationError(
            "A PostHogProvider with a host of its own takes no key from elsewhere; give it api_key."
        )
    try:
        return Config.model_validate({key: value for key, (_, value) in found.items()})
    except ValidationError as error:
        sources = {key: name for key, (name, _) in found.items()}
        raise ConfigurationError(_sentence(error, sources)) from None


def _source(
    key: str, get: Callable[[str], Any], environ: Mapping[str, str], arguments: Sequence[str]
) -> tuple[str, str] | None:
    """Where a setting comes from, and its value: the first that is not blank."""
    override, *behind = [
        (name, environ.get(name)) for name in (OVERRIDES.get(key, ""), *ENVIRONMENT[key])
    ]
    stated = (_argument(key) if key in arguments else f"{NAMESPACE}{key}", get(key))
    alone = "host" in arguments and key in OF_ONE_HOST
    candidates = [stated] if alone else [override, stated, *behind]
    return next(((name, text) for name, value in candidates if (text := _text(value))), None)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _sentence(error: ValidationError, sources: Mapping[str, str]) -> str:
    problem = error.errors(include_url=False, include_input=False)[0]
    text = problem["msg"].removeprefix("Value error, ")
    if not problem["loc"]:
        return f"{text}."
    key = str(problem["loc"][0])
    source = sources[key]
    if problem["type"] == "bool_parsing":
        text = "must be true or false"
    advice = "correct or unset that variable"
    if source.startswith(NAMESPACE):
        advice = f"set it with {_how_to_set(key)}"
    elif source == _argument(key):
        advice = "correct it in the program"
    return f"{source} {text}; {advice}."


def _argument(key: str) -> str:
    names = {field.alias: name for name, field in Config.model_fields.items()}
    return f"{names[key]} of a PostHogProvider"


def _how_to_set(key: str) -> str:
    secret = "--secret " if key in {"apiKey", "sessionId"} else ""
    config = f"`pulumi config set {secret}posthog:{key}`"
    return " or ".join((config, *ENVIRONMENT[key][:1]))


def origin_of(text: str) -> str | None:
    """The origin in lower case and with no slash at its end, or None for anything else."""
    bare = text.rstrip("/").lower()
    parts = _split(bare) if _ORIGIN.fullmatch(bare) else None
    if parts is None or bare.endswith(":") or not _is_name(parts.hostname or ""):
        return None
    return bare


def is_loopback(text: str) -> bool:
    """Whether an origin is on this machine."""
    name = urlsplit(text).hostname or ""
    return name == "localhost" or (_is_address(name) and ipaddress.ip_address(name).is_loopback)


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _is_name(name: str) -> bool:
    return _is_address(name) or _NAME.fullmatch(name) is not None


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
