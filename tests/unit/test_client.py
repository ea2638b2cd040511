"""What the client takes for a response to what it asked."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.bodies import ACME, ACTIVITY, DEEP_PROJECT, KEY, NEW_KEY, PROJECT, page
from support.scripted_transport import HOST, Wire, posthog

from posthog_pulumi.client.posthog import PostHogClient
from posthog_pulumi.errors import (
    APIResponseValidationError,
    NotFoundError,
    Outcome,
    PostHogError,
)
from posthog_pulumi.models.settings import SETTINGS

Use = Callable[[PostHogClient], object]
INTENT = {"product_type": "surveys"}

ABOUT_A_PROJECT: dict[str, Use] = {
    "retrieve": lambda it: it.projects.retrieve("acme", "1"),
    "create": lambda it: it.projects.create("acme", {"name": "Web"}),
    "update": lambda it: it.projects.update("acme", "1", {}),
    "change_organization": lambda it: it.projects.change_organization("acme", "1", "globex"),
    "reset_token": lambda it: it.projects.reset_token("acme", "1"),
    "rotate_secret_token": lambda it: it.projects.rotate_secret_token("acme", "1"),
    "delete_backup": lambda it: it.projects.delete_secret_token_backup("acme", "1"),
    "add_product_intent": lambda it: it.projects.add_product_intent("acme", "1", INTENT),
    "complete_onboarding": lambda it: it.projects.complete_product_onboarding("acme", "1", INTENT),
}
ABOUT_A_KEY: dict[str, Use] = {
    "retrieve": lambda it: it.secret_api_keys.retrieve("1", "k"),
    "update": lambda it: it.secret_api_keys.update("1", "k", {}),
    "create": lambda it: it.secret_api_keys.create("1", "flags", []),
}
LISTS: dict[str, Use] = {
    "organizations": lambda it: list(it.organizations.list()),
    "projects": lambda it: list(it.projects.list("acme")),
    "activity": lambda it: list(it.projects.activity("acme", "1")),
    "keys": lambda it: list(it.secret_api_keys.list("1")),
}
OTHERS: dict[str, Use] = {
    "organization": lambda it: it.organizations.retrieve("acme"),
    "current organization": lambda it: it.organizations.retrieve(),
    "demo data": lambda it: it.projects.is_generating_demo_data("acme", "1"),
    "delete project": lambda it: it.projects.delete("acme", "1"),
    "delete key": lambda it: it.secret_api_keys.delete("1", "k"),
}
USES = [*ABOUT_A_PROJECT.values(), *ABOUT_A_KEY.values(), *LISTS.values(), *OTHERS.values()]


def refused(body: object, use: Use) -> APIResponseValidationError:
    """The error for a success with that body."""
    with pytest.raises(APIResponseValidationError) as caught:
        use(PostHogClient(lambda _call: body))
    return caught.value


class TestOfAnother:
    @pytest.mark.parametrize(
        "use", [ABOUT_A_PROJECT[name] for name in ABOUT_A_PROJECT.keys() - {"create"}]
    )
    def test_project(self, use: Use) -> None:
        """Another project's uuid and tokens never reach the state."""
        error = refused({**PROJECT, "id": 2}, use)

        assert error.outcome is Outcome.UNKNOWN
        assert "it is about another id than 1" in str(error)

    def test_new_project(self) -> None:
        """A new project has the name that was sent."""
        error = refused({**PROJECT, "name": "Another"}, ABOUT_A_PROJECT["create"])

        assert error.outcome is Outcome.UNKNOWN

    @pytest.mark.parametrize("name", ["retrieve", "update"])
    def test_key(self, name: str) -> None:
        """Nor does another key's."""
        assert "another id than k" in str(refused({**KEY, "id": "l"}, ABOUT_A_KEY[name]))

    def test_new_key(self) -> None:
        """A new key has the label that was sent."""
        assert "another label" in str(refused({**NEW_KEY, "label": "x"}, ABOUT_A_KEY["create"]))

    def test_organization(self) -> None:
        """An organization has the id that was asked for, if it was asked for by id."""
        assert "another id than acme" in str(refused({**ACME, "id": "b"}, OTHERS["organization"]))
        assert OTHERS["current organization"](PostHogClient(lambda _call: {**ACME, "id": "b"}))


