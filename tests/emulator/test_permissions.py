import pytest
from support.emulator_api import Api, denied, refusal

NOT_FOUND = (404, "not_found", "Not found.", None)
NO_ORGANIZATION = (404, "not_found", "Organization not found.", None)
SESSION_ONLY = (
    ("GET", "activity"),
    ("POST", "change_organization"),
    ("PATCH", "delete_secret_token_backup"),
    ("GET", "is_generating_demo_data"),
    ("PATCH", "reset_token"),
    ("PATCH", "rotate_secret_token"),
)
SCOPES = {
    "list": ("GET", "", "project:read"),
    "create": ("POST", "", "project:write"),
    "retrieve": ("GET", "@current/", "project:read"),
    "change": ("PATCH", "@current/", "project:write"),
    "destroy": ("DELETE", "@current/", "project:write"),
    "options": ("OPTIONS", "@current/", "project:read"),
    "options of the list": ("OPTIONS", "", "project:read"),
    "options of an action": ("OPTIONS", "@current/rotate_secret_token/", "project:read"),
    "patch of the list": ("PATCH", "", "project:write"),
}


class TestScopes:
    @pytest.mark.parametrize(("method", "rest", "scope"), SCOPES.values(), ids=SCOPES)
    def test_missing(self, api: Api, method: str, rest: str, scope: str) -> None:
        """Each action names the scope that the key lacks."""
        api.make()
        other = api.member(15, scopes=["insight:write"])
        response = other.key.request(method, api.projects + rest)

        assert refusal(response) == denied(f"API key missing required scope '{scope}'")

    def test_writing_includes_reading(self, either_api: Api) -> None:
        """`project:write` lets a key read."""
        other = either_api.member(15, scopes=["project:write"])

        assert other.key.get(either_api.projects).status_code == 200

    def test_patch_by_reader(self, api: Api, api_2025: Api) -> None:
        """Before 2026 reading was enough to change configuration, but not the name."""
        responses = []
        for each in (api, api_2025):
            path = each.path(each.make())
            reader = each.member(15, scopes=["project:read"]).key
            responses += [reader.patch(path, json={"timezone": "UTC"})]
            responses += [reader.patch(path, json={"name": "X"})]

        assert [response.status_code for response in responses] == [403, 403, 200, 403]

    @pytest.mark.parametrize(("method", "action"), SESSION_ONLY)
    def test_session_only(self, api: Api, api_2025: Api, method: str, action: str) -> None:
        """Even a key for everything is refused; before 2026 a legacy key without scopes was not."""
        texts = [
            each.key.request(method, each.path(each.make(), action)).json()["detail"]
            for each in (api, api_2025)
        ]
        legacy = api_2025.member(15, scopes=[])
        response = legacy.key.request(method, api_2025.path("@current", action))

        assert texts == [
            "This action does not support personal API key access",
            "This action does not support Personal API Key access",
        ]
        assert response.status_code != 403

    def test_legacy_since_2026(self, api: Api) -> None:
        """Since 2026 a key without scopes may do nothing."""
        assert api.member(15, scopes=[]).key.get(api.projects).status_code == 403

    @pytest.mark.parametrize("rest", ["", "@current/", "@current/rotate_secret_token/"])
    def test_options(self, either_api: Api, rest: str) -> None:
        """A reader may ask what a path takes, even where no key may do it."""
        either_api.make()
        reader = either_api.member(15, scopes=["project:read"]).key
        paths = [root + rest for root in (either_api.projects, "/api/projects/")]

        assert [reader.options(path).status_code for path in paths] == [200, 200]

    def test_patch_of_the_list(self, either_api: Api) -> None:
        """It counts as a write, so a key that may write is told that there is no such method."""
        response = either_api.key.patch(either_api.projects, json={})

        assert refusal(response) == (
            405,
            "method_not_allowed",
            'Method "PATCH" not allowed.',
            None,
        )

    def test_unknown_method(self, either_api: Api) -> None:
        """The scope is checked before the method, so only a session gets 405."""
        path = either_api.path(either_api.make())

        assert either_api.key.post(path).status_code == 403
        assert refusal(either_api.session.post(path))[:2] == (405, "method_not_allowed")


class TestLimits:
    def test_other_organization(self, either_api: Api) -> None:
        """A key limited to other organizations says so."""
        foreign = either_api.tenant.new_tenant().organization_id
        limited = either_api.member(15, scoped_organizations=[foreign])

        assert refusal(limited.key.get(either_api.projects)) == denied(
            "API key does not have access to the requested organization: "
            f"ID {either_api.tenant.organization_id}."
        )

    def test_projects(self, either_api: Api) -> None:
        """A key limited to projects reaches those, and neither lists nor creates."""
        mine, other = either_api.make(name="One"), either_api.make(name="Two")
        limited = either_api.member(15, scoped_projects=[mine["id"]]).key

        assert limited.get(either_api.path(mine)).status_code == 200
        assert refusal(limited.get(either_api.path(other))) == denied(
            f"API key does not have access to the requested project: ID {other['id']}."
        )
        assert refusal(limited.get(either_api.projects)) == denied(
            "API keys with scoped projects are only supported on project-based endpoints."
        )

    def test_forbidden_keys(self, either_api: Api) -> None:
        """An organization may forbid its members to use keys."""
        path = f"organizations/{either_api.tenant.organization_id}"
        either_api.tenant.control.send("PATCH", path, {"members_can_use_personal_api_keys": False})
        response = either_api.member().key.get(either_api.projects)

        assert "does not allow using personal API keys" in refusal(response)[2]
        assert either_api.key.get(either_api.projects).status_code == 200


class TestStrangers:
    @pytest.mark.parametrize("organization", ["slug", "00000000-0000-0000-0000-000000000000"])
    def test_no_organization(self, either_api: Api, organization: str) -> None:
        """What is no UUID, or unknown, is no organization."""
        path = f"/api/organizations/{organization}/projects/"

        assert refusal(either_api.key.get(path)) == NO_ORGANIZATION

    def test_foreign_organization(self, either_api: Api) -> None:
        """A stranger sees an empty list and finds nothing."""
        project = either_api.make()
        stranger = Api(either_api.tenant.new_tenant()).key

        assert stranger.get(either_api.projects).json()["count"] == 0
        assert refusal(stranger.get(either_api.path(project))) == NOT_FOUND
        assert refusal(stranger.post(either_api.projects, json={})) == NO_ORGANIZATION

    def test_wrong_path(self, either_api: Api) -> None:
        """A project is not found under another organization of its member."""
        project = either_api.make()
        second = either_api.tenant.control.send("POST", "organizations", {})["id"]
        memberships = {"memberships": {second: 15}}
        either_api.tenant.control.send("PATCH", f"users/{either_api.tenant.user_id}", memberships)
        path = f"/api/organizations/{second}/projects/{project['id']}/"

        assert refusal(either_api.key.get(path)) == NOT_FOUND
        assert either_api.key.get(f"/api/projects/{project['id']}/").status_code == 200

    def test_private_project(self, either_api: Api) -> None:
        """A private project is hidden from a plain member, never from an admin."""
        project = either_api.make()
        member = either_api.member()
        hidden = {"hidden_from": [member.tenant.user_id, either_api.tenant.user_id]}
        either_api.tenant.control.send("PATCH", f"projects/{project['id']}", hidden)

        assert refusal(member.key.get(either_api.path(project))) == NOT_FOUND
        assert either_api.key.get(either_api.path(project)).status_code == 200
