"""Declare PostHog projects in Pulumi programs."""
