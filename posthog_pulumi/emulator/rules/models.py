"""The tables of projects and of what belongs to them."""

from typing import Any, ClassVar

from django.db import connection, models
from django.db.models import Q, QuerySet
from django.utils import timezone

from posthog_pulumi.emulator.rules import tokens
from posthog_pulumi.emulator.rules.rows import Row
from posthog_pulumi.emulator.rules.users import ADMIN, Organization, User

_THERE = "organization_id = %s AND (purged_at IS NULL OR purged_at > %s)"
_COUNT = f"SELECT COUNT(*) FROM rules_project WHERE {_THERE}"  # noqa: S608  # texts of ours
_NAMED = (
    f"SELECT id FROM rules_project WHERE {_THERE} AND name_key = %s AND NOT is_pending_deletion"  # noqa: S608  # the same
)


class Projects(models.Manager):  # type: ignore[misc]  # Django has no types
    """Projects that are still there: a finished deletion hides them."""

    def get_queryset(self) -> QuerySet:
        """Leave out what the deletion workflow has removed by now."""
        there = Q(purged_at=None) | Q(purged_at__gt=timezone.now())
        return super().get_queryset().filter(there)

    def count_in(self, organization: Organization) -> int:
        """How many there are, those included whose deletion is pending."""
        ((count,),) = self._there(_COUNT, organization)
        return int(count)

    def named(self, name: str, organization: Organization) -> set[int]:
        """The ids of those that hold the name, in upper or lower case."""
        return {number for (number,) in self._there(_NAMED, organization, name.lower())}

    def _there(self, statement: str, organization: Organization, *values: str) -> list[Any]:
        """Ask what each create asks, without Django's making of the statement."""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(statement, [organization.id.hex, now, *values])
            rows: list[Any] = cursor.fetchall()
            return rows

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
    name_key = models.CharField(max_length=200)
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

    class Meta(Row.Meta):  # noqa: D106 - Django's
        # a name is found, and an organization's projects are counted, in the index alone
        indexes: ClassVar = [models.Index(fields=["organization", "name_key", "purged_at"])]

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
