"""One request to PostHog: credentials, repeats, waiting, and errors by status.

=====================  ==============================  ===============================
what came back         repeatable call                 call that must look first
=====================  ==============================  ===============================
no connection          repeat                          repeat: nothing was sent
connection cut, slow   repeat                          raise: it may have been done
429                    wait ``Retry-After``, repeat    the same: it was not done
503 + ``Retry-After``  wait, repeat                    raise; the look waits
other 5xx, not JSON    repeat                          raise
anything else          raise                           raise
=====================  ==============================  ===============================
"""

import logging
import secrets
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Final

import httpx
import stamina

from posthog_pulumi import answers
from posthog_pulumi.call import Call
from posthog_pulumi.config import Config
from posthog_pulumi.errors import (
    NoAnswerError,
    NotSentError,
    PostHogError,
    ServerError,
    ThrottledError,
    TooSlowError,
)

FAILURES: Final = 5
"""How often a repeatable call may fail before its error is raised; throttling does not count."""

LONGEST_WAIT: Final = 900.0
"""Seconds a call may spend waiting, since it holds one of the provider's few threads."""

ANNOUNCED_WAIT: Final = 5.0
"""Waits longer than this many seconds are announced."""

logging.getLogger("stamina").addHandler(logging.NullHandler())  # we announce waits ourselves


class Gate:
    """Holds all threads back until the moment the server named in ``Retry-After``."""

    def __init__(self, sleep: Callable[[float], None], say: Callable[[str], None]) -> None:
        self._sleep = sleep
        self._say = say
        self._lock = threading.Lock()
        self._opens_at = 0.0

    def shut(self, seconds: float) -> None:
        """Let nobody through for so long; a longer wait already under way stays."""
        with self._lock:
            opens_at = time.monotonic() + seconds
            news = seconds > ANNOUNCED_WAIT and opens_at > self._opens_at + ANNOUNCED_WAIT
            self._opens_at = max(self._opens_at, opens_at)
        if news:
            self._say(f"PostHog asks to wait; going on in {seconds:.0f} s")

    def pass_through(self) -> None:
        """Return when the gate is open."""
        while (wait := self._opens_at - time.monotonic()) > 0:
            self._sleep(wait)


class Transport:
    """Sends calls for one configuration over one shared pool of kept-alive connections."""

    def __init__(
        self,
        config: Config,
        *,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self._config = config
        self._debug = (environ or {}).get("POSTHOG_PULUMI_LOG") == "debug"
        self._gate = Gate(sleep, say)
        self._server_ahead = 0.0
        self._client = httpx.Client(
            base_url=config.host,
            transport=transport,
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
            raise NotSentError(
                f"{self._config.host} cannot be reached: {error}.", request=str(call)
            ) from None
        except httpx.TimeoutException:
            raise TooSlowError(
                f"{self._config.host} did not answer in time.", request=str(call)
            ) from None
        except httpx.RequestError:
            raise NoAnswerError(
                f"{self._config.host} cut the connection without an answer.", request=str(call)
            ) from None
        finally:
            self._log(call, outcome, time.monotonic() - began, attempt)
        self._learn_the_time(response.headers.get("date", ""))
        return answers.read(
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

    def _log(self, call: Call, outcome: str, seconds: float, attempt: int) -> None:
        if self._debug:
            say(f"{call} {outcome} {seconds * 1000:.0f} ms attempt {attempt}")


class Failures:
    """Decides, failure by failure, whether a call is sent again."""

    def __init__(self, call: Call, gate: Gate) -> None:
        self._call = call
        self._gate = gate
        self._count = 0

    def allow_another(self, error: Exception) -> bool | float:
        """Whether to send the call again, or the seconds to wait before; stamina's backoff hook."""
        if not isinstance(error, PostHogError):
            return False
        wait = _wait_before(error)
        if wait > LONGEST_WAIT:
            return False
        if wait:
            self._gate.shut(wait)
        if isinstance(error, ThrottledError):
            return 0.0
        self._count += 1
        again = self._count < FAILURES and self._may_repeat(error)
        return 0.0 if again and wait else again

    def _may_repeat(self, error: PostHogError) -> bool:
        return isinstance(error, NotSentError) or (
            self._call.repeatable and error.may_have_been_done
        )


def _wait_before(error: PostHogError) -> float:
    """Seconds that the server asks to wait; at least one when it throttles."""
    if isinstance(error, ThrottledError):
        return max(1.0, error.retry_after)
    return error.retry_after if isinstance(error, ServerError) else 0.0


def say(text: str) -> None:
    """One line to the user: a provider's stderr is shown under the stack."""
    print(f"posthog: {text}", file=sys.stderr, flush=True)  # noqa: T201  # the one place