class TestMissing:
    @pytest.mark.parametrize(
        "field",
        [
            "id",
            "organization",
            "uuid",
            "created_at",
            "api_token",
            "secret_api_token",
            "secret_api_token_backup",
            "ingested_event",
            "product_intents",
        ],
    )
    def test_project(self, field: str) -> None:
        """What a decision needs is never made up: a project without it cannot be read."""
        body = {name: value for name, value in PROJECT.items() if name != field}

        assert f"it has no {field}." in str(refused(body, ABOUT_A_PROJECT["retrieve"]))

    @pytest.mark.parametrize("value", [None, ""])
    def test_value_of_a_new_key(self, value: object) -> None:
        """A new key without its value is of no use, and no success."""
        error = refused({**NEW_KEY, "value": value}, ABOUT_A_KEY["create"])

        assert error.outcome is Outcome.UNKNOWN

    def test_value_of_a_key(self) -> None:
        """Later PostHog never has it again."""
        found = PostHogClient(lambda _call: {**KEY, "value": None}).secret_api_keys.retrieve(
            "1", "k"
        )

        assert found.value is None

    @pytest.mark.parametrize("use", LISTS.values(), ids=LISTS)
    @pytest.mark.parametrize("body", [{"results": []}, {"next": None}, []])
    def test_page(self, body: object, use: Use) -> None:
        """A list that does not say whether it goes on is not taken for a whole one."""
        assert refused(body, use).outcome is Outcome.UNKNOWN

    @pytest.mark.parametrize("use", USES)
    @pytest.mark.parametrize("body", [{}, [], "x", 7, True, 1.5])
    def test_anything_else(self, body: object, use: Use) -> None:
        """A success that says nothing is no success, wherever it comes from."""
        assert refused(body, use).outcome is Outcome.UNKNOWN


def test_deep() -> None:
    """A setting that is nested too deeply for us is no crash."""
    assert "it is nested too deeply" in str(refused(DEEP_PROJECT, ABOUT_A_PROJECT["update"]))


@pytest.mark.parametrize("id_", ["phc_abcdefgh", "", "..", "a b", "Größe", "1?a=b#c"])
def test_odd_id(id_: str) -> None:
    """Whatever somebody takes for an id is one line, and a token in its place is not shown."""
    client = PostHogClient(Wire([posthog(404)]).transport().send)

    with pytest.raises(NotFoundError) as caught:
        client.projects.retrieve("acme", id_)
    assert str(caught.value).isprintable()
    assert "abcdefgh" not in str(caught.value)


class TestPages:
    def test_all(self) -> None:
        """A list is read to its end, page by page, on the configured host."""
        following = "http://behind-a-proxy.example/api/organizations/?limit=1&offset=1"
        wire = Wire(
            [
                httpx.Response(200, json=page(ACME, more=following)),
                httpx.Response(200, json=page({**ACME, "slug": "globex"})),
            ]
        )
        client = PostHogClient(wire.transport().send)

        assert [one.slug for one in client.organizations.list()] == ["acme", "globex"]
        assert [str(one.url) for one in wire.requests] == [
            f"{HOST}/api/organizations/",
            f"{HOST}/api/organizations/?limit=1&offset=1",
        ]

    def test_one_by_one(self) -> None:
        """A page is fetched when it is reached."""
        pages = iter([page(ACME, more="?offset=1")])
        listed = PostHogClient(lambda _call: next(pages)).organizations.list()

        assert next(listed).slug == "acme"

    @pytest.mark.parametrize(
        "pages",
        [
            [page(ACME, more="?a=1"), page({**ACME, "slug": "b"}, more="?a=1")] * 9,
            [page(ACME, more="?a=1"), page({**ACME, "slug": "b"}, more="?a=2")] * 9,
            [page(ACME, more=f"?a={number}") for number in range(9)],
            [page(more=f"?a={number}") for number in range(9)],
        ],
        ids=["the same next", "two in turns", "the same page", "nothing on it"],
    )
    def test_circle(self, pages: list[Any]) -> None:
        """Pages that repeat themselves end with an error, not never."""
        following = iter(pages)

        with pytest.raises(APIResponseValidationError, match="its pages lead in a circle"):
            list(PostHogClient(lambda _call: next(following)).organizations.list())

    def test_odd_url(self) -> None:
        """A next page at a URL that is none is one line."""
        assert "has no URL" in str(refused(page(ACME, more="http://["), LISTS["organizations"]))


ODD = st.sampled_from([1e400, -1e400, 10**400, "\ud800", "phx_abcdefgh", "2026", "http://["])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | ODD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
NEARLY = st.one_of(
    *(
        st.dictionaries(st.sampled_from([*body, *more]), JSON, max_size=4).map(body.__or__)
        for body, more in [(PROJECT, SETTINGS), (NEW_KEY, ()), (ACTIVITY, ("user", "detail"))]
    )
)
PAGES = st.fixed_dictionaries({"next": JSON, "results": st.lists(NEARLY | JSON, max_size=2) | JSON})


@settings(max_examples=150, derandomize=True, database=None, deadline=None)
@given(st.sampled_from(USES), NEARLY | PAGES | JSON)
def test_any_json(use: Use, body: object) -> None:
    """Whatever JSON comes back, it is a result or one of our errors."""
    with suppress(PostHogError):
        use(PostHogClient(lambda _call: body))
