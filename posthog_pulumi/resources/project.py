"""``PostHogProject``."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, Never, Self, Unpack

from pulumi import Input, Output, ResourceOptions

from posthog_pulumi.properties import (
    PROJECT_FACTS,
    PROJECT_OPTIONS,
    ROTATES_SECRET_TOKEN,
    SECRET_TOKENS,
    TOKENS,
    UNSET,
    plain,
)
from posthog_pulumi.provider import ProjectProvider
from posthog_pulumi.resources.project_args import PostHogProjectArgs
from posthog_pulumi.resources.resource import PostHogResource
from posthog_pulumi.resources.secret_token import PostHogProjectSecretToken
from posthog_pulumi.resources.settings_outputs import SENSITIVE, SETTINGS, ProjectSettingsOutputs

_ROTATION: Final = {
    "rotate_secret_token_when_changed": "rotate_when_changed",
    "rotate_secret_token_after_days": "rotate_after_days",
}
"""Arguments of a project that are those of its secret token."""


class ProjectOutputs(ProjectSettingsOutputs):
    """What a program reads of a project: what it declares, and what PostHog adds.

    Apart from the resource, whose own annotations Pulumi's SDK would resolve anew for each project.
    """

    organization: Output[str]
    """UUID of the organization that the project is in."""
    organization_id: Output[str]
    """The organization as the program spells it."""
    force_destroy: Output[bool]
    """Whether the program allows deleting the project's data."""
    uuid: Output[str]
    """PostHog's UUID of the project."""
    created_at: Output[str]
    """When it was made, in RFC 3339."""
    api_token: Output[str]
    """The token that sends events (``phc_…``), a secret."""
    secret_api_token: Output[str | None]
    """The token for local evaluation (``phs_…``), a secret; None until first minted.

    With a rotation it is ``secret_token.token``, which is never None.
    """
    secret_api_token_backup: Output[str | None]
    """The secret token before the last rotation by hand, which works until it is deleted."""
    secret_token: PostHogProjectSecretToken
    """The child that rotates the secret token."""

    if not TYPE_CHECKING:  # a type checker would take every name for an output

        def __getattr__(self, name: str) -> Never:
            """Say how to get at a value that this project does not record."""
            raise AttributeError(_absence(self.__dict__.get("_name"), name))


class PostHogProject(ProjectOutputs, PostHogResource, module="posthog", name="Project"):
    """A PostHog project, updated in place and never replaced.

    Settings that the program names are managed; one that it named and then drops goes back to
    PostHog's default. Deleting a project that has ever ingested an event needs ``force_destroy``.
    Existing projects are brought under management by ``posthog-pulumi import``.
    """

    def __init__(
        self,
        resource_name: str,
        opts: ResourceOptions | None = None,
        **arguments: Unpack[PostHogProjectArgs],
    ) -> None:
        """Declare a project.

        Args:
            resource_name: Pulumi's name, and the project's unless ``name`` is given.
            opts: Pulumi's options.
            arguments: See :class:`PostHogProjectArgs`.
        """
        instead = "`posthog-pulumi import --project ID` imports it."
        declared = self._given(resource_name, opts, arguments, instead)
        rotation = {
            argument: declared.pop(name) for name, argument in _ROTATION.items() if name in declared
        }
        if rotation:
            declared[ROTATES_SECRET_TOKEN] = True
        external = opts is not None and opts.id is not None
        if not external:
            declared.setdefault("name", resource_name)
        may_be_none = (*(SETTINGS if external else ()), *(() if rotation else SECRET_TOKENS))
        outputs = (*PROJECT_FACTS, "api_token", UNSET, *may_be_none)
        props = {**dict.fromkeys(outputs), **declared}
        secrets = [name for name in (*TOKENS, *SENSITIVE) if name in props]
        super().__init__(ProjectProvider(), resource_name, props, opts, secrets=secrets)
        self._make_readable(declared, may_be_none)
        if rotation:
            self.secret_token = self._rotate_secret_token(rotation)
            self.secret_api_token = self.secret_token.token

    def _make_readable(self, declared: Mapping[str, Any], may_be_none: Iterable[str]) -> None:
        """Numbers arrive as floats, and what has no value would be unknown in each preview.

        The engine keeps no null, so all that depends on one would look changed.
        """
        found = self.__dict__
        for name in found.keys() & {*SETTINGS}:
            if not isinstance(declared.get(name), str | bool):
                found[name] = found[name].apply(plain)
        for name in found.keys() & {*may_be_none}:
            found[name] = _or_none(found[name], name, found[UNSET])

    def _rotate_secret_token(self, rotation: Mapping[str, Any]) -> PostHogProjectSecretToken:
        return PostHogProjectSecretToken(
            secret_token_name(self._name),
            # A protected project still rotates its token: the replacement would be refused.
            ResourceOptions(parent=self, deleted_with=self, protect=False),
            **secret_token_arguments(self.id, self.organization, rotation),
        )

    @classmethod
    def get(
        cls,
        resource_name: str,
        id: Input[str],  # noqa: A002  # Pulumi's name for it in every `get`
        opts: ResourceOptions | None = None,
        *,
        organization_id: Input[str] | None = None,
    ) -> Self:
        """Read a project that is managed elsewhere; it must exist and is never changed.

        Args:
            resource_name: Pulumi's name for it.
            id: The project's number in PostHog, as a string.
            opts: Pulumi's options.
            organization_id: UUID, slug or ``@current``, where the provider's configuration names
                another.
        """
        found = ResourceOptions.merge(opts, ResourceOptions(id=id))
        return cls(resource_name, found, organization_id=organization_id)


def secret_token_name(resource_name: str) -> str:
    """Name of the child that rotates a project's secret token."""
    return f"{resource_name}-secret-token"


def secret_token_arguments(
    project_id: Input[str], organization: Input[str], rotation: Mapping[str, Any]
) -> dict[str, Any]:
    """Arguments of that child."""
    return {
        "project_id": project_id,
        "organization_id": organization,
        "revoke_on_destroy": False,  # dropping the rotation is no reason to end a live key
        **rotation,
    }


def _or_none(value: Output[Any], name: str, unset: Output[list[str] | None]) -> Output[Any]:
    return unset.apply(lambda names: None if name in (names or ()) else value)


def _absence(resource_name: object, name: str) -> str:
    """Why a project has no output of that name, and what to do."""
    project = f"project {resource_name!r}"
    look_up = "look it up with get_project_output(id=…)"
    if name in SETTINGS:
        return (
            f"{project} does not declare {name}, so it has no such output: declare it, or"
            f" {look_up}.settings[{name!r}]."
        )
    if name == "secret_token":
        return (
            f"{project} does not rotate its secret token: declare rotate_secret_token_when_changed"
            " or rotate_secret_token_after_days, or read secret_api_token."
        )
    if name in SECRET_TOKENS:
        return f"{project} rotates its secret token and does not record {name}: {look_up}.{name}."
    if name in PROJECT_OPTIONS:
        return f"{project} does not declare {name}, so it has no such output."
    return f"{project} has no output {name}."
