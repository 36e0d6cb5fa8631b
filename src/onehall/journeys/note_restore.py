"""恢复数据库 The database was restored: everybody signs in again, and every hall's trail says so (CON-09, SEC-08).

Sessions of the backup's time may have ended since, and counters may be somebody else's.
"""

from datetime import datetime

from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity.services import end_all_sessions
from onehall.foundation.scopes import Scope


def note_restore(*, backup: int, target: datetime | None, at: datetime) -> int:
    """How many sessions ended. `target` is the moment asked for, None for the newest."""
    with transaction():
        ended = end_all_sessions(why="restored", at=at)
        details = {"backup": backup, "to": target.isoformat() if target else "", "sessions_ended": ended}
        for hall in organisation.halls(scope=Scope.operator()):
            record(
                action="database.restored", subject="backup", subject_id=backup, hall_id=hall.id, by=None, at=at,
                rule="CON-09", details=details,
            )  # fmt: skip
    return ended
