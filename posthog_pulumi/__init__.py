"""Declare PostHog projects in Pulumi programs, with their tokens as secrets."""

from posthog_pulumi.resources.product_intent import PostHogProductIntent
from posthog_pulumi.resources.project import PostHogProject
from posthog_pulumi.resources.provider import PostHogProvider
from posthog_pulumi.resources.secret_api_key import PostHogProjectSecretApiKey
from posthog_pulumi.resources.secret_token import PostHogProjectSecretToken

__all__ = [
    "PostHogProductIntent",
    "PostHogProject",
    "PostHogProjectSecretApiKey",
    "PostHogProjectSecretToken",
    "PostHogProvider",
]
