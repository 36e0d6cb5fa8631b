"""What the database server says about itself, for the doctor."""

from dataclasses import dataclass
from datetime import datetime

from onehall.foundation.database.sql import fetch_one

_FACTS = """
    select current_setting('server_version') as version, current_setting('fsync') as fsync,
           current_setting('full_page_writes') as full_page_writes,
           current_setting('synchronous_commit') as synchronous_commit,
           current_setting('data_checksums') as checksums, current_setting('archive_mode') as archive_mode,
           a.archived_count, a.last_archived_time as archived_at, a.failed_count, a.last_failed_time as failed_at,
           coalesce(a.last_failed_wal, '') as failed_segment,
           (select max(at) from audit_auditentry) as newest_line
    from pg_stat_archiver a
"""


@dataclass(frozen=True, slots=True)
class ServerHealth:
    """Settings as PostgreSQL spells them; counts and times of the log's archiving since its statistics were reset."""

    version: str
    fsync: str
    full_page_writes: str
    synchronous_commit: str
    checksums: str
    archive_mode: str
    archived_count: int
    archived_at: datetime | None
    failed_count: int
    failed_at: datetime | None
    failed_segment: str
    newest_line: datetime | None

    @property
    def archiving_fails(self) -> bool:
        """The last attempt to keep a piece of the log failed: the disk of the database fills up."""
        return self.failed_at is not None and (self.archived_at is None or self.archived_at < self.failed_at)

    @property
    def unsafe(self) -> list[str]:
        """Settings under which a power cut loses or breaks what was committed."""
        asked = ("fsync", "full_page_writes", "synchronous_commit")
        return [f"{name}=off" for name in asked if getattr(self, name) == "off"]


def server_health() -> ServerHealth:
    """As it is now."""
    row = fetch_one(_FACTS)
    assert row is not None  # noqa: S101 - the view has exactly one row
    return ServerHealth(**row)
