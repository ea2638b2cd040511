"""Every resource in every form; `python -m tools.golden` records its state for a release."""

import pulumi
from pulumi import ResourceOptions

from posthog_pulumi import (
    PostHogProductIntent,
    PostHogProject,
    PostHogProjectSecretApiKey,
    PostHogProjectSecretToken,
    PostHogProvider,
)

config = pulumi.Config("posthog")
plain = PostHogProject("plain")
web = PostHogProject(
    "web",
    name="Website",
    force_destroy=True,
    timezone="Europe/Berlin",
    week_start_day=1,
    session_recording_opt_in=True,
    session_recording_sample_rate=0.25,
    session_recording_linked_flag={"id": 1, "key": "beta"},
    path_cleaning_filters=[{"regex": "^/user/\\d+", "alias": "/user/<id>"}],
    app_urls=["https://example.com"],
    survey_config={"appearance": {"zIndex": "10"}},
    product_description=pulumi.Output.secret("not for everybody"),
    rotate_api_token_when_changed={"leak": 0},
    rotate_secret_token_when_changed={"quarter": "2026-Q4"},
    rotate_secret_token_after_days=36_500,
)
token = PostHogProjectSecretToken(
    "token",
    project_id=plain.id,
    organization_id=plain.organization,
    rotate_when_changed={"secret": pulumi.Output.secret("armed")},
    keep_previous=True,
    revoke_on_destroy=False,
)
key = PostHogProjectSecretApiKey(
    "key",
    project_id=web.id,
    label="Flags",
    scopes=["feature_flag:read"],
    rotate_when_changed={"quarter": "2026-Q4"},
)
intent = PostHogProductIntent(
    "intent",
    project_id=web.id,
    product_type="session_replay",
    metadata={"from": "golden"},
    onboarding_completed=True,
)
other = PostHogProvider(
    "other",
    organization_id=pulumi.Config().require("organizationId"),
    api_key=config.require_secret("apiKey"),
    allow_http=False,
    force_destroy=True,
)
elsewhere = PostHogProject("elsewhere", ResourceOptions(provider=other), is_demo=True)

pulumi.export("timezone", web.timezone)
pulumi.export("api_token", web.api_token)
pulumi.export("secret_api_token", web.secret_api_token)
pulumi.export("token", token.token)
pulumi.export("key", key.value)
