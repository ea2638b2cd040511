from support.emulator_api import Api, refusal


class TestUpdate:
    def test_rename(self, now: Api) -> None:
        """A free name is taken over; one's own is always accepted; another's is refused."""
        first, second = now.make(name="One"), now.make(name="Two")

        assert now.change(first, name="ONE").status_code == 200
        assert refusal(now.change(second, name="one"))[:2] == (409, "conflict")

    def test_nothing(self, either: Api) -> None:
        """An empty body changes nothing."""
        project = either.make()

        assert either.change(project).json()["updated_at"] == project["updated_at"]

    def test_updated_at(self, now: Api, then: Api) -> None:
        """Today a new name moves `updated_at`; once it did not."""
        moved = []
        for api in (now, then):
            project = api.make()
            renamed = api.change(project, name="Other").json()
            moved.append(renamed["updated_at"] != project["updated_at"])

        assert moved == [True, False]

    def test_own_dashboard(self, either: Api) -> None:
        """A dashboard of another project is refused, one's own is taken."""
        project, other = either.make(name="One"), either.make(name="Two")
        own = either.emulator.control("POST", f"projects/{project['id']}/dashboards")["id"]

        assert either.change(project, primary_dashboard=own).json()["primary_dashboard"] == own
        assert refusal(either.change(project, primary_dashboard=other["primary_dashboard"])) == (
            400,
            "invalid_input",
            "Dashboard does not belong to this team.",
            "primary_dashboard",
        )

    def test_put(self, either: Api) -> None:
        """PUT is not served, and says so."""
        answer = either.key.put(either.path(either.make()), json={})

        assert refusal(answer)[:2] == (501, "not_implemented")


class TestDelete:
    def test_pending(self, now: Api) -> None:
        """Today a deleted project is still read, until its deletion ends."""
        project = now.make(name="Web")
        first = now.key.delete(now.path(project))
        pending = now.get(project)
        second = now.key.delete(now.path(project))
        now.emulator.control("POST", f"projects/{project['id']}/finish-deletion")

        assert (first.status_code, first.content) == (204, b"")
        assert pending["is_pending_deletion"] is True
        assert refusal(second) == (
            400,
            "invalid_input",
            "This project is already being deleted.",
            None,
        )
        assert now.key.get(now.path(project)).status_code == 404

    def test_name_is_free(self, now: Api) -> None:
        """The name of a pending project is free at once."""
        now.key.delete(now.path(now.make(name="Web")))

        assert now.make(name="Web")["name"] == "Web"

    def test_at_once(self, then: Api) -> None:
        """Once a deleted project was gone, and a second delete found nothing."""
        project = then.make()

        assert then.key.delete(then.path(project)).status_code == 204
        assert then.key.get(then.path(project)).status_code == 404
        assert then.key.delete(then.path(project)).status_code == 404

    def test_waits_for_data(self, now: Api) -> None:
        """With data the deletion waits two days, and can be cancelled in a session."""
        project = now.make()
        now.emulator.control("PATCH", f"projects/{project['id']}", {"ingested_event": True})
        now.key.delete(now.path(project))
        by_key = now.key.post(now.path(project, "cancel-deletion"))
        cancelled = now.session.post(now.path(project, "cancel-deletion"))
        again = now.session.post(now.path(project, "cancel-deletion"))

        assert by_key.status_code == 403
        assert cancelled.status_code == 200
        assert now.get(project)["is_pending_deletion"] is False
        assert refusal(again)[2] == "This project is not pending deletion."

    def test_last_of_a_subscription(self, now: Api) -> None:
        """The last project of a paying organization stays."""
        project = now.make()
        path = f"organizations/{now.tenant.organization_id}"
        now.emulator.control("PATCH", path, {"active_subscription": True})

        assert "active subscription" in refusal(now.key.delete(now.path(project)))[2]

    def test_an_id_is_never_used_again(self, then: Api) -> None:
        """A new project does not get the number of a deleted one."""
        first = then.make()
        then.key.delete(then.path(first))

        assert then.make()["id"] > first["id"]
