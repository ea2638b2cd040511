import pytest

from posthog_pulumi.config import load
from posthog_pulumi.errors import ConfigurationError

SET_HOST = "set it with `pulumi config set posthog:host` or POSTHOG_HOST."
NO_ORIGIN = (
    "posthog:host must be an origin such as https://us.posthog.com, with no path; " + SET_HOST
)


def host_of(**stack: object) -> str:
    """The host that requests go to."""
    return load({"apiKey": "phx_personal1", **stack}.get, {}).host


def problem(host: str) -> str:
    """What the user reads about a host that cannot be used."""
    with pytest.raises(ConfigurationError) as caught:
        host_of(host=host)
    return str(caught.value)


class TestHost:
    @pytest.mark.parametrize(
        ("given", "host"),
        [
            ("https://eu.posthog.com/", "https://eu.posthog.com"),
            ("https://posthog.example:8443", "https://posthog.example:8443"),
            ("http://localhost:8010", "http://localhost:8010"),
            ("http://127.0.0.1:8010", "http://127.0.0.1:8010"),
            ("http://[::1]:8010/", "http://[::1]:8010"),
            ("https://POSTHOG.example", "https://posthog.example"),
            (f"https://{'a' * 63}.x-1.example", f"https://{'a' * 63}.x-1.example"),
        ],
    )
    def test_accepted(self, given: str, host: str) -> None:
        """A host is an origin; plain http is for this machine."""
        assert host_of(host=given) == host

    @pytest.mark.parametrize(
        "host",
        [
            "us.posthog.com",
            "ftp://us.posthog.com",
            "https://",
            "https://us.posthog.com/project/1",
            "https://us.posthog.com?a=b",
            "https://us.posthog.com#a",
            "https://somebody:hunter2@us.posthog.com",
            "https://us.posthog.com:https",
            "https://us.posthog.com:70000",
            "https://us posthog.com",
            "https://[::1",
            "https://us..posthog.com",
            "https://-us.posthog.com",
            f"https://{'a' * 64}.example",
        ],
    )
    def test_malformed(self, host: str) -> None:
        """Anything but an origin is refused, and the refusal says how to set the host."""
        assert problem(host) == NO_ORIGIN

    def test_ingestion_host(self) -> None:
        """The host that SDKs send events to is a common mistake with a hint of its own."""
        found = problem("https://us.i.posthog.com")

        assert found == (
            f"posthog:host is the host events are sent to; leave out its “.i”; {SET_HOST}"
        )

    @pytest.mark.parametrize("host", ["http://posthog.example", "http://10.0.0.5:8000"])
    def test_plain_http(self, host: str) -> None:
        """A key does not cross a network in clear."""
        found = problem(host)

        assert found == (
            "The key would be sent over plain http; use https, or set posthog:allowHttp (or"
            " allow_http of the PostHogProvider) to true if you trust the network."
        )

    @pytest.mark.parametrize("allow", ["true", "True", True])
    def test_plain_http_allowed(self, allow: object) -> None:
        """``allowHttp`` is for networks that the user trusts."""
        found = host_of(host="http://posthog.example", allowHttp=allow)

        assert found == "http://posthog.example"
