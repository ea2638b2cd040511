"""PostHog's endpoints, typed: each method is one endpoint and says which."""

from posthog_pulumi.client.account import Account
from posthog_pulumi.client.base import Send
from posthog_pulumi.client.organizations import Organizations
from posthog_pulumi.client.projects import Projects
from posthog_pulumi.client.secret_api_keys import SecretApiKeys


class PostHogClient:
    """PostHog's API for one configuration; safe to share between threads."""

    def __init__(self, send: Send) -> None:
        self.account = Account(send)
        self.organizations = Organizations(send)
        self.projects = Projects(send)
        self.secret_api_keys = SecretApiKeys(send)
