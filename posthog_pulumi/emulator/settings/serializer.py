"""Checking what a request sends against the declared settings."""

import json
from typing import Any

from rest_framework import serializers
from rest_framework.utils.html import is_html_input

from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.rules.models import Project
from posthog_pulumi.emulator.settings.registry import known

_LONGEST_ERRORS_TO_IGNORE = 300


class SettingsSerializer(serializers.Serializer):  # type: ignore[misc]  # untyped framework
    """The settings of one request; fields are made only for what was sent, or may be in a form."""

    def get_fields(self) -> dict[str, Any]:
        """Make the fields, in the server's order."""
        server: Server = self.context["server"]
        in_form = is_html_input(self.initial_data)
        return {
            name: setting.field(server)
            for name, setting in known(server).items()
            if in_form or name in self.initial_data
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Check what PostHog checks after all fields."""
        if "autocapture_exceptions_errors_to_ignore" in attrs:
            _check_errors_to_ignore(attrs["autocapture_exceptions_errors_to_ignore"])
        if (
            "access_control" in self.initial_data
            and not self.context["server"].access_control_writable
        ):
            raise serializers.ValidationError(
                {
                    "access_control": "The 'access_control' field has been deprecated and is no "
                    "longer supported. Please use the new access control system instead. For more "
                    "information, visit: https://posthog.com/docs/settings/access-control"
                }
            )
        return attrs

    def values(self) -> dict[str, Any]:
        """What to store, in the form in which it is returned."""
        return {
            name: None if value is None else self.fields[name].to_representation(value)
            for name, value in self.validated_data.items()
        }


def _check_errors_to_ignore(value: Any) -> None:
    field = "autocapture_exceptions_errors_to_ignore"
    if not isinstance(value, list):
        raise serializers.ValidationError(f"Must provide a list for field: {field}.")
    if not all(isinstance(item, str) for item in value):
        raise serializers.ValidationError(f"Must provide a list of strings to field: {field}.")
    if len(json.dumps(value)) > _LONGEST_ERRORS_TO_IGNORE:
        raise serializers.ValidationError(
            f"Field {field} must be less than 300 characters. Complex config should be provided "
            "in posthog-js initialization."
        )


def checked(sent: Any, server: Server, project: Project | None) -> dict[str, Any]:
    """The sent settings, checked and normalised; `project` is None at create."""
    context = {"server": server, "project": project}
    serializer = SettingsSerializer(data=sent, partial=project is not None, context=context)
    serializer.is_valid(raise_exception=True)
    return serializer.values()
