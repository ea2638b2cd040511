"""The database file: its tables, and one writer at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, transaction

from posthog_pulumi.emulator.memory import forget

_SCHEMA = 1
_writer = threading.RLock()


class UnknownData(Exception):  # noqa: N818 - it names what was found
    """The folder holds data of another version of the emulator."""


@contextmanager
def writing() -> Iterator[None]:
    """Hold the only write transaction; waiting for a lock is fairer than SQLite's retries."""
    with _writer:
        try:
            with transaction.atomic():
                yield
        finally:
            forget()


def make_tables() -> None:
    """Create the tables in an empty database."""
    version = _version()
    if version == _SCHEMA:
        return
    if version:
        raise UnknownData(f"its tables have version {version}, and this emulator reads {_SCHEMA}")
    with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
        for model in apps.get_models():
            editor.create_model(model)
        editor.execute(f"PRAGMA user_version = {_SCHEMA}")


def _version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA user_version")
        return int(cursor.fetchone()[0])
