"""One request to PostHog: credentials, repeats, waiting, and errors by status.

=====================  ==============================  ===============================
what came back         repeatable call                 call that must look first
=====================  ==============================  ===============================
no connection          repeat                          repeat: nothing was sent
connection cut, slow   repeat                          raise: it may have been done
429                    wait ``Retry-After``, repeat    the same: it was not done
503 + ``Retry-After``  wait, repeat                    raise; the look waits
other 5xx              repeat                          raise
success but no JSON    repeat                          raise
anything else          raise                           raise
=====================  ==============================  ===============================
"""

import logging
import platform
import secrets
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from email.utils import parsedate_to_datetime
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
from posthog_pulumi.client.call import Call
from posthog_pulumi.client.retries import LONGEST_WAIT, Failures, Gate
from posthog_pulumi.config import Config
from posthog_pulumi.errors import (
    APIConnectError,
    APIConnectionError,
    APITimeoutError,
    PostHogError,
)

_LOGGER: Final = logging.getLogger(__name__)


def _unless_ours(hook: RetryHook) -> RetryHook:
    def told(details: RetryDetails) -> AbstractContextManager[None] | None:
        return None if isinstance(details.caused_by, PostHogError) else hook(details)

    return told


# We announce waits ourselves, without what stamina's own loggers would say of the error.
set_on_retry_hooks([_unless_ours(hook) for hook in get_on_retry_hooks()])


def user_agent() -> str:
    """What PostHog's logs show of us: ``posthog-pulumi/0.1.0 Python/3.13.1 Pulumi/3.272.0``."""
    ours, pulumi = metadata.version("posthog-pulumi"), metadata.version("pulumi")
    return f"posthog-pulumi/{ours} Python/{platform.python_version()} Pulumi/{pulumi}"


class Transport:
    """Sends calls for one configuration over one shared pool of kept-alive connections."""

    def __init__(
        self,
        config: Config,
        *,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._config = config
        self._gate = Gate(sleep, clock)
        self._server_ahead = 0.0
        self._client = httpx.Client(
            base_url=config.host,
            transport=transport,
            headers={"User-Agent": user_agent()},
            timeout=httpx.Timeout(60.0, connect=10.0),
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=32),
            # A cookie that PostHog sets must not turn a key's request into a session's.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        )

    def send(self, call: Call) -> Any:
        """The JSON of a successful answer, or None where it has no body.

        Raises:
            PostHogError: By status, or because no usable answer came; see the module's table.
        """
        failures = Failures(call, self._gate)
        for attempt in stamina.retry_context(
            on=failures.allow_another,
            attempts=None,
            timeout=LONGEST_WAIT,
            wait_initial=0.2,
            wait_jitter=0.5,
        ):
            with attempt:
                return self._once(call, attempt.num)
        raise AssertionError("unreachable")  # pragma: no cover

    def _once(self, call: Call, attempt: int) -> Any:
        self._gate.pass_through()
        began = time.monotonic()
        outcome = "no answer"
        try:
            response = self._client.request(
                call.method,
                call.path,
                json=call.body,
                params=call.query,
                headers=self._credentials(call),
            )
            outcome = str(response.status_code)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise APIConnectError(
                f"{self._config.host} cannot be reached: {error}.", request=str(call)
            ) from None
        except httpx.TimeoutException:
            raise APITimeoutError(
                f"{self._config.host} did not answer in time.", request=str(call)
            ) from None
        except httpx.RequestError:
            raise APIConnectionError(
                f"{self._config.host} cut the connection without an answer.", request=str(call)
            ) from None
        finally:
            milliseconds = (time.monotonic() - began) * 1000
            _LOGGER.debug("%s %s %.0f ms attempt %d", call, outcome, milliseconds, attempt)
        self._learn_the_time(response.headers.get("date", ""))
        return responses.read(
            response.status_code,
            response.headers,
            response.content,
            call=str(call),
            by_session=self._sends_session(call),
        )

    def server_time(self, local: float) -> float:
        """What the server's clock said at ``time.time() == local``, by the last ``Date`` header."""
        return local + self._server_ahead

    def _learn_the_time(self, date: str) -> None:
        with suppress(ValueError):
            self._server_ahead = parsedate_to_datetime(date).timestamp() - time.time()

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
