"""The provider of a project, as the engine has it."""

from pulumi.dynamic import Config, ConfigureRequest

from posthog_pulumi.provider import ProjectProvider


def request(**configured: str) -> ConfigureRequest:
    """What the engine hands over, with a key."""
    stack = {"apiKey": "phx_of_the_tests", **configured}
    raw = {f"posthog:{key}": value for key, value in stack.items()}
    return ConfigureRequest(Config(raw, "project"))


def provider(**configured: str) -> ProjectProvider:
    """The provider as the engine has it before the first step."""
    made = ProjectProvider()
    made.configure(request(**configured))
    return made
