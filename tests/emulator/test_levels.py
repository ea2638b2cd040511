from support.emulator_api import Api, denied, refusal


class TestLevels:
    def test_create(self, api: Api, api_2025: Api) -> None:
        """A plain member does not create projects."""
        responses = [each.member().key.post(each.projects, json={}) for each in (api, api_2025)]

        assert [refusal(response)[2] for response in responses] == [
            "You need to be an organization admin or above to create new projects.",
            "Your organization access level is insufficient.",
        ]

    def test_members_may_create(self, api: Api) -> None:
        """An organization may let members create, but not set what admins set."""
        path = f"organizations/{api.tenant.organization_id}"
        api.tenant.control.send("PATCH", path, {"members_can_create_projects": True})
        member = api.member()

        assert member.key.post(api.projects, json={"name": "Mine"}).status_code == 201
        assert refusal(member.key.post(api.projects, json={"timezone": "UTC"})) == denied(
            "Only organization admins can set these settings on project creation: timezone"
        )

    def test_settings(self, api: Api, api_2025: Api) -> None:
        """Since 2026 a member changes few settings, all or nothing; before, any."""
        sent = {"surveys_opt_in": True, "timezone": "Asia/Tokyo", "name": "Mine"}
        responses = [each.member().change(each.make(), **sent) for each in (api, api_2025)]

        assert refusal(responses[0]) == denied(
            "Only project admins can modify these settings: name, timezone"
        )
        assert api.get("@current")["surveys_opt_in"] is None
        assert responses[1].status_code == 200

    def test_delete(self, either_api: Api) -> None:
        """A plain member does not delete."""
        path = either_api.path(either_api.make())

        assert refusal(either_api.member().key.delete(path)) == denied(
            "You don't have sufficient permissions in the project."
        )

    def test_shown_level(self, api: Api, api_2025: Api) -> None:
        """Since 2026 an owner is shown as an admin."""
        assert api.make()["effective_membership_level"] == 8
        assert api_2025.make()["effective_membership_level"] == 15
