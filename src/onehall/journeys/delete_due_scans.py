"""删除到期扫描件 Pictures of papers whose time is over are deleted, each with a certificate in the trail (LAW-06, REC-02)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope

_BATCH = 200  # structural: pictures per transaction


def delete_due_scans(*, at: datetime) -> int:
    """How many went, at most one batch; none under a legal hold. The row stays and says when it went."""
    with transaction():
        if not organisation.halls(scope=Scope.operator()):
            return 0
        book = policy_book(hall_id=None, at=at)
        gone = () if book[customers.SCANS_HELD] else customers.delete_due_scans(at=at, limit=_BATCH)
        for scan, hall_id in gone:
            record(
                action="scan.deleted", subject="party", subject_id=scan.party_id, hall_id=hall_id, by=None, at=at,
                rule="REC-02", policy_version=book.version,
                details={"scan": scan.id, "bytes": scan.size, "sha256": scan.sha256, "kept_days": book[customers.SCAN_DAYS]},
            )  # fmt: skip
    return len(gone)
