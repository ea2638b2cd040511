"""Project secret API keys."""

import re
from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.rules import tokens
from posthog_pulumi.emulator.rules.body import moment
from posthog_pulumi.emulator.rules.models import Project, SecretApiKey
from posthog_pulumi.emulator.rules.rotation import secret_token
from posthog_pulumi.emulator.rules.users import User

LOCAL_EVALUATION = "feature_flag:read"
_GRANTABLE = ["endpoint:read", LOCAL_EVALUATION]
_MOST = 50


def _check_scope(scope: str) -> None:
    if scope == "*":
        raise ValidationError(
            "Wildcard scope '*' is not allowed for project API keys. "
            "Please specify explicit scopes."
        )
    if not re.fullmatch(r"\w+:(read|write)", scope):
        raise ValidationError(f"Invalid scope: {scope}")
    if scope not in _GRANTABLE:
        raise ValidationError(
            f"Scope '{scope}' can not be assigned to a project secret API key. "
            f"Allowed scopes: {', '.join(_GRANTABLE)}"
        )


class SecretKeySerializer(serializers.Serializer):  # type: ignore[misc]  # untyped framework
    """What a request may set on a key."""

    label = serializers.CharField(max_length=40)
    scopes = serializers.ListField(child=serializers.CharField(), allow_empty=False)

    def validate_scopes(self, scopes: list[str]) -> list[str]:
        """Refuse what such a key may not hold, under the name of the whole list."""
        for scope in scopes:
            _check_scope(scope)
        return scopes


def create(project: Project, sent: Any, user: User, server: Server) -> tuple[SecretApiKey, str]:
    """Make a key, and give its value, which is not kept."""
    values = _checked(sent, partial=False)
    if project.secret_keys.count() >= _MOST:
        raise ValidationError(
            f"You can only have {_MOST} project secret API keys. "
            "Remove an existing key before creating a new one."
        )
    _refuse_taken(project, values["label"], None)
    value = secret_token(server)
    key: SecretApiKey = SecretApiKey.objects.create(
        project=project, created_by=user, **_of(value), **values
    )
    return key, value


def update(key: SecretApiKey, sent: Any) -> None:
    """Change label or scopes."""
    values = _checked(sent, partial=True)
    _refuse_taken(key.project, values.get("label"), key.pk)
    for name, value in values.items():
        setattr(key, name, value)
    key.save()


def roll(key: SecretApiKey, server: Server) -> str:
    """Give a new value; the old one stops working at once."""
    value = secret_token(server)
    for name, part in _of(value).items():
        setattr(key, name, part)
    key.last_rolled_at = timezone.now()
    key.save()
    return value


def shown(key: SecretApiKey, value: str | None = None) -> dict[str, Any]:
    """The key; its value is shown by create and roll only."""
    return {
        "id": key.pk,
        "label": key.label,
        "value": value,
        "mask_value": key.mask_value,
        "created_at": moment(key.created_at),
        "created_by": key.created_by and key.created_by.basic(),
        "last_used_at": moment(key.last_used_at),
        "last_rolled_at": moment(key.last_rolled_at),
        "scopes": key.scopes,
    }


def _of(value: str) -> dict[str, str]:
    return {"digest": tokens.digest(value), "mask_value": tokens.mask(value)}


def _checked(sent: Any, *, partial: bool) -> dict[str, Any]:
    serializer = SecretKeySerializer(data=sent, partial=partial)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _refuse_taken(project: Project, label: str | None, own_id: str | None) -> None:
    if project.secret_keys.filter(label=label).exclude(pk=own_id).exists():
        raise ValidationError(f"Project secret API key with label '{label}' already exists.")
