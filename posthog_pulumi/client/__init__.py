"""PostHog's endpoints, typed: each method is one endpoint and says which."""

from posthog_pulumi.client.organizations import Organizations
from posthog_pulumi.client.projects import Projects
from posthog_pulumi.client.secret_api_keys import SecretApiKeys
from posthog_pulumi.client.transport import Transport


class PostHogClient:
    """PostHog's API for one configuration; safe to share between threads."""

    def __init__(self, transport: Transport) -> None:
        self.organizations = Organizations(transport.send)
        self.projects = Projects(transport.send)
        self.secret_api_keys = SecretApiKeys(transport.send)
        self.server_time = transport.server_time


__all__ = ["PostHogClient"]
