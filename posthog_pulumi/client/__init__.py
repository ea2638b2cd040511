"""PostHog's API: endpoints over a transport that knows when to send a request again."""
