"""The tables of organizations, users, memberships and personal API keys."""

from typing import Any, ClassVar, Self
from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone

from posthog_pulumi.emulator.rules import tokens
from posthog_pulumi.emulator.rules.cache import people
from posthog_pulumi.emulator.rules.rows import Row

MEMBER, ADMIN, OWNER = 1, 8, 15


class Organization(Row):
    """An organization, with the switches that PostHog keeps in its plan and settings."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    name = models.CharField(max_length=64)
    slug = models.CharField(max_length=80, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    project_limit = models.IntegerField(null=True)  # null: unlimited
    anonymize_ips = models.BooleanField(default=False)
    members_can_create_projects = models.BooleanField(default=False)
    members_can_use_personal_api_keys = models.BooleanField(default=True)
    active_subscription = models.BooleanField(default=False)
    refuse_first_mint = models.BooleanField(default=False)
    data_color_themes = models.BooleanField(default=False)
    retention_entitlement = models.CharField(max_length=4, default="5y", blank=True)

    @classmethod
    def known(cls, key: UUID | None) -> Self | None:
        """The organization with this id, for reading."""
        return people.get(("organization", key), lambda: cls.read(key))


class User(Row):
    """A person; being a row at all means being authenticated."""

    uuid = models.UUIDField(default=uuid4)
    email = models.CharField(max_length=200)
    first_name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    current_organization = models.ForeignKey(
        Organization, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    current_project = models.ForeignKey(
        "Project", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    is_authenticated = True

    def levels(self) -> dict[UUID, int]:
        """The membership level in each organization."""

        def find() -> dict[UUID, int]:
            return dict(self.memberships.values_list("organization_id", "level"))

        return people.get(("levels", self.pk), find)

    def basic(self) -> dict[str, Any]:
        """The user in bodies about something else."""
        return {
            "id": self.pk,
            "uuid": str(self.uuid),
            "distinct_id": str(self.uuid),
            "first_name": self.first_name,
            "last_name": "",
            "email": self.email,
        }

    def level(self, organization: Organization | UUID) -> int | None:
        """The membership level in an organization, or None outside of it."""
        return self.levels().get(getattr(organization, "id", organization))


class Membership(Row):
    """A user's place in an organization: 1 member, 8 admin, 15 owner."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="memberships"
    )
    level = models.IntegerField()

    class Meta(Row.Meta):  # noqa: D106 - Django's
        unique_together: ClassVar = [("user", "organization")]


class PersonalApiKey(Row):
    """A personal API key; without scopes it is a legacy one."""

    id = models.CharField(primary_key=True, max_length=40, default=tokens.short_id)
    label = models.CharField(max_length=40)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="keys")
    digest = models.CharField(max_length=64, unique=True)
    mask_value = models.CharField(max_length=11)
    created_at = models.DateTimeField(default=timezone.now)
    scopes = models.JSONField(default=list)
    scoped_organizations = models.JSONField(default=list)
    scoped_projects = models.JSONField(default=list)
    throttle = models.JSONField(default=dict)  # {"burst": "480/minute", "sustained": …}

    def grants(self, scope: str) -> bool:
        """Whether the scopes cover this one; writing includes reading."""
        wider = scope.replace(":read", ":write")
        return not {"*", scope, wider}.isdisjoint(self.scopes)
