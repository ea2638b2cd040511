import pytest

from posthog_pulumi.models.account import Membership, PersonalApiKey
from posthog_pulumi.plan.abilities import PROJECTS, ROTATION, Session, Standing, abilities, allowed

KEY = PersonalApiKey(scopes=["project:write", "organization:read"])
LIMITED = KEY.model_copy(update={"scoped_teams": [7]})
LEGACY = PersonalApiKey(scopes=None)
READER = PersonalApiKey(scopes=["project:read", "organization:read"])


def standing(
    key: PersonalApiKey | None = KEY,
    session: Session = Session.NONE,
    level: int | None = 15,
    *,
    before_2026: bool | None = False,
) -> Standing:
    """An owner with a key that may write."""
    return Standing(key, session, level, before_2026)


def reason(endpoint: str, of: Standing) -> str:
    """Why the endpoint refuses."""
    return next(one.reason for one in abilities(of) if one.endpoint == endpoint)


class TestRotation:
    @pytest.mark.parametrize(
        ("of", "works"),
        [
            (standing(), False),
            (standing(session=Session.EXPIRED), False),
            (standing(session=Session.WORKS), True),
            (standing(key=None, session=Session.WORKS), True),
            (standing(session=Session.WORKS, level=1), False),
            (standing(session=Session.WORKS, level=None), True),
            (standing(key=LEGACY), False),
            (standing(key=LEGACY, before_2026=None), False),
            (standing(key=LEGACY, before_2026=True), True),
        ],
        ids=[
            "key",
            "expired",
            "both",
            "session",
            "member",
            "level not shown",
            "legacy",
            "legacy, server unknown",
            "legacy, old server",
        ],
    )
    def test_works(self, of: Standing, *, works: bool) -> None:
        """A session that works, of an administrator; on old servers a legacy key will do."""
        assert allowed(abilities(of), ROTATION) is works


@pytest.mark.parametrize(
    ("of", "works"),
    [(standing(), True), (standing(level=1), False), (standing(READER), False)],
    ids=["key", "member", "may only read"],
)
def test_projects(of: Standing, *, works: bool) -> None:
    """A project's life needs no session, but a key that may write, of an administrator."""
    assert allowed(abilities(of), PROJECTS) is works


@pytest.mark.parametrize(
    ("endpoint", "of", "text"),
    [
        (
            "PATCH …/projects/{id}/rotate_secret_token/",
            standing(),
            "needs a session: set posthog:sessionId",
        ),
        (
            "PATCH …/projects/{id}/reset_token/",
            standing(session=Session.EXPIRED),
            "the session has expired: sign in and set posthog:sessionId again",
        ),
        (
            "POST …/projects/",
            standing(PersonalApiKey(scopes=["project:read"])),
            "the key lacks the scope project:write",
        ),
        ("POST …/projects/", standing(LIMITED), "the key is limited to single projects"),
        (
            "DELETE …/projects/{id}/",
            standing(level=1),
            "the owner is no administrator of the organization",
        ),
        (
            "PATCH …/projects/{id}/add_product_intent/",
            standing(before_2026=True),
            "the key lacks the scope team:read",
        ),
        ("PATCH …/projects/{id}/", standing(level=1, before_2026=True), ""),
        ("GET …/projects/{id}/", standing(LIMITED, level=1), ""),
    ],
)
def test_reason(endpoint: str, of: Standing, text: str) -> None:
    """It says what to change, or nothing where nothing is in the way."""
    assert reason(endpoint, of) == text


@pytest.mark.parametrize(
    ("features", "limit"),
    [
        (None, None),
        ([], 1),
        ([{"key": "organizations_projects", "limit": 6}], 6),
        ([{"key": "organizations_projects", "limit": None}], None),
        ([{"key": "dashboards", "limit": 6}], 1),
    ],
    ids=["not said", "none", "limited", "unlimited", "of something else"],
)
def test_project_limit(features: list[dict[str, object]] | None, limit: int | None) -> None:
    """A plan without the feature has one project."""
    body = {"id": "acme", "name": "Acme", "available_product_features": features}

    assert Membership.model_validate(body).project_limit == limit
