"""`/_emulator/`: what tests do that no client of PostHog can."""
