"""Indexes whose building was cut short: they cost every write and serve no read."""

from onehall.foundation.database.sql import fetch_all

_INVALID = """
    select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid where not i.indisvalid order by 1
"""


def invalid_indexes() -> list[str]:
    """Their names."""
    return [row["name"] for row in fetch_all(_INVALID)]
