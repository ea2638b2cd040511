from support.emulator_api import Api, refusal


class TestUpdate:
    def test_rename(self, api: Api) -> None:
        """A free name is taken over; one's own is always accepted; another's is refused."""
        first, second = api.make(name="One"), api.make(name="Two")

        assert api.change(first, name="ONE").status_code == 200
        assert refusal(api.change(second, name="one"))[:2] == (409, "conflict")

    def test_nothing(self, either_api: Api) -> None:
        """An empty body changes nothing."""
        project = either_api.make()

        assert either_api.change(project).json()["updated_at"] == project["updated_at"]

    def test_updated_at(self, api: Api, api_2025: Api) -> None:
        """Since 2026 a new name moves `updated_at`."""
        moved = []
        for each in (api, api_2025):
            project = each.make()
            renamed = each.change(project, name="Other").json()
            moved.append(renamed["updated_at"] != project["updated_at"])

        assert moved == [True, False]

    def test_own_dashboard(self, either_api: Api) -> None:
        """A dashboard of another project is refused, one's own is taken."""
        project, other = either_api.make(name="One"), either_api.make(name="Two")
        own = either_api.tenant.control.send("POST", f"projects/{project['id']}/dashboards")["id"]

        assert either_api.change(project, primary_dashboard=own).json()["primary_dashboard"] == own
        assert refusal(
            either_api.change(project, primary_dashboard=other["primary_dashboard"])
        ) == (
            400,
            "invalid_input",
            "Dashboard does not belong to this team.",
            "primary_dashboard",
        )

    def test_put(self, either_api: Api) -> None:
        """PUT is not served, at neither address, and says so."""
        project = either_api.make()
        paths = (either_api.path(project), f"/api/environments/{project['id']}/")
        told = [refusal(either_api.key.put(path, json={}))[:2] for path in paths]

        assert told == [(501, "not_implemented")] * 2


class TestDelete:
    def test_pending(self, api: Api) -> None:
        """Since 2026 a deleted project is still read, until its deletion ends."""
        project = api.make(name="Web")
        first = api.key.delete(api.path(project))
        pending = api.get(project)
        second = api.key.delete(api.path(project))
        api.tenant.control.finish_deletion(project["id"])

        assert (first.status_code, first.content) == (204, b"")
        assert pending["is_pending_deletion"] is True
        assert refusal(second) == (
            400,
            "invalid_input",
            "This project is already being deleted.",
            None,
        )
        assert api.key.get(api.path(project)).status_code == 404

    def test_name_is_free(self, api: Api) -> None:
        """The name of a pending project is free at once."""
        api.key.delete(api.path(api.make(name="Web")))

        assert api.make(name="Web")["name"] == "Web"

    def test_at_once(self, api_2025: Api) -> None:
        """Before 2026 a deleted project was gone, and a second delete found nothing."""
        project = api_2025.make()

        assert api_2025.key.delete(api_2025.path(project)).status_code == 204
        assert api_2025.key.get(api_2025.path(project)).status_code == 404
        assert api_2025.key.delete(api_2025.path(project)).status_code == 404

    def test_waits_for_data(self, api: Api) -> None:
        """With data the deletion waits two days, and can be cancelled in a session."""
        project = api.make()
        api.tenant.control.ingest(project["id"])
        api.key.delete(api.path(project))
        by_key = api.key.post(api.path(project, "cancel-deletion"))
        cancelled = api.session.post(api.path(project, "cancel-deletion"))
        again = api.session.post(api.path(project, "cancel-deletion"))

        assert by_key.status_code == 403
        assert cancelled.status_code == 200
        assert api.get(project)["is_pending_deletion"] is False
        assert refusal(again)[2] == "This project is not pending deletion."

    def test_last_of_a_subscription(self, api: Api) -> None:
        """The last project of a paying organization stays."""
        project = api.make()
        path = f"organizations/{api.tenant.organization_id}"
        api.tenant.control.send("PATCH", path, {"active_subscription": True})

        assert "active subscription" in refusal(api.key.delete(api.path(project)))[2]

    def test_an_id_is_never_used_again(self, api_2025: Api) -> None:
        """A new project does not get the number of a deleted one."""
        first = api_2025.make()
        api_2025.key.delete(api_2025.path(first))

        assert api_2025.make()["id"] > first["id"]
