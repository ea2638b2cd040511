"""What all tables share: a row is read and written with statements made once for each table."""

from collections.abc import Callable, Collection
from functools import cache
from typing import Any, Self

from django.db import connection, models

Fields = tuple[Any, ...]


class Row(models.Model):  # type: ignore[misc]  # Django has no types
    """A row; Django would make its statements anew each time, and look for listeners."""

    pk: Any

    class Meta:  # noqa: D106 - Django's
        abstract = True
        app_label = "rules"

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"

    def save(self, *, update_fields: Collection[str] | None = None, **_: Any) -> None:
        """Insert a new row, or update all or some columns of one that was read."""
        if self._state.adding:
            self._insert()
        else:
            names = None if update_fields is None else frozenset(update_fields)
            fields, statement = _update(self._meta, names)
            _execute(statement, _values(self, (*fields, self._meta.pk)))

    @classmethod
    def read(cls, key: Any) -> Self | None:
        """The row with this primary key."""
        fields, statement = _select(cls._meta)
        with connection.cursor() as cursor:
            cursor.execute(statement, [cls._meta.pk.get_db_prep_value(key, connection)])
            found = cursor.fetchone()
        if found is None:
            return None
        values = [_read(value, field) for value, field in zip(found, fields, strict=True)]
        row: Self = cls.from_db(None, [field.attname for field in fields], values)
        return row

    def _insert(self) -> None:
        fields, statement = _insert(self._meta)
        made = _execute(statement, _values(self, fields))
        self._state.adding = False
        if self.pk is None:
            self.pk = made


def _execute(statement: str, values: list[Any]) -> int:
    """Execute it, and give the number of the row that it made."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        number: int = cursor.lastrowid
        return number


def _values(row: Row, fields: Fields) -> list[Any]:
    """What the columns hold."""
    return [
        field.get_db_prep_save(getattr(row, field.attname), connection=connection)
        for field in fields
    ]


def _read(value: Any, field: Any) -> Any:
    """What a column's value means."""
    for column, convert in _conversions(field):
        value = convert(value, column, connection)
    return value


@cache
def _conversions(field: Any) -> list[tuple[Any, Callable[..., Any]]]:
    column = field.get_col(field.model._meta.db_table)  # noqa: SLF001  # Django's documented way
    found = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
    return [(column, convert) for convert in found]


@cache
def _select(meta: Any) -> tuple[Fields, str]:
    names = ", ".join(f'"{field.column}"' for field in meta.local_concrete_fields)
    statement = f'SELECT {names} FROM "{meta.db_table}" WHERE "{meta.pk.column}" = %s'  # noqa: S608  # names of ours
    return meta.local_concrete_fields, statement


@cache
def _insert(meta: Any) -> tuple[Fields, str]:
    fields = tuple(f for f in meta.local_concrete_fields if f is not meta.auto_field)
    names = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return fields, f'INSERT INTO "{meta.db_table}" ({names}) VALUES ({marks})'  # noqa: S608  # the same


@cache
def _update(meta: Any, names: frozenset[str] | None) -> tuple[Fields, str]:
    others = (field for field in meta.local_concrete_fields if field is not meta.pk)
    fields = tuple(field for field in others if names is None or field.name in names)
    changes = ", ".join(f'"{field.column}" = %s' for field in fields)
    return fields, f'UPDATE "{meta.db_table}" SET {changes} WHERE "{meta.pk.column}" = %s'  # noqa: S608  # the same
