"""The shapes of what a program declares, what PostHog answers and what the state remembers."""
