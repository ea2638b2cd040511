from support.emulator_api import Api, denied, refusal


class TestLevels:
    def test_create(self, now: Api, then: Api) -> None:
        """A plain member does not create projects."""
        answers = [api.member().key.post(api.projects, json={}) for api in (now, then)]

        assert [refusal(answer)[2] for answer in answers] == [
            "You need to be an organization admin or above to create new projects.",
            "Your organization access level is insufficient.",
        ]

    def test_members_may_create(self, now: Api) -> None:
        """An organization may let members create, but not set what admins set."""
        path = f"organizations/{now.tenant.organization_id}"
        now.emulator.control("PATCH", path, {"members_can_create_projects": True})
        member = now.member()

        assert member.key.post(now.projects, json={"name": "Mine"}).status_code == 201
        assert refusal(member.key.post(now.projects, json={"timezone": "UTC"})) == denied(
            "Only organization admins can set these settings on project creation: timezone"
        )

    def test_settings(self, now: Api, then: Api) -> None:
        """Today a member changes few settings, all or nothing; once any."""
        sent = {"surveys_opt_in": True, "timezone": "Asia/Tokyo", "name": "Mine"}
        answers = [api.member().change(api.make(), **sent) for api in (now, then)]

        assert refusal(answers[0]) == denied(
            "Only project admins can modify these settings: name, timezone"
        )
        assert now.get("@current")["surveys_opt_in"] is None
        assert answers[1].status_code == 200

    def test_delete(self, either: Api) -> None:
        """A plain member does not delete."""
        path = either.path(either.make())

        assert refusal(either.member().key.delete(path)) == denied(
            "You don't have sufficient permissions in the project."
        )

    def test_shown_level(self, now: Api, then: Api) -> None:
        """Today an owner is shown as an admin."""
        assert now.make()["effective_membership_level"] == 8
        assert then.make()["effective_membership_level"] == 15
