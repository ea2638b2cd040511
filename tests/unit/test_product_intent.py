from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from support.fake_posthog import ACME, GLOBEX, Body, body
from support.fake_posthog_secrets import PROJECT, MintingPostHog, lost, too_slow

from posthog_pulumi.errors import (
    APIConnectionError,
    BadRequestError,
    DeletionPendingError,
    NotFoundError,
)
from posthog_pulumi.lifecycle import product_intent
from posthog_pulumi.models.product_intent import ProductIntentInputs, ProductIntentState

LONG_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
ADD, COMPLETE = "add_product_intent", "complete_product_onboarding"


def wanted(**given: Any) -> ProductIntentInputs:
    """What a program declares."""
    return ProductIntentInputs.model_validate(
        {"project_id": "1", "product_type": "session_replay", **given}
    )


def state(declared_at: datetime = LONG_BEFORE, **given: Any) -> ProductIntentState:
    """What is recorded of the intent."""
    return ProductIntentState.of(
        wanted(**given), {"organization": ACME, "declared_at": declared_at}
    )


def with_intent(done: str | None = None, product: str = "session_replay") -> Body:
    """A project with that intent."""
    intent = {"product_type": product, "onboarding_completed_at": done, "created_at": "…"}
    return body(product_intents=[intent])


class TestCreate:
    @pytest.mark.parametrize(
        ("completed", "asked"), [(None, [ADD]), (False, [ADD]), (True, [ADD, COMPLETE])]
    )
    def test_requests(self, *, completed: bool | None, asked: list[str]) -> None:
        """An intent is added; its onboarding is completed only where the program says so."""
        posthog = MintingPostHog({1: body()})
        id_, made = product_intent.create(
            posthog.connection(), wanted(onboarding_completed=completed)
        )

        assert posthog.asks("PATCH") == asked
        assert (id_, made.organization) == ("1/session_replay", ACME)

    def test_body(self) -> None:
        """Context and metadata go with it, and nothing that was not given."""
        posthog = MintingPostHog({1: body()})
        on = posthog.connection()
        product_intent.create(on, wanted(intent_context="onboarding", metadata={"team": "growth"}))
        product_intent.create(on, wanted())

        assert posthog.bodies == [
            {
                "product_type": "session_replay",
                "intent_context": "onboarding",
                "metadata": {"team": "growth"},
            },
            {"product_type": "session_replay"},
        ]

    def test_organization(self) -> None:
        """The project may be in another organization than the configured one."""
        posthog = MintingPostHog({1: body(organization=GLOBEX)})
        _, made = product_intent.create(posthog.connection(), wanted(organization_id="globex"))

        assert made.organization == GLOBEX

    def test_moved(self) -> None:
        """In a project that somebody moved it is declared, and recorded, where that now is."""
        posthog = MintingPostHog({1: body(organization=GLOBEX)})
        _, made = product_intent.create(posthog.connection(), wanted(organization_id="acme"))

        assert made.organization == GLOBEX
        assert posthog.asked[-1] == f"PATCH /api/organizations/{GLOBEX}/projects/1/{ADD}/"

    def test_absent_project(self) -> None:
        """The project must exist."""
        with pytest.raises(
            NotFoundError,
            match=r"^the product intent 'session_replay' of project 1 was not declared: ",
        ):
            product_intent.create(MintingPostHog().connection(), wanted())

    def test_dying_project(self) -> None:
        """A project on its way out gets no intent."""
        posthog = MintingPostHog({1: body(is_pending_deletion=True)})

        with pytest.raises(DeletionPendingError):
            product_intent.create(posthog.connection(), wanted())
        assert posthog.asks("PATCH") == []


class TestRead:
    @pytest.mark.parametrize(("done", "completed"), [(None, None), ("2026-02-01T00:00:00Z", True)])
    def test_found(self, *, done: str | None, completed: bool | None) -> None:
        """A refresh shows whether the onboarding was completed, in PostHog or by us."""
        posthog = MintingPostHog({1: with_intent(done)})
        found = product_intent.read(posthog.connection(), state())

        assert found == state(onboarding_completed=completed)

    @pytest.mark.parametrize(
        "projects",
        [
            {},
            {1: body()},
            {1: with_intent(product="surveys")},
            {1: {**with_intent(), "is_pending_deletion": True}},
        ],
    )
    def test_gone(self, projects: dict[int, Body]) -> None:
        """An intent that PostHog does not list, or whose project is gone, leaves the state."""
        assert product_intent.read(MintingPostHog(projects).connection(), state()) is None

    def test_not_listed_yet(self) -> None:
        """PostHog lists a new intent up to an hour late: that is no sign that it is gone."""
        young = state(datetime.now(UTC) - timedelta(minutes=30))
        posthog = MintingPostHog({1: body()})

        assert product_intent.read(posthog.connection(), young) == young

    def test_moved(self) -> None:
        """A project that was moved in PostHog keeps its intents."""
        posthog = MintingPostHog({1: {**with_intent(), "organization": GLOBEX}})
        found = product_intent.read(posthog.connection(), state())

        assert found
        assert found.organization == GLOBEX


