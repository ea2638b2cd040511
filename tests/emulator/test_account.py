import pytest
from support.emulator_api import Api, refusal


class TestOrganizations:
    def test_list(self, either_api: Api) -> None:
        """The caller's organizations, with id and slug."""
        body = either_api.key.get("/api/organizations/").json()

        assert body["count"] == 1
        assert body["results"][0]["id"] == either_api.tenant.organization_id
        assert body["results"][0]["slug"]
        assert body["results"][0]["membership_level"] == 15

    @pytest.mark.parametrize("name", ["@current", None])
    def test_retrieve(self, either_api: Api, name: str | None) -> None:
        """One organization, by its id or as the current one, with its projects."""
        project = either_api.make()
        body = either_api.key.get(
            f"/api/organizations/{name or either_api.tenant.organization_id}/"
        ).json()

        assert body["id"] == either_api.tenant.organization_id
        assert [item["id"] for item in body["projects"]] == [project["id"]]

    def test_foreign(self, either_api: Api) -> None:
        """A stranger's organization is not found."""
        path = f"/api/organizations/{either_api.tenant.new_tenant().organization_id}/"

        assert refusal(either_api.key.get(path))[:2] == (404, "not_found")

    def test_scope(self, either_api: Api) -> None:
        """Keys need `organization:read`."""
        response = either_api.member(scopes=["project:write"]).key.get("/api/organizations/")

        assert refusal(response)[2] == "API key missing required scope 'organization:read'"


class TestMembers:
    def test_list(self, either_api: Api) -> None:
        """Everybody in the organization, with level and address."""
        member = either_api.member()
        path = f"/api/organizations/{either_api.tenant.organization_id}/members/"
        body = either_api.key.get(path).json()
        levels = {item["user"]["id"]: item["level"] for item in body["results"]}

        assert body["count"] == 2
        assert levels == {either_api.tenant.user_id: 15, member.tenant.user_id: 1}
        assert "@" in body["results"][0]["user"]["email"]
        assert len({item["id"] for item in body["results"]}) == 2

    def test_current(self, either_api: Api) -> None:
        """Those of the caller's current organization."""
        body = either_api.key.get("/api/organizations/@current/members").json()

        assert [item["user"]["id"] for item in body["results"]] == [either_api.tenant.user_id]

    def test_foreign(self, either_api: Api) -> None:
        """A stranger is told nothing."""
        foreign = either_api.tenant.new_tenant().organization_id
        response = either_api.key.get(f"/api/organizations/{foreign}/members/")

        assert refusal(response) == (404, "not_found", "Not found.", None)

    def test_scope(self, either_api: Api) -> None:
        """Keys need a scope of their own."""
        reader = either_api.member(scopes=["organization:read"]).key
        response = reader.get("/api/organizations/@current/members/")

        assert refusal(response)[2] == "API key missing required scope 'organization_member:read'"


class TestRootProjects:
    def test_create_and_list(self, either_api: Api) -> None:
        """Without an organization in the path the caller's current one is meant."""
        made = either_api.key.post("/api/projects/", json={"name": "Web"})
        listed = either_api.key.get("/api/projects/").json()

        assert made.status_code == 201
        assert listed == either_api.key.get(either_api.projects).json()
        assert [item["id"] for item in listed["results"]] == [made.json()["id"]]

    def test_limited_key(self, either_api: Api) -> None:
        """A key for other organizations is refused."""
        foreign = either_api.tenant.new_tenant().organization_id
        limited = either_api.member(15, scoped_organizations=[foreign]).key

        assert refusal(limited.get("/api/projects/"))[:2] == (403, "permission_denied")


def test_me(either_api: Api) -> None:
    """The caller, with current organization and all others."""
    body = either_api.key.get("/api/users/@me/").json()

    assert body["id"] == either_api.tenant.user_id
    assert body["organization"]["id"] == either_api.tenant.organization_id
    assert [item["id"] for item in body["organizations"]] == [either_api.tenant.organization_id]


