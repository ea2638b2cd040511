"""Fields whose validation depends on more than the value itself."""

from typing import Any

from rest_framework import serializers
from rest_framework.fields import empty

from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.rules.models import Dashboard


class OwnDashboard(serializers.PrimaryKeyRelatedField):  # type: ignore[misc]  # untyped framework
    """A dashboard that exists and is the project's own; one cannot be named at create."""

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        """Refuse even null at create."""
        if self.context["project"] is None and data is not empty:
            raise serializers.ValidationError(
                "Primary dashboard cannot be set on project creation."
            )
        answered: tuple[bool, Any] = super().validate_empty_values(data)
        return answered

    def to_internal_value(self, data: Any) -> int:
        """Give the dashboard's id."""
        dashboard = super().to_internal_value(data)
        if dashboard.project_id != self.context["project"].id:
            raise serializers.ValidationError("Dashboard does not belong to this team.")
        number: int = dashboard.pk
        return number

    def to_representation(self, value: int) -> int:
        """Ids are kept as they are."""
        return value


def own_dashboard(_: Server) -> OwnDashboard:
    """Make the field for `primary_dashboard`."""
    return OwnDashboard(queryset=Dashboard.objects.all(), required=False, allow_null=True)