class TestUpdate:
    @pytest.mark.parametrize(
        ("recorded", "declared", "asked"),
        [
            ({}, {}, []),
            ({}, {"onboarding_completed": False}, []),
            ({}, {"organization_id": "globex"}, []),
            ({}, {"metadata": {"team": "growth"}}, [ADD]),
            ({"intent_context": "onboarding"}, {}, [ADD]),
            ({}, {"onboarding_completed": True}, [ADD, COMPLETE]),
            ({"onboarding_completed": True}, {"onboarding_completed": True}, []),
            ({"onboarding_completed": True}, {"metadata": {}, "onboarding_completed": True}, [ADD]),
        ],
    )
    def test_requests(
        self, recorded: dict[str, Any], declared: dict[str, Any], asked: list[str]
    ) -> None:
        """What changed is declared again, and an onboarding is completed once."""
        posthog = MintingPostHog({1: body()})
        found = product_intent.update(posthog.connection(), state(**recorded), wanted(**declared))

        assert posthog.asks("PATCH") == asked
        assert found.intent() == wanted(**declared).intent()

    def test_failing(self) -> None:
        """A refusal names the intent and its project."""
        posthog = MintingPostHog({1: body()})
        posthog.fail("PATCH", BadRequestError("No."))

        with pytest.raises(BadRequestError, match="of project 1 was not updated"):
            product_intent.update(posthog.connection(), state(), wanted(metadata={"a": 1}))

    def test_moved(self) -> None:
        """In a project that was moved in PostHog it is declared where the project now is."""
        posthog = MintingPostHog({1: body(organization=GLOBEX)})
        found = product_intent.update(posthog.connection(), state(), wanted(metadata={"a": 1}))

        assert found.organization == GLOBEX
        assert posthog.asks("PATCH") == [ADD]

    def test_absent_project(self) -> None:
        """Nothing is declared of a project that is gone."""
        with pytest.raises(NotFoundError, match="of project 1 was not updated"):
            product_intent.update(MintingPostHog().connection(), state(), wanted(metadata={"a": 1}))


class TestLost:
    @pytest.mark.parametrize(("completed", "asked"), [(None, [ADD]), (True, [ADD, COMPLETE])])
    @pytest.mark.parametrize("fault", [{"done": True}, {"after": 7.0}])
    def test_done(self, *, fault: dict[str, Any], completed: bool | None, asked: list[str]) -> None:
        """A request whose response was lost is found done, and not sent again."""
        posthog = MintingPostHog({1: body()})
        posthog.fail("PATCH", lost(), **fault)
        product_intent.create(posthog.connection(), wanted(onboarding_completed=completed))

        assert posthog.asks("PATCH") == asked

    def test_completion(self) -> None:
        """So is the one that completes the onboarding."""
        posthog = MintingPostHog({1: body()})
        complete = f"PATCH {PROJECT}{COMPLETE}/"
        posthog.fail(complete, too_slow(), done=True)
        product_intent.create(posthog.connection(), wanted(onboarding_completed=True))

        assert posthog.asked.count(complete) == 1

    def test_not_seen(self) -> None:
        """PostHog shows intents up to an hour late: what cannot be seen is run again, unharmed."""
        posthog = MintingPostHog({1: body()}, intents_are_cached=True)
        posthog.fail("PATCH", lost(), done=True)

        with pytest.raises(APIConnectionError) as caught:
            product_intent.update(posthog.connection(), state(), wanted(metadata={"a": 1}))
        assert str(caught.value) == (
            "the product intent 'session_replay' of project 1 was not updated: the connection was"
            " cut. It may be declared in a minute; declaring it twice does no harm: run this again."
        )
        assert posthog.asks("PATCH") == [ADD]
