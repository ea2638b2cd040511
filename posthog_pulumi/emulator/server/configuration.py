"""Django's settings, and what lives as long as the process."""

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
from django.conf import settings

from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.server.faults import Faults
from posthog_pulumi.emulator.server.in_flight import InFlight
from posthog_pulumi.emulator.server.log import RequestLog

_REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "posthog_pulumi.emulator.views.credentials.KeyAuthentication",
        "posthog_pulumi.emulator.views.credentials.SignedIn",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["posthog_pulumi.emulator.views.permissions.MayCall"],
    "DEFAULT_THROTTLE_CLASSES": [
        "posthog_pulumi.emulator.views.permissions.Burst",
        "posthog_pulumi.emulator.views.permissions.Sustained",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "EXCEPTION_HANDLER": "posthog_pulumi.emulator.rules.errors.respond",
    "UNAUTHENTICATED_USER": None,
}


@dataclass
class Emulator:
    """The running emulator, as views reach it through Django's settings."""

    server: Server
    log: RequestLog
    in_flight: InFlight = field(default_factory=InFlight)
    faults: Faults = field(default_factory=Faults)
    ending: threading.Event = field(default_factory=threading.Event)
    demo_seconds: float = 2
    deletion_seconds: float = 60


def configure(emulator: Emulator, database: Path, secret_key: str) -> None:
    """Set Django up for one database file."""
    settings.configure(
        EMULATOR=emulator,
        SECRET_KEY=secret_key,
        ALLOWED_HOSTS=["*"],
        APPEND_SLASH=False,
        ROOT_URLCONF="posthog_pulumi.emulator.views.urls",
        MIDDLEWARE=["posthog_pulumi.emulator.views.cors.cors"],
        INSTALLED_APPS=["django.contrib.sessions", "posthog_pulumi.emulator.rules"],
        DATABASES={"default": _database(database)},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        USE_TZ=True,
        USE_I18N=False,
        CSRF_COOKIE_NAME="posthog_csrftoken",
        SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
        DATA_UPLOAD_MAX_MEMORY_SIZE=None,
        LOGGING_CONFIG=None,
        REST_FRAMEWORK=_REST_FRAMEWORK,
    )
    django.setup()


def _database(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
