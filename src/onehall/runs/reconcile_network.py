"""Desired compared with observed (NET-03): commands for every account whose sessions do not do what it may, whatever was lost."""

from datetime import datetime

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.database import transaction
from onehall.foundation.policy.services import policy_book


def reconcile_network(*, at: datetime) -> int:
    """Looks at every session; how many commands were written. Tests of lines whose window has passed are closed."""
    with transaction():
        book = policy_book(hall_id=None, at=at)
        if not book.version:
            return 0
        provisioning.end_tests(at=at)
        return provisioning.reconcile(ending_only=False, book=book, at=at)


def cut_survivors(*, at: datetime) -> int:
    """Looks at sessions that should have ended by themselves and did not (NET-01); how many accounts are cut."""
    with transaction():
        book = policy_book(hall_id=None, at=at)
        return provisioning.reconcile(ending_only=True, book=book, at=at) if book.version else 0
