"""What the hall's rows were before a request: whether it wrote, and taking it back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from onehall.foundation.database import fetch_all

UNSEEN = {"customers_premises", "identity_session", "identity_token", "django_migrations"}
"""Tables that no request of a stranger changes, or every request does."""


def written() -> str:
    """A fingerprint of every row of the hall's business: it changes with every row that is written, changed or deleted."""
    tables = [row["name"] for row in fetch_all(_TABLES) if row["name"].split(".")[1] not in UNSEEN]
    each = " union all ".join(
        f"select '{name}' as name, coalesce(sum(hashtextextended(t::text, 0)), 0) as sum, count(*) as n from {name} t"
        for name in tables
    )
    (row,) = fetch_all(
        f"select string_agg(n || ':' || sum, ' ' order by name) as print from ({each}) as every"
    )
    return str(row["print"])


_TABLES = """
    select schemaname || '.' || tablename as name from pg_tables where schemaname in ('public', 'access') order by 1
"""


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written is taken back, so that the next one meets the same hall; journeys may be asked for inside."""
    whole = transaction.Atomic(using=None, savepoint=True, durable=False)
    whole._from_testcase = True  # type: ignore[attr-defined]
    with whole:
        yield
        transaction.set_rollback(True)


_TOUCHED = """
    select sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid)) as n
    from pg_class
    where relkind = 'r' and relnamespace in ('public'::regnamespace, 'access'::regnamespace) and relname <> all(%s)
"""


def _touched() -> int:
    """Rows of the hall's business that this transaction inserted, updated or deleted so far, also those taken back since."""
    (row,) = fetch_all(_TOUCHED, [sorted(UNSEEN)])
    return int(row["n"])


@contextmanager
def unwritten(before: str) -> Iterator[None]:
    """Whatever is asked inside leaves every row as its fingerprint `before` says, and is taken back all the same.

    The database counts the rows that a transaction touches: only where it counted some are all rows read again.
    """
    with undone():
        touched = _touched()
        yield
        assert _touched() == touched or written() == before
