import pytest
from support.scripted_transport import Wire, posthog

from posthog_pulumi.client.clock import ServerClock, Span
from posthog_pulumi.client.endpoints import Call
from posthog_pulumi.errors import BadRequestError

DATE = "Sat, 01 Jan 2000 00:00:{:02} GMT"
THEN = 946_684_800.0
"""When that minute began, in seconds since 1970."""

Learned = tuple[str, float, float]
"""A ``Date``, when the request was sent, and when its response was received."""


def after(learned: list[Learned]) -> ServerClock:
    """A clock that has learned these."""
    clock = ServerClock()
    for each in learned:
        clock.learn(*each)
    return clock


@pytest.mark.parametrize(
    ("learned", "span"),
    [
        # what was learned: between which seconds of that minute our 100 is
        ([(DATE.format(0), 100.0, 100.0)], (0.0, 1.0)),
        ([(DATE.format(0), 100.0, 102.0)], (-2.0, 1.0)),
        ([(DATE.format(5), 90.0, 91.0)], (14.0, 16.0)),
        ([(DATE.format(0), 100.0, 100.0), (DATE.format(1), 100.4, 100.5)], (0.5, 1.0)),
        ([(DATE.format(0), 99.5, 100.0), (DATE.format(0), 100.0, 100.2)], (0.0, 1.0)),
        ([(DATE.format(0), 100.0, 100.0), (DATE.format(30), 100.1, 100.2)], (29.8, 30.9)),
        ([(DATE.format(30), 100.0, 100.0), (DATE.format(0), 100.1, 100.2)], (-0.2, 0.9)),
        ([(DATE.format(0), 100.0, 100.0), ("", 100.0, 100.0)], (0.0, 1.0)),
        ([(DATE.format(0), 100.0, 100.0), ("yesterday", 100.0, 100.0)], (0.0, 1.0)),
        ([(DATE.format(0).replace("GMT", "-0000"), 100.0, 100.0)], (0.0, 1.0)),
        ([(DATE.format(0).replace("GMT", "+0200"), 100.0, 100.0)], (0.0, 1.0)),
    ],
    ids=[
        "a Date is cut to whole seconds",
        "it was written between request and response",
        "our clock and the server's differ",
        "two narrow the span",
        "one that says no more changes nothing",
        "a clock that jumps ahead is believed",
        "so is one that jumps back",
        "a response without Date changes nothing",
        "nor does one that is none",
        "it is in GMT without a zone",
        "it is in GMT whatever zone it names",
    ],
)
def test_what_is_known(learned: list[Learned], span: tuple[float, float]) -> None:
    """What time it is on the server is known as far as its responses show."""
    found = after(learned).at(100.0)

    assert found is not None
    assert (found.earliest - THEN, found.latest - THEN) == pytest.approx(span)


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Sat, 01 Jan 2000", "Sat, 99 Jan 2000 00:00:00 GMT", "0", "é"]
)
def test_nothing_is_known(date: str) -> None:
    """Without a usable Date nothing is made up."""
    clock = ServerClock()
    clock.learn(date, 100.0, 100.0)

    assert clock.at(100.0) is None


def test_other_moments() -> None:
    """Any moment of our clock has its place on the server's."""
    clock = ServerClock()
    clock.learn(DATE.format(0), 100.0, 100.0)

    assert clock.at(40.0) == Span(THEN - 60, THEN - 59)


def test_by_responses() -> None:
    """Each response is taken into account, with the time that the exchange took; a refusal too."""
    wire = Wire([posthog(400, Date=DATE.format(0))], takes=3.0)
    transport = wire.transport()
    with pytest.raises(BadRequestError):
        transport.send(Call(method="GET", path="/api/x/"))

    assert transport.server_clock.at(wire.clock.now) == Span(THEN, THEN + 4)