def test_this_key(either_api: Api) -> None:
    """Any key may ask what it may do; its value is not shown."""
    limited = either_api.member(scopes=["project:read"], scoped_projects=[7])
    body = limited.key.get("/api/personal_api_keys/@current/").json()

    assert (body["scopes"], body["scoped_teams"]) == (["project:read"], [7])
    assert limited.tenant.api_key not in str(body)


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/api/", "/api/projects/1/insights/", "/api/insights/"])
def test_not_served(either_api: Api, method: str, path: str) -> None:
    """Everything else under `/api/` says loudly that it is not here."""
    assert refusal(either_api.key.request(method, path))[:2] == (501, "not_implemented")


class TestEnvironments:
    def test_alias(self, api: Api) -> None:
        """Since 2026 the old address is the project, and says that it will go."""
        project = api.make()
        response = api.key.get(f"/api/environments/{project['id']}/")

        assert response.json() == project
        assert response.headers["Deprecation"] == "true"
        assert "Sunset" in response.headers

    def test_successor(self, api: Api) -> None:
        """The successor is named with the query of the request."""
        project = api.make()
        response = api.key.get(f"/api/environments/{project['id']}/?basic=true")

        assert f"</api/projects/{project['id']}/?basic=true>" in response.headers["Link"]

    def test_delete(self, api: Api) -> None:
        """Since 2026 the project is deleted, headers and all."""
        project = api.make()
        response = api.key.delete(f"/api/environments/{project['id']}/")

        assert response.status_code == 204
        assert "Sunset" in response.headers
        assert api.get(project)["is_pending_deletion"] is True

    def test_delete_in_2025(self, api_2025: Api) -> None:
        """Before 2026 it is not served here, which is said loudly."""
        project = api_2025.make()
        response = api_2025.session.delete(f"/api/environments/{project['id']}/")

        assert refusal(response)[:2] == (501, "not_implemented")
        assert api_2025.get(project)["id"] == project["id"]

    def test_environment(self, api_2025: Api) -> None:
        """Before 2026 it had a body of its own."""
        project = api_2025.make()
        response = api_2025.key.get(f"/api/environments/{project['id']}/")

        assert "product_description" not in response.json()
        assert "Deprecation" not in response.headers

    def test_more_fields(self, api_2025: Api) -> None:
        """Before 2026 it took settings that the project's own address did not know."""
        project = api_2025.make()
        path = f"/api/environments/{project['id']}/"
        before = api_2025.key.get(path).json()
        sent = {"cookieless_server_hash_mode": 2, "capture_dead_clicks": True}
        reader = api_2025.member(15, scopes=["project:read"]).key
        changed = reader.patch(path, json=sent).json()
        api_2025.change(project, cookieless_server_hash_mode=1)

        assert {name: before[name] for name in sent} == {
            "cookieless_server_hash_mode": 0,
            "capture_dead_clicks": False,
        }
        assert {name: changed[name] for name in sent} == sent
        assert api_2025.key.get(path).json()["cookieless_server_hash_mode"] == 2
        assert sent.keys() & api_2025.get(project).keys() == set()

    def test_a_wrong_value(self, api_2025: Api) -> None:
        """They are checked like all others."""
        path = f"/api/environments/{api_2025.make()['id']}/"
        response = api_2025.key.patch(path, json={"cookieless_server_hash_mode": 3})

        assert refusal(response) == (
            400,
            "invalid_choice",
            '"3" is not a valid choice.',
            "cookieless_server_hash_mode",
        )

    def test_change(self, either_api: Api) -> None:
        """Settings can be changed there."""
        project = either_api.make()
        path = f"/api/environments/{project['id']}/"
        either_api.key.patch(path, json={"timezone": "Asia/Tokyo"})

        assert either_api.get(project)["timezone"] == "Asia/Tokyo"
