"""The two requests about a secret token: each ends one, so each is looked at before and after."""

from contextlib import suppress
from typing import Final

from posthog_pulumi.errors import RefusedError
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.once import mint_once, once
from posthog_pulumi.models.project import RemoteProject
from posthog_pulumi.models.secret_token import fingerprint

_MAY_END: Final = "It may end in a minute: run the command again."


def rotate(on: Connection, before: RemoteProject, advice: str = _MAY_END) -> RemoteProject:
    """The current token becomes the backup, what was the backup ends, and another is minted.

    Args:
        on: The connection.
        before: The project as it was when this was decided.
        advice: What to do if it may happen later.

    Raises:
        RefusedError: While ours waited for its turn, somebody else changed the tokens.
    """
    id_ = str(before.id)

    def recheck() -> None:
        now = on.client.projects.retrieve(before.organization, id_)
        if fingerprints(now) != fingerprints(before):
            raise RefusedError(
                "it was rotated, or its backup deleted, by somebody else meanwhile.",
                advice="Run `pulumi refresh` and then `pulumi up` again.",
            )

    return mint_once(
        on,
        before,
        lambda: on.client.projects.rotate_secret_token(before.organization, id_, recheck),
        lambda project: project.secret_api_token,
        advice,
    )


class _OtherBackup(RefusedError):  # noqa: N818  # not an error: there is nothing left to do
    """The backup is not the token to end any more."""


def delete_backup(on: Connection, project: RemoteProject, token: str) -> None:
    """End the backup if it is the token with this fingerprint, and no other one ever.

    PostHog deletes whichever token is the backup by then.
    """
    where, id_ = project.organization, str(project.id)

    def ended() -> bool | None:
        _, backup = fingerprints(on.client.projects.retrieve(where, id_))
        return True if backup != token else None

    def recheck() -> None:
        if ended():
            raise _OtherBackup("")

    def make() -> bool:
        with suppress(_OtherBackup):
            on.client.projects.delete_secret_token_backup(where, id_, recheck)
        return True

    _, backup = fingerprints(project)
    if backup == token:
        once(on, make, ended, _MAY_END)


def fingerprints(project: RemoteProject) -> tuple[str | None, str | None]:
    """Of the current secret token and of the backup."""
    return fingerprint(project.secret_api_token), fingerprint(project.secret_api_token_backup)
