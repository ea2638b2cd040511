from typing import Any

import pytest
from support.emulator_api import Api, refusal


class TestMove:
    def second(self, api: Api, level: int) -> str:
        """Another organization of the caller."""
        made: str = api.tenant.control.send("POST", "organizations", {})["id"]
        memberships = {"memberships": {made: level}}
        api.tenant.control.send("PATCH", f"users/{api.tenant.user_id}", memberships)
        return made

    def move(self, api: Api, project: Any, target: Any) -> Any:
        """Ask for the move."""
        body = {"organization_id": target}
        return api.session.post(api.path(project, "change_organization"), json=body)

    def test_move(self, either_api: Api) -> None:
        """Id and tokens stay; the old path is empty."""
        project = either_api.make()
        target = self.second(either_api, 8)
        moved = self.move(either_api, project, target).json()

        assert moved["organization"] == target
        assert (moved["id"], moved["api_token"]) == (project["id"], project["api_token"])
        assert either_api.key.get(either_api.path(project)).status_code == 404

    def test_current_follows(self, api: Api, api_2025: Api) -> None:
        """Since 2026 the caller's current organization moves along."""
        follows = []
        for each in (api, api_2025):
            target = self.second(each, 15)
            self.move(each, each.make(), target)
            follows.append(each.key.get("/api/organizations/@current/").json()["id"] == target)

        assert follows == [True, False]

    @pytest.mark.parametrize("target", [None, "00000000-0000-0000-0000-000000000000"])
    def test_no_member(self, either_api: Api, target: str | None) -> None:
        """The target is an organization of the caller."""
        assert refusal(self.move(either_api, either_api.make(), target)) == (
            400,
            "invalid_input",
            "You must be a member of the target organization to move a project.",
            None,
        )

    def test_level(self, either_api: Api) -> None:
        """The caller is an admin in both."""
        target = self.second(either_api, 1)

        assert refusal(self.move(either_api, either_api.make(), target))[2] == (
            "You must be an admin of both the source and target organizations to move a project."
        )

    def test_malformed(self, either_api: Api) -> None:
        """PostHog breaks on what is no UUID."""
        assert self.move(either_api, either_api.make(), "slug").status_code == 500


class TestDemo:
    def test_generating(self, api: Api) -> None:
        """Demo data is on its way for as long as set."""
        project, other = api.make(is_demo=True), api.make(name="Other")
        later = {"demo_ready_at": "2100-01-01T00:00:00Z"}
        api.tenant.control.send("PATCH", f"projects/{project['id']}", later)
        bodies = [
            api.session.get(api.path(item, "is_generating_demo_data")).json()
            for item in (project, other)
        ]

        assert bodies == [
            {"is_generating_demo_data": True},
            {"is_generating_demo_data": False},
        ]


class TestIntents:
    def add(self, api: Api, project: Any, action: str = "add_product_intent", **body: Any) -> Any:
        """Send an intent with a key."""
        return api.key.patch(api.path(project, action), json=body)

    def test_add(self, either_api: Api) -> None:
        """The response to an intent is the environment; it is noted once."""
        project = either_api.make()
        first = self.add(either_api, project, product_type="session_replay")
        again = self.add(either_api, project, product_type="session_replay")

        assert first.status_code == 201
        assert "product_description" not in first.json()
        assert len(again.json()["product_intents"]) == 1
        assert either_api.get(project)["product_intents"][0]["onboarding_completed_at"] is None

    def test_complete(self, either_api: Api) -> None:
        """Completion is noted with its time."""
        project = either_api.make()
        response = self.add(
            either_api, project, "complete_product_onboarding", product_type="session_replay"
        )

        assert response.status_code == 200
        assert response.json()["product_intents"][0]["onboarding_completed_at"]

    def test_unknown_product(self, api: Api, api_2025: Api) -> None:
        """Since 2026 products are known; before, any text was taken."""
        newer, older = (
            self.add(each, each.make(), product_type="teleportation") for each in (api, api_2025)
        )

        assert refusal(newer)[1:] == (
            "invalid_choice",
            '"teleportation" is not a valid choice.',
            "product_type",
        )
        assert older.status_code == 201

    def test_missing_product(self, either_api: Api) -> None:
        """Without a product the two endpoints refuse in their own ways."""
        project = either_api.make()
        complete = self.add(either_api, project, "complete_product_onboarding")

        assert refusal(self.add(either_api, project))[1:] == (
            "required",
            "This field is required.",
            "product_type",
        )
        assert complete.status_code == 400
        assert complete.json() == {"error": "product_type is required"}

    def test_scope(self, api: Api, api_2025: Api) -> None:
        """Before 2026 no key could be given the scope, but one for everything has it."""
        for each in (api, api_2025):
            each.make()
        responses = [
            self.add(each.member(scopes=["project:read"]), "@current", product_type="surveys")
            for each in (api, api_2025)
        ]

        assert responses[0].status_code == 404
        assert refusal(responses[1])[2] == "API key missing required scope 'team:read'"
