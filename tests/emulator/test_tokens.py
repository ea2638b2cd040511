import re

import pytest
from support.emulator_api import Api, refusal

REFUSED_MINT = (
    "The feature flags secure API key is deprecated. Create a project secret API key "
    "with the feature_flag:read scope instead."
)
NO_LEVEL = "You don't have sufficient permissions in the project."


class TestRotation:
    def test_first(self, either_api: Api) -> None:
        """The first call mints the secret token; there is no backup yet."""
        body = either_api.act(either_api.make(), "rotate_secret_token").json()

        assert re.fullmatch(r"phs_\w{47,48}", body["secret_api_token"])
        assert body["secret_api_token_backup"] is None

    def test_again(self, either_api: Api) -> None:
        """The old token becomes the backup; an older backup is lost."""
        project = either_api.make()
        rotated = [either_api.act(project, "rotate_secret_token").json() for _ in range(3)]
        secrets = [body["secret_api_token"] for body in rotated]

        assert [body["secret_api_token_backup"] for body in rotated] == [None, *secrets[:2]]
        assert either_api.get(project)["secret_api_token"] == secrets[2]

    def test_drop_backup(self, either_api: Api) -> None:
        """The backup goes, the token stays; without a backup nothing happens."""
        project = either_api.make()
        either_api.act(project, "rotate_secret_token")
        token = either_api.act(project, "rotate_secret_token").json()["secret_api_token"]
        dropped = [either_api.act(project, "delete_secret_token_backup").json() for _ in range(2)]

        assert dropped[0] | {"live_events_token": ""} == dropped[1] | {"live_events_token": ""}
        assert dropped[0]["secret_api_token_backup"] is None
        assert dropped[0]["secret_api_token"] == token

    def test_refused_mint(self, api: Api) -> None:
        """Where it is switched on, only a first token is refused."""
        old, new = api.make(), api.make()
        api.act(old, "rotate_secret_token")
        path = f"organizations/{api.tenant.organization_id}"
        api.tenant.control.send("PATCH", path, {"refuse_first_mint": True})

        assert refusal(api.act(new, "rotate_secret_token"))[2] == REFUSED_MINT
        assert api.act(old, "rotate_secret_token").status_code == 200

    @pytest.mark.parametrize(
        "action", ["reset_token", "rotate_secret_token", "delete_secret_token_backup"]
    )
    def test_member(self, either_api: Api, action: str) -> None:
        """Tokens are for project admins."""
        project = either_api.make()

        assert refusal(either_api.member().act(project, action))[2] == NO_LEVEL

    def test_reset(self, either_api: Api) -> None:
        """A reset gives another API token and changes nothing else that is ours."""
        project = either_api.make()
        body = either_api.act(project, "reset_token").json()
        moving = {"api_token", "live_events_token", "updated_at"}

        assert {name for name in body if body[name] != project[name]} >= {"api_token"}
        assert {name for name in body if body[name] != project[name]} <= moving
