"""An index whose building was cut short serves nobody and would stand in the way of the next attempt."""

from onehall.foundation.database import fetch_all
from onehall.foundation.database.indexes import invalid_indexes


def drop_half_built_indexes() -> list[str]:
    """Which they were. Outside of any transaction, and no table is locked for it."""
    names = invalid_indexes()
    for name in names:
        quoted = name.replace('"', '""')
        fetch_all(f'drop index concurrently if exists "{quoted}"')
    return names
