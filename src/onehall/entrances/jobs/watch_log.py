"""Every five minutes: whether the database's log is still being kept. Where it is not, its disk fills up (CON-09)."""

from datetime import datetime

from onehall.foundation.database.server_health import server_health


class LogNotKept(RuntimeError):
    """Told in the clock's log and by the doctor, until it is mended; nothing else stops for it."""


def watch_log(at: datetime) -> None:
    """Raises LogNotKept."""
    del at
    health = server_health()
    if health.archiving_fails:
        raise LogNotKept(
            f"PostgreSQL could not keep {health.failed_segment} ({health.failed_count} attempts failed):"
            " its disk fills up. Look at the place of the backups."
        )
