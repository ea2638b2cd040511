"""The shapes of what a program declares, what PostHog returns and what the state records."""
