"""Settings of session replay: what is recorded, when, and how long it is kept."""

from typing import Annotated, Literal, NotRequired

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict  # pydantic needs this one below Python 3.12

from posthog_pulumi.models.settings.setting import LEFT_ALONE, SETTINGS_CONFIG, setting
from posthog_pulumi.models.types import TRIMMED, Flag, JsonObjects, NotBlank, Rate, Url, Whole

_STRICT_KEYS = ConfigDict(extra="forbid", str_strip_whitespace=True)


@with_config(_STRICT_KEYS)
class LinkedFlag(TypedDict):
    """The feature flag (and variant) a person must have to be recorded."""

    id: Whole
    key: str
    variant: NotRequired[str]


@with_config(_STRICT_KEYS)
class NetworkPayloadCaptureConfig(TypedDict, total=False):
    """What recordings hold of the browser's requests."""

    recordHeaders: Flag
    recordBody: Flag


@with_config(_STRICT_KEYS)
class MaskingConfig(TypedDict, total=False):
    """What recordings hide; the selectors are CSS."""

    maskAllInputs: Flag
    maskTextSelector: str
    blockSelector: str


@with_config(_STRICT_KEYS)
class ReplayAiConfig(TypedDict, total=False):
    """What PostHog's AI may read of a recording."""

    opt_in: Flag
    included_event_properties: list[str]
    preferred_events: list[str]
    excluded_events: list[str]
    important_user_properties: list[str]


@with_config(_STRICT_KEYS)
class ReplayConfig(TypedDict, total=False):
    """Recording of canvas elements, and AI summaries."""

    record_canvas: Flag
    ai_config: ReplayAiConfig


@with_config(_STRICT_KEYS)
class TriggerGroups(TypedDict):
    """Recording triggers of version 2: a group has ``id``, ``sampleRate`` and ``conditions``."""

    version: Literal[2]
    groups: JsonObjects


ShortestSession = Annotated[Whole, Field(ge=0, le=30_000)]
MatchType = Annotated[str, StringConstraints(max_length=24), TRIMMED]


class ReplaySettings(BaseModel):
    """Settings of session replay."""

    model_config = SETTINGS_CONFIG

    session_recording_opt_in: Flag | None = setting(default=False)
    """Whether sessions are recorded."""
    session_recording_sample_rate: Rate | None = setting()
    """Share of the sessions to record, 0 to 1 in hundredths."""
    session_recording_minimum_duration_milliseconds: ShortestSession | None = setting()
    """Shortest session to keep, in milliseconds, at most 30,000."""
    session_recording_linked_flag: LinkedFlag | None = setting()
    """The feature flag a person must have to be recorded."""
    session_recording_network_payload_capture_config: NetworkPayloadCaptureConfig | None = setting()
    """What recordings hold of the browser's requests."""
    session_recording_masking_config: MaskingConfig | None = setting()
    """What recordings hide."""
    session_replay_config: ReplayConfig | None = setting(merge=2)
    """Recording of canvas elements, and AI summaries."""
    recording_domains: list[Url] | None = setting()
    """Origins that may be recorded; all of them if empty or never set."""
    session_recording_url_trigger_config: JsonObjects | None = setting(
        default=[], only_on="current"
    )
    """Pages on which recording starts, as ``{"url": …, "matching": "regex"}``."""
    session_recording_url_blocklist_config: JsonObjects | None = setting(
        default=[], only_on="current"
    )
    """Pages that are not recorded, in the same form."""
    session_recording_event_trigger_config: list[NotBlank] | None = setting(
        default=[], only_on="current"
    )
    """Events on which recording starts."""
    session_recording_trigger_match_type_config: MatchType | None = setting(only_on="current")
    """Whether ``all`` or ``any`` of the triggers must match."""
    session_recording_trigger_groups: TriggerGroups | None = setting(only_on="current")
    """Groups of recording triggers, each with a sample rate of its own."""
    session_recording_retention_period: Literal["30d", "90d", "1y", "5y"] | None = setting(
        default=LEFT_ALONE, only_on="current", choice=True, usual="30d"
    )
    """How long recordings are kept; the plan sets the longest."""
