"""An application's stack: it uses the platform's project, and has a key of its own in it."""

import pulumi

from posthog_pulumi import PostHogProjectSecretApiKey

platform = pulumi.StackReference(
    f"{pulumi.get_organization()}/posthog-platform/{pulumi.get_stack()}"
)

flags = PostHogProjectSecretApiKey(
    "flags",
    project_id=platform.require_output("project_id"),
    label="Checkout",
    scopes=["feature_flag:read"],
)

pulumi.export(
    "environment",
    {
        "POSTHOG_API_TOKEN": platform.require_output("api_token"),
        "POSTHOG_FLAGS_KEY": flags.value,
    },
)
