"""One project, with its tokens as secret outputs."""

import pulumi

from posthog_pulumi import PostHogProject

web = PostHogProject(
    "web",
    name="Website",
    timezone="Europe/Berlin",
    app_urls=["https://www.example.com"],
    session_recording_opt_in=True,
    session_recording_sample_rate=0.25,
)

pulumi.export("project_id", web.id)
pulumi.export("api_token", web.api_token)
