"""Five projects with every kind of key that rotates; the environment says what changes."""

import os

from posthog_pulumi import PostHogProductIntent, PostHogProject, PostHogProjectSecretApiKey

timezone = os.environ["CRASH_TIMEZONE"]
rotation = {"quarter": os.environ["CRASH_QUARTER"]}

plain = PostHogProject("plain", timezone=timezone)
PostHogProject("reset", timezone=timezone, rotate_api_token_when_changed=rotation)
PostHogProject("rotated", timezone=timezone, rotate_secret_token_when_changed=rotation)
PostHogProject(
    "rotated-too",
    timezone=timezone,
    test_account_filters=[  # which PostHog takes in a second request
        {"key": "email", "type": "person", "operator": "not_icontains", "value": timezone}
    ],
    rotate_secret_token_when_changed=rotation,
)
keyed = PostHogProject("keyed", timezone=timezone)

PostHogProductIntent(
    "intent", project_id=plain.id, product_type="surveys", metadata={"timezone": timezone}
)
if os.environ["CRASH_SERVER"] == "current":  # older servers have none
    PostHogProjectSecretApiKey(
        "key",
        project_id=keyed.id,
        label="Crash",
        scopes=["feature_flag:read"],
        rotate_when_changed=rotation,
    )
