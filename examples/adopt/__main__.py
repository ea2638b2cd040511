"""PostHog projects, as `posthog-pulumi import` found them."""

from posthog_pulumi import PostHogProject
from pulumi import ResourceOptions

shop = PostHogProject(
    "shop",
    ResourceOptions(protect=True),
    name="Shop",
    timezone="Europe/Berlin",
    base_currency="EUR",
)

website = PostHogProject(
    "website",
    ResourceOptions(protect=True),
    name="Website",
    app_urls=["https://www.example.com"],
    session_recording_opt_in=True,
    session_recording_sample_rate=0.25,
)
