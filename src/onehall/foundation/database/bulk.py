"""Many rows at once: COPY into a table whose model says how each column is stored."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from onehall.foundation.database.meanwhile import Unhurried, meanwhile_here

T = TypeVar("T")
BATCH = 5000
"""Values in one `in (…)`: far below the 65,535 parameters of a statement."""


@models.ForeignObject.register_lookup
@models.Field.register_lookup
class AnyOf(models.Lookup):
    """`column__any_of=[…]`: one array instead of thousands of placeholders, which take longer to write than to find."""

    lookup_name = "any_of"

    def get_prep_lookup(self) -> Any:
        return list(self.rhs)

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return "%s", [value]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, given = self.process_lhs(compiler, connection)
        cast, values = _one_text(self.rhs)
        return f"{column} = any(%s{cast})", [*given, values]


def array_of(words: Sequence[str] | None) -> str | None:
    """Texts in the database's own way of writing an array: {"王建","建国"}; the driver takes ten times as long for it."""
    if words is None:
        return None
    quoted = (word.replace("\\", "\\\\").replace('"', '\\"') for word in words)
    return "{" + ",".join(f'"{word}"' for word in quoted) + "}"


def _one_text(values: list[Any]) -> tuple[str, Any]:
    """An array of texts or bytes in the database's own way of writing it; the driver takes ten times as long for it."""
    if values and all(type(value) is str for value in values):
        return "::text[]", array_of(values)
    if values and all(type(value) is bytes for value in values):
        return "::bytea[]", "{" + ",".join('"\\\\x' + value.hex() + '"' for value in values) + "}"
    return "", values


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Fresh keys of a table, so that rows which refer to each other can be copied."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval((select pg_get_serial_sequence(%s, 'id')::regclass)) from generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_in(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Writes the rows; `columns` are the model's fields (a reference by its `…_id`). Constraints hold as ever.

    Values go as they are, except that encrypted columns are encrypted here.
    """
    fields = [_field(model, name) for name in columns]
    ready = [(place, _ready(field)) for place, field in enumerate(fields)]
    prepared = [(place, written) for place, written in ready if written is not None]
    quoted = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    statement = f"copy {connection.ops.quote_name(model._meta.db_table)} ({quoted}) from stdin"
    values, meanwhile = _written(rows, prepared), meanwhile_here()
    if meanwhile is not None:
        values = list(values)
        meanwhile.settle()
    with connection.cursor() as cursor, connection.wrap_database_errors:
        driver = cursor.cursor  # what Django puts around it in debugging knows no writer
        writer = Unhurried(driver, meanwhile) if meanwhile else None
        with driver.copy(statement, writer=writer) as copy:
            for row in values:
                copy.write_row(row)


def _written(
    rows: Iterable[Sequence[Any]], prepared: Sequence[tuple[int, Callable[[Any], Any]]]
) -> Iterable[list[Any]]:
    for row in rows:
        values = list(row)
        for place, written in prepared:
            values[place] = written(values[place])
        yield values


def _ready(field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    """How a column's values are written where the driver is not asked: encrypted; an instant once, however many rows
    have it; a list in the database's own way of writing it, which the driver takes ten times as long for."""
    if hasattr(field, "sealer"):
        return field.sealer()
    if isinstance(field, models.DateTimeField):
        return lru_cache(maxsize=BATCH)(lambda moment: moment and moment.isoformat())
    if isinstance(field, ArrayField) and isinstance(field.base_field, models.TextField):
        return array_of
    return None


def delete_rows(rows: "models.QuerySet[Any]") -> int:
    """One plain DELETE: the database's own constraints decide whether the rows may go; how many went."""
    return int(rows._raw_delete(rows.db))


def in_batches(values: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """The values, at most `size` at a time."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def as_they_come(values: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """As `in_batches`, of values that are made one by one and never held all at once."""
    coming = iter(values)
    while some := list(islice(coming, size)):
        yield some


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    found = next(
        (field for field in model._meta.concrete_fields if name in (field.name, field.attname)), None
    )
    if found is None:
        raise ValueError(f"{model.__name__} has no column {name}")
    return found
