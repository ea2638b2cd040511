"""Declare PostHog projects in Pulumi programs, with their tokens as secrets."""

from posthog_pulumi.resources import PostHogProject, PostHogProvider

__all__ = ["PostHogProject", "PostHogProvider"]
