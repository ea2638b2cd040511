"""The database file: its tables, and what a write makes the caches forget."""

from collections.abc import Iterator
from contextlib import contextmanager
from zlib import crc32

from django.apps import apps
from django.db import connection, transaction

from posthog_pulumi.emulator.rules import cache


@contextmanager
def writing_projects() -> Iterator[None]:
    """Write anything but what is known of people; their current project is not."""
    try:
        with transaction.atomic():
            yield
    finally:
        cache.projects.clear()


@contextmanager
def writing() -> Iterator[None]:
    """Write anything."""
    try:
        with writing_projects():
            yield
    finally:
        cache.people.clear()


def make_tables() -> None:
    """Create the tables in an empty database."""
    version, ours = _version(), _schema()
    if version == ours:
        return
    if version:
        raise SystemExit(
            "The data folder was made by another version of the emulator: name a new one, or"
            " remove it."
        )
    with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
        for model in apps.get_models():
            editor.create_model(model)
        editor.execute(f"PRAGMA user_version = {ours}")


def _schema() -> int:
    """A number for the tables as the models have them, so that no change of one is forgotten."""
    columns = [
        f"{model.__name__}.{field.column} {field.db_type(connection)}"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields  # noqa: SLF001  # Django's documented way
    ]
    return crc32("\n".join(columns).encode()) >> 1  # SQLite keeps 31 bits


def _version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA user_version")
        return int(cursor.fetchone()[0])
