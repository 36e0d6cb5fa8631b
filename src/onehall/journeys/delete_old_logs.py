"""清理日志 Network logs older than the policy's days are deleted, with a certificate: which files, how large, their digests (REC-02, LAW-30)."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.telemetry.policies import LOGS_HELD, LOGS_KEPT
from onehall.foundation.telemetry.retention import OldLog, old_logs, remove
from onehall.foundation.values.period import local


def delete_old_logs(*, folder: Path, by: Actor | None, at: datetime) -> Sequence[OldLog]:
    """What was deleted; nothing under a legal hold. The certificate is a line of the trail, one a day of logs.

    Cut short between the commit and the deletion, the files are met, certified and deleted the next time.
    """
    with transaction():
        book = policy_book(hall_id=None, at=at)
        if book[LOGS_HELD]:
            return ()
        gone = old_logs(folder, kept_days=book[LOGS_KEPT], today=local(at).date())
        halls = organisation.halls(scope=Scope.operator())
        for log in gone:
            record(
                action="log.deleted", subject="log", subject_id=log.path.name, hall_id=halls[0].id, by=by, at=at,
                rule="REC-02", policy_version=book.version,
                details={"bytes": log.size, "sha256": log.digest, "kept_days": book[LOGS_KEPT]},
            )  # fmt: skip
    remove(gone)
    return gone
