"""Who refers to rows: read from the database's own foreign keys, so that a table added tomorrow is asked too."""

from collections.abc import Collection, Sequence

from onehall.foundation.database.bulk import in_batches
from onehall.foundation.database.sql import fetch_all

_KEYS = """
    select format('%%I.%%I', n.nspname, c.relname) as place, c.relname as "table", a.attname as "column"
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    where k.contype = 'f' and k.confrelid = %(to)s::regclass and c.relname <> all(%(apart)s)
    order by 1, 3
"""


def referrers(table: str, ids: Sequence[int], *, apart_from: Collection[str] = ()) -> dict[str, int]:
    """How many rows of which tables refer to these rows of `table`; tables `apart_from` are not asked."""
    found: dict[str, int] = {}
    for key in fetch_all(_KEYS, {"to": table, "apart": list(apart_from)}):
        counting = f'select count(*) as n from {key["place"]} where "{key["column"]}" = any(%(ids)s)'  # noqa: S608 - catalogue
        number = sum(fetch_all(counting, {"ids": list(some)})[0]["n"] for some in in_batches(ids))
        if number:
            found[key["table"]] = found.get(key["table"], 0) + number
    return found
