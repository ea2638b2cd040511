from typing import Any

import httpx
import pytest
from support.fake_posthog import body
from support.scripted_transport import Wire

from posthog_pulumi.client import PostHogClient
from posthog_pulumi.errors import APIResponseValidationError

HOST = "https://ph.example"


def page(*organizations: dict[str, Any], more: str | None = None) -> httpx.Response:
    """A page of a list."""
    return httpx.Response(200, json={"count": 9, "next": more, "results": organizations})


def organization(slug: str) -> dict[str, Any]:
    """An organization of that slug."""
    return {"id": f"id-of-{slug}", "name": slug, "slug": slug}


def client(*script: httpx.Response) -> tuple[PostHogClient, Wire]:
    """A client over a wire that answers so."""
    wire = Wire(list(script))
    return PostHogClient(wire.transport()), wire


def test_all_pages() -> None:
    """A list is read to its end, page by page, on the configured host."""
    following = "http://behind-a-proxy.example/api/organizations/?limit=1&offset=1"
    posthog, wire = client(page(organization("acme"), more=following), page(organization("globex")))

    assert [one.slug for one in posthog.organizations.list()] == ["acme", "globex"]
    assert [str(one.url) for one in wire.requests] == [
        f"{HOST}/api/organizations/",
        f"{HOST}/api/organizations/?limit=1&offset=1",
    ]


def test_slug_is_asked_for_once() -> None:
    """Slugs are looked up for all resources of a run at once."""
    posthog, wire = client(page(organization("acme"), organization("globex")))

    assert posthog.organizations.id_of("globex") == "id-of-globex"
    assert posthog.organizations.id_of("acme") == "id-of-acme"
    assert len(wire.requests) == 1


def test_paths_are_quoted() -> None:
    """Whatever an id holds, it stays one part of the path."""
    posthog, wire = client(httpx.Response(200, json=body()))
    posthog.projects.retrieve("@current", "1/../../users?a=b")

    assert wire.requests[0].url.raw_path == (
        b"/api/organizations/@current/projects/1%2F..%2F..%2Fusers%3Fa%3Db/"
    )


@pytest.mark.parametrize(
    ("answer", "place"),
    [([], "the body"), ({"id": 1}, "organization"), (body(api_token=None), "api_token")],
)
def test_other_shape(answer: object, place: str) -> None:
    """JSON that is no project is told by the place that does not fit, never by its value."""
    posthog, _ = client(httpx.Response(200, json=answer))

    with pytest.raises(APIResponseValidationError) as caught:
        posthog.projects.retrieve("@current", "1")
    assert place in str(caught.value)
    assert str(caught.value).endswith(" (GET /api/organizations/@current/projects/1/)")
