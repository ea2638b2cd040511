"""An emulator of PostHog's projects API; it imports nothing from the rest of the package."""
