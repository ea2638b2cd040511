"""How look-ups ask: with which configuration, and what becomes of the tokens they find."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import pulumi
from pulumi import InvokeOptions, Output
from pulumi.runtime.config import get_config
from pulumi.runtime.settings import get_monitor
from pulumi.runtime.sync_await import _sync_await  # what Pulumi's own plain look-ups wait with

from posthog_pulumi.resources import mocks
from posthog_pulumi.resources.explicit_provider import PostHogProvider
from posthog_pulumi.resources.found import data, hidden

_OURS: Final = "pulumi-python:dynamic/posthog:Project"

Given = Mapping[str, Any]


def plain(function: str, given: Given, opts: InvokeOptions) -> Any:
    """What a look-up finds, as plain data.

    In a program its tokens are secret Outputs; elsewhere, such as in a script, ``SecretStr``.

    Raises:
        pulumi.RunError: It fails, or its provider's configuration is not known yet.
    """
    if mocks.are_set():
        return hidden(mocks.call(function, given, opts), Output.secret)
    with clean_exit():
        return _handed_on(_ask(function, given, _configuration(function, opts)))


def entries(function: str, given: Given, opts: InvokeOptions) -> Iterator[Any]:
    """The same for what is found page by page, each fetched when it is reached."""
    if mocks.are_set():
        yield from plain(function, given, opts)
        return
    with clean_exit():
        for entry in _ask(function, given, _configuration(function, opts)):
            yield _handed_on(entry)


def output(
    function: str,
    given: Given,
    opts: InvokeOptions,
    read: Callable[[Any], Any] = lambda found: found,
) -> Output[Any]:
    """The same of arguments that may be Outputs, with tokens in clear inside of the Output.

    Args:
        function: The look-up's public name.
        given: Its arguments.
        opts: Pulumi's options.
        read: What to make of that which is found.
    """
    if mocks.are_set():
        return mocks.call_output(function, given, opts).apply(read)
    configuration = Output.from_input(_inputs(opts))
    both = Output.all(Output.unsecret(configuration), Output.all(**given))

    def ask(known: list[Any]) -> Any:
        with clean_exit():
            return hidden(data(read(_ask(function, known[1], known[0]))), lambda clear: clear)

    return both.apply(ask)


@contextmanager
def clean_exit() -> Iterator[None]:
    """End the program with our one line, where any other exception shows its traceback."""
    from posthog_pulumi.errors import PostHogError

    try:
        yield
    except PostHogError as error:
        raise pulumi.RunError(str(error)) from None


def _ask(function: str, given: Given, configuration: Mapping[str, Any]) -> Any:
    from posthog_pulumi.client import logs
    from posthog_pulumi.config import NAMESPACE, load
    from posthog_pulumi.lifecycle import lookups
    from posthog_pulumi.lifecycle.connection import connect

    logs.to_stderr(os.environ)
    on = connect(load(lambda key: configuration.get(f"{NAMESPACE}{key}"), os.environ))
    return lookups.ask(on, function, given)


def _configuration(function: str, opts: InvokeOptions) -> Mapping[str, Any]:
    inputs = _inputs(opts)
    if not any(isinstance(value, Output) for value in inputs.values()):
        return inputs
    resolved = Output.all(**inputs)
    if not _sync_await(resolved.is_known()):
        raise pulumi.RunError(
            f"{function} is asked with a provider whose configuration is not known yet: use"
            f" {function}_output, which waits for it."
        )
    return _sync_await(resolved.future()) or {}


def _inputs(opts: InvokeOptions) -> Mapping[str, Any]:
    """The configuration of the look-up's provider, or the stack's."""
    from posthog_pulumi.config import ENVIRONMENT, NAMESPACE

    provider = opts.provider or (opts.parent and opts.parent.get_provider(_OURS))
    if not provider:
        keys = [f"{NAMESPACE}{key}" for key in ENVIRONMENT]
        return {key: get_config(key) for key in keys}
    if not isinstance(provider, PostHogProvider):
        raise pulumi.RunError(
            f"look-ups take a PostHogProvider as their provider, and not a"
            f" {type(provider).__name__}."
        )
    return provider.configuration


def _handed_on(found: Any) -> Any:
    """Plain data; in a program, which has a monitor, with its secrets as Outputs."""
    return hidden(data(found), Output.secret) if get_monitor() else data(found)
