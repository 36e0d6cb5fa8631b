"""After a key was added (SEC-07): every encrypted value under the newest key, every customer found by the newest hash.

Batch by batch, each in a transaction of its own, while the hall works. Killed at any point, a value is under the old key
or the new one and the ring holds both: run it again and it goes on where it was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.registers import api as registers
from onehall.foundation import vault
from onehall.foundation.database import fetch_one, transaction

BATCH = 500  # structural: rows per transaction, whatever their number

_OPEN_SINCE = """
    select min(xact_start) as since from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
"""


@dataclass(frozen=True, slots=True)
class Hashed:
    """How many rows got a new hash, and how many could not because another row holds the number already."""

    renewed: int
    duplicates: int


def reencrypt_all(*, batch: int = BATCH, told: Callable[[str, int], None] | None = None) -> int:
    """Brings every encrypted column under the newest key; how many values. `told` hears of each batch."""
    total = 0
    for model, field in vault.encrypted_fields():
        while True:
            with transaction():
                count = vault.reencrypt(model, field, limit=batch)
            total += count
            if not count:
                break
            if told:
                told(f"{model.__name__}.{field}", count)
    return total


def rehash_all(*, batch: int = BATCH, told: Callable[[str, int], None] | None = None) -> Hashed:
    """Hashes every document, telephone and kept row of a register that is under another search key than the newest."""
    renewed = duplicates = 0
    for table in ("documents", "contacts"):
        after: int | None = 0
        while after is not None:
            with transaction():
                after, fresh, double = customers.rehash(table=table, after=after, limit=batch)
            renewed, duplicates = renewed + fresh, duplicates + double
            if told and fresh:
                told(table, fresh)
    return Hashed(renewed + _rehash_registers(batch, told), duplicates)


def _rehash_registers(batch: int, told: Callable[[str, int], None] | None) -> int:
    renewed = 0
    after: int | None = 0
    while after is not None:
        with transaction():
            after, fresh = registers.rehash_rows(after=after, limit=batch)
        renewed += fresh
        if told and fresh:
            told("registers", fresh)
    return renewed


def values_under(key_id: str) -> dict[str, int]:
    """How many values each column holds under this key; columns without any are left out."""
    counts = {
        f"{model.__name__}.{field}": vault.under(model, field, key_id)
        for model, field in vault.encrypted_fields()
    }
    return {name: count for name, count in counts.items() if count}


def oldest_open_transaction() -> datetime | None:
    """Since when the longest open transaction of the database has been going on: it may still write under an older key."""
    row = fetch_one(_OPEN_SINCE)
    return row["since"] if row else None
