"""Sealing (SEC-09): the lines that procedures wrote are chained after their commits, batch by batch, oldest first.

Killed in the middle, nothing is lost: what was not sealed waits for the next time.
"""

from onehall.foundation import audit
from onehall.foundation.database import transaction

_BATCH = 1000


def seal_audit_trail() -> int:
    """Seals everything that waits; how many lines. One sealer works at a time, the others wait for it."""
    sealed = 0
    while True:
        with transaction():
            batch = audit.seal(limit=_BATCH)
        sealed += batch
        if batch < _BATCH:
            return sealed
