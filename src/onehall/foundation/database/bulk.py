"""Many rows at once: COPY into a table whose model says how each column is stored."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.db import connection, models

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
        return f"{column} = any(%s)", [*given, self.rhs]


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Fresh keys of a table, so that rows which refer to each other can be copied."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_in(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Writes the rows; `columns` are the model's fields (a reference by its `…_id`). Constraints hold as ever.

    Values go as they are, except that encrypted columns are encrypted here.
    """
    fields = [_field(model, name) for name in columns]
    prepared = [place for place, field in enumerate(fields) if hasattr(field, "context")]
    quoted = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    statement = f"copy {connection.ops.quote_name(model._meta.db_table)} ({quoted}) from stdin"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            values = list(row)
            for place in prepared:
                values[place] = fields[place].get_db_prep_save(values[place], connection)
            copy.write_row(values)


def delete_rows(rows: "models.QuerySet[Any]") -> int:
    """One plain DELETE: the database's own constraints decide whether the rows may go; how many went."""
    return int(rows._raw_delete(rows.db))


def in_batches(values: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """The values, at most `size` at a time."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    found = next(
        (field for field in model._meta.concrete_fields if name in (field.name, field.attname)), None
    )
    if found is None:
        raise ValueError(f"{model.__name__} has no column {name}")
    return found
