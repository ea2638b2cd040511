"""The tables."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from posthog_pulumi.emulator.rules import tokens
from posthog_pulumi.emulator.rules.cache import people

MEMBER, ADMIN, OWNER = 1, 8, 15


class Row(models.Model):  # type: ignore[misc]  # Django has no types
    """What all tables share."""

    class Meta:  # noqa: D106 - Django's
        abstract = True
        app_label = "rules"

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"


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


class Projects(models.Manager):  # type: ignore[misc]  # Django has no types
    """Projects that are still there: a finished deletion hides them."""

    def get_queryset(self) -> QuerySet:
        """Leave out what the deletion workflow has removed by now."""
        there = Q(purged_at=None) | Q(purged_at__gt=timezone.now())
        return super().get_queryset().filter(there)

    def visible_to(self, user: User) -> QuerySet:
        """Those in the user's organizations, except private ones for plain members."""
        levels = user.levels()
        admin_in = [key for key, level in levels.items() if level >= ADMIN]
        seen = Q(organization__in=admin_in) | ~Q(hidden_from=user)
        return self.filter(seen, organization__in=list(levels))


class Project(Row):
    """A project and its only environment, which share one id."""

    uuid = models.UUIDField(default=tokens.sortable_uuid)
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="projects"
    )
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, db_index=True)
    api_token = models.CharField(max_length=64, unique=True)
    secret_api_token = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - null is on the wire
    secret_api_token_backup = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - the same
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    ingested_event = models.BooleanField(default=False)
    settings = models.JSONField(default=dict)
    product_intents = models.JSONField(default=list)
    is_pending_deletion = models.BooleanField(default=False)
    deletion_scheduled_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)
    demo_ready_at = models.DateTimeField(null=True)
    hidden_from = models.ManyToManyField(User, related_name="+")

    objects = Projects()

    @property
    def is_demo(self) -> bool:
        """Whether the project holds demo data."""
        return bool(self.settings["is_demo"])

    @property
    def is_gone(self) -> bool:
        """Whether the deletion workflow has removed it by now."""
        return self.purged_at is not None and self.purged_at <= timezone.now()

    def visible_to(self, user: User) -> bool:
        """As for many: in the user's organizations, private ones for admins only."""
        level = user.level(self.organization_id)
        if level is None or level >= ADMIN:
            return level is not None
        return not self.hidden_from.filter(pk=user.pk).exists()

    def take(self, settings: dict[str, Any]) -> None:
        """Lay settings over the present ones; the name has a column of its own."""
        kept = {key: value for key, value in settings.items() if key != "name"}
        self.settings = self.settings | kept
        self.name = settings.get("name", self.name)
        self.name_key = self.name.lower()


class Dashboard(Row):
    """Enough of a dashboard to be a project's primary one."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="dashboards")


class ActivityEntry(Row):
    """One line of the activity log."""

    project_id = models.IntegerField(db_index=True)
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    scope = models.CharField(max_length=20)
    activity = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    changes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)


class SecretApiKey(Row):
    """A project secret API key, known by the digest of its value."""

    id = models.CharField(primary_key=True, max_length=40, default=tokens.short_id)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="secret_keys")
    label = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    mask_value = models.CharField(max_length=11)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    last_used_at = models.DateTimeField(null=True)
    last_rolled_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):  # noqa: D106 - Django's
        unique_together: ClassVar = [("project", "label")]


class Event(Row):
    """An event that arrived with a live token."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="events")
    event = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)
