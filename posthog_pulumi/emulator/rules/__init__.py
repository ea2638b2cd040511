"""The rules of PostHog, with the state that they keep."""
