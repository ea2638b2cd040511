"""``PostHogProject``."""

from collections.abc import Mapping
from typing import Any, Self, Unpack, cast

import pulumi
from pulumi import Input, Output, ResourceOptions

from posthog_pulumi.properties import (
    PROJECT_FACTS,
    PROJECT_OPTIONS,
    ROTATES_SECRET_TOKEN,
    TOKENS,
    UNSET,
)
from posthog_pulumi.provider import ProjectProvider
from posthog_pulumi.resources.options import with_secrets
from posthog_pulumi.resources.secret_token import PostHogProjectSecretToken
from posthog_pulumi.resources.settings_args import ProjectSettingsArgs
from posthog_pulumi.resources.settings_outputs import SENSITIVE, SETTINGS, ProjectSettingsOutputs
from posthog_pulumi.resources.unset import output_or_none

_PROJECT_OUTPUTS = (*SETTINGS, *PROJECT_OPTIONS, *PROJECT_FACTS, *TOKENS, UNSET)


class PostHogProject(
    ProjectSettingsOutputs, pulumi.dynamic.Resource, module="posthog", name="Project"
):
    """A PostHog project, updated in place and never replaced.

    Settings that the program names are managed; one that it named and then drops goes back to
    PostHog's default. Deleting a project that has ever taken an event needs ``force_destroy``.
    """

    def __init__(
        self,
        resource_name: str,
        opts: ResourceOptions | None = None,
        *,
        organization_id: Input[str] | None = None,
        force_destroy: Input[bool] | None = None,
        wait_for_demo_data: Input[bool] | None = None,
        rotate_api_token_when_changed: Input[Mapping[str, Any]] | None = None,
        rotate_secret_token_when_changed: Input[Mapping[str, Any]] | None = None,
        rotate_secret_token_after_days: Input[float] | None = None,
        **settings: Unpack[ProjectSettingsArgs],
    ) -> None:
        """Declare a project.

        Args:
            resource_name: Pulumi's name, and the project's unless ``name`` says otherwise.
            opts: Pulumi's options.
            organization_id: UUID, slug or ``@current``; the provider's configuration decides if
                left out, and a project stays where it is when that changes.
            force_destroy: Whether a project that holds events may be deleted; it must be applied
                before.
            wait_for_demo_data: Whether making a demo project lasts until its data is there.
            rotate_api_token_when_changed: The first value arms the trigger; a changed one resets
                ``api_token``, and the old one stops at once.
            rotate_secret_token_when_changed: Registers a :class:`PostHogProjectSecretToken` as a
                child: the first value arms the trigger, a changed one rotates the token.
            rotate_secret_token_after_days: The same by age.
            settings: See :class:`ProjectSettingsArgs`.
        """
        declared: dict[str, Any] = {
            **settings,
            "organization_id": organization_id,
            "force_destroy": force_destroy,
            "wait_for_demo_data": wait_for_demo_data,
            "rotate_api_token_when_changed": rotate_api_token_when_changed,
        }
        when, after = rotate_secret_token_when_changed, rotate_secret_token_after_days
        rotates = when is not None or after is not None
        if rotates:
            declared[ROTATES_SECRET_TOKEN] = True
        if opts is None or opts.id is None:
            declared.setdefault("name", resource_name)
        declared = {name: value for name, value in declared.items() if value is not None}
        self._declared = frozenset(declared)
        super().__init__(
            ProjectProvider(),
            resource_name,
            {**dict.fromkeys(_PROJECT_OUTPUTS), **declared},
            with_secrets(opts, (*TOKENS, *SENSITIVE)),
        )
        self._secret_token = self._rotate_secret_token(when, after) if rotates else None

    def _rotate_secret_token(
        self, when: Input[Mapping[str, Any]] | None, after: Input[float] | None
    ) -> PostHogProjectSecretToken:
        return PostHogProjectSecretToken(
            f"{self._name}-secret-token",
            ResourceOptions(parent=self, deleted_with=self),
            project_id=self.id,
            organization_id=self.organization,
            rotate_when_changed=when,
            rotate_after_days=after,
            revoke_on_destroy=False,  # dropping the argument is no reason to end a live key
        )

    @classmethod
    def get(
        cls,
        resource_name: str,
        id: Input[str],  # noqa: A002  # Pulumi's name for it in every `get`
        organization_id: Input[str] | None = None,
        opts: ResourceOptions | None = None,
    ) -> Self:
        """Look at a project that is managed elsewhere; it must exist and is never changed.

        Args:
            resource_name: Pulumi's name for it.
            id: The project's number in PostHog, as a string.
            organization_id: UUID, slug or ``@current``, where the provider's configuration names
                another.
            opts: Pulumi's options.
        """
        found = ResourceOptions.merge(opts, ResourceOptions(id=id))
        return cls(resource_name, found, organization_id=organization_id)

    @property
    @pulumi.getter
    def organization(self) -> Output[str]:
        """UUID of the organization that the project is in."""
        return cast("Output[str]", pulumi.get(self, "organization"))

    @property
    @pulumi.getter
    def organization_id(self) -> Output[str | None]:
        """The organization as the program spelled it."""
        return output_or_none(self, "organization_id")

    @property
    @pulumi.getter
    def force_destroy(self) -> Output[bool | None]:
        """Whether the program allows deleting the project's data."""
        return output_or_none(self, "force_destroy")

    @property
    @pulumi.getter
    def uuid(self) -> Output[str]:
        """PostHog's UUID of the project."""
        return cast("Output[str]", pulumi.get(self, "uuid"))

    @property
    @pulumi.getter
    def created_at(self) -> Output[str]:
        """When it was made, in RFC 3339."""
        return cast("Output[str]", pulumi.get(self, "created_at"))

    @property
    @pulumi.getter
    def api_token(self) -> Output[str]:
        """The token that sends events (``phc_…``), a secret."""
        return cast("Output[str]", pulumi.get(self, "api_token"))

    @property
    @pulumi.getter
    def secret_api_token(self) -> Output[str | None]:
        """The token for local evaluation (``phs_…``), a secret; None until first minted.

        With a rotation it is the token of the last one.
        """
        if self._secret_token:
            return cast("Output[str | None]", self._secret_token.token)
        return output_or_none(self, "secret_api_token")

    @property
    @pulumi.getter
    def secret_api_token_backup(self) -> Output[str | None]:
        """The secret token before the last rotation, which works until it is deleted."""
        return output_or_none(self, "secret_api_token_backup")
