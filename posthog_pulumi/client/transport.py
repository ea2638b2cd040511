"""One request to PostHog: credentials, a limit of size, and errors by what came back."""

import logging
import platform
import secrets
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib import metadata
from typing import Any, Final

import httpx
import stamina
from stamina.instrumentation import (
    RetryDetails,
    RetryHook,
    get_on_retry_hooks,
    set_on_retry_hooks,
)

from posthog_pulumi.client import responses
from posthog_pulumi.client.clock import ServerClock
from posthog_pulumi.client.echoes import texts
from posthog_pulumi.client.endpoints import Call
from posthog_pulumi.client.network import LONGEST_EXCHANGE, failure, open_network, proxy_for
from posthog_pulumi.client.retries import Deadline, Gate, Retries
from posthog_pulumi.config import Config
from posthog_pulumi.errors import APIResponseValidationError, Outcome, PostHogError

_LOGGER: Final = logging.getLogger(__name__)

LARGEST_RESPONSE: Final = 4
"""MiB that a response may have: a page of 1,000 projects has less than one."""


def quiet(hooks: Iterable[RetryHook]) -> tuple[RetryHook, ...]:
    """Hooks of stamina that are not called for errors of ours, which we log ourselves."""

    def unless_ours(hook: RetryHook) -> RetryHook:
        def call(details: RetryDetails) -> AbstractContextManager[None] | None:
            return None if isinstance(details.caused_by, PostHogError) else hook(details)

        return call

    return tuple(unless_ours(hook) for hook in hooks)


set_on_retry_hooks(quiet(get_on_retry_hooks()))


def user_agent() -> str:
    """What PostHog's logs show of us: ``posthog-pulumi/0.1.0 Python/3.13.1 Pulumi/3.272.0``."""
    ours, pulumi = metadata.version("posthog-pulumi"), metadata.version("pulumi")
    return f"posthog-pulumi/{ours} Python/{platform.python_version()} Pulumi/{pulumi}"


def _no_orphan() -> None:
    """A program's own process needs nobody who reads from it."""


class Transport:
    """Sends calls for one configuration over one shared pool of kept-alive connections."""

    def __init__(
        self,
        config: Config,
        *,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        exit_if_orphaned: Callable[[], None] = _no_orphan,
    ) -> None:
        """Open a pool.

        Args:
            config: Host and credentials.
            transport: What carries requests; the network if none is given.
            sleep: How to wait.
            clock: Seconds that only go forward.
            exit_if_orphaned: Called before each request: ends the process if the engine is gone.

        Raises:
            ConfigurationError: The environment names a proxy or certificates that cannot be used.
        """
        self.clock, self.sleep = clock, sleep
        self.server_clock = ServerClock()
        self._config = config
        self._exit_if_orphaned = exit_if_orphaned
        self._gate = Gate(sleep, clock)
        proxy = proxy_for(config.host) if transport is None else None
        self._proxied = proxy is not None
        self._client = httpx.Client(
            base_url=config.host,
            transport=transport or open_network(config.host, proxy),
            headers={"User-Agent": user_agent()},
            timeout=httpx.Timeout(60.0, connect=10.0),
            # A cookie that PostHog sets must not turn a key's request into a session's.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        )

    def close(self) -> None:
        """Close all connections; nothing can be sent any more."""
        self._client.close()

    def send(self, call: Call, deadline: Deadline | None = None) -> Any:
        """The JSON of a successful response, or None where it has no body.

        Raises:
            PostHogError: By status, or because no usable response came; see ``client.retries``.
        """
        deadline = deadline or Deadline(self.clock)
        with self._gate.place(deadline, str(call)) as waited:
            return self._send(call, deadline, waited=waited)

    def _send(self, call: Call, deadline: Deadline, *, waited: bool) -> Any:
        retries = Retries(call, self._gate, deadline)
        for attempt in stamina.retry_context(
            on=retries.allow_another,
            attempts=None,
            timeout=None,
            wait_initial=0.2,
            wait_max=1.0,  # a cancelled run ends within a second or so
            wait_jitter=0.2,
        ):
            self._wait_for_turn(call, deadline, again=waited or attempt.num > 1)
            with attempt:
                found = self._once(call, attempt.num)
                self._gate.succeeded()
                return found
        raise AssertionError("unreachable")  # pragma: no cover

    def _wait_for_turn(self, call: Call, deadline: Deadline, *, again: bool) -> None:
        """Wait at the gate; whatever was decided before a wait is looked at again after it.

        Raises:
            PostHogError: The wait is too long, or the request must not be sent any more.
        """
        while self._gate.pass_through(deadline, str(call)) or again:
            self._exit_if_orphaned()
            try:
                if call.recheck:
                    call.recheck()
            except PostHogError as error:
                error.outcome = Outcome.NOT_DONE  # of this request, whatever became of that one
                raise
            again = False
        self._exit_if_orphaned()

    def _once(self, call: Call, attempt: int) -> Any:
        began = self.clock()
        outcome = "no response"
        try:
            status, headers, content = self._exchange(call)
            outcome = str(status)
        except httpx.RequestError as error:
            host, proxied = self._config.host, self._proxied
            raise failure(error, host, str(call), proxied=proxied) from None
        finally:
            milliseconds = (self.clock() - began) * 1000
            _LOGGER.debug("%s %s %.0f ms attempt %d", call, outcome, milliseconds, attempt)
        self.server_clock.learn(headers.get("date", ""), began, self.clock())
        return responses.read(
            status,
            headers,
            content,
            call=str(call),
            by_session=self._sends_session(call),
            hide=texts(call.body) | self._config.credentials,
        )

    def _exchange(self, call: Call) -> tuple[int, httpx.Headers, bytes]:
        content, ends = bytearray(), self.clock() + LONGEST_EXCHANGE
        with self._client.stream(
            call.method,
            call.path,
            json=call.body,
            params=call.query,
            headers=self._credentials(call),
        ) as response:
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > LARGEST_RESPONSE * 1024 * 1024:
                    text = f"{self._config.host} sent more than {LARGEST_RESPONSE} MiB."
                    raise APIResponseValidationError(text, request=str(call))
                if self.clock() > ends:
                    raise httpx.ReadTimeout("the exchange takes too long")
        return response.status_code, response.headers, bytes(content)

    def _sends_session(self, call: Call) -> bool:
        has_session = self._config.session_id is not None
        return has_session and (call.session_only or self._config.api_key is None)

    def _credentials(self, call: Call) -> dict[str, str]:
        """A key as Bearer; a session with the CSRF pair that Django asks of writes.

        Django compares cookie and header only, so the pair may be of our own making.
        """
        if self._sends_session(call) and self._config.session_id:
            pair = secrets.token_hex(16)
            session = self._config.session_id.get_secret_value()
            return {
                "Cookie": f"sessionid={session}; posthog_csrftoken={pair}",
                "X-CSRFToken": pair,
                "Referer": f"{self._config.host}/",
            }
        key = self._config.api_key.get_secret_value() if self._config.api_key else ""
        return {"Authorization": f"Bearer {key}"}
