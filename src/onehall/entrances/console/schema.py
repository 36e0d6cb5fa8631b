"""The database's schema: what waits, and bringing it up to date."""

import time
from contextlib import nullcontext

from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from psycopg.errors import LockNotAvailable

from onehall.entrances.console.words import complain
from onehall.foundation.database import lean_states
from onehall.foundation.refusals import Refusal
from onehall.runs.drop_half_built_indexes import drop_half_built_indexes

_LOCK_MILLISECONDS = 3000
_TRIES = 6
_FIRST_WAIT_SECONDS = 1.0


class SchemaBehind(Refusal):
    """The program is newer than the database."""

    code = "console.schema_behind"
    status = 503
    zh = "数据库结构有 {count} 处待更新。"
    en = "{count} changes of the database schema wait."
    alternative_zh = "请先备份，再执行 onehall migrate。"
    alternative_en = "Back up, then run `onehall migrate`."


def waiting() -> int:
    """How many migrations are not applied yet."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


class Busy(Refusal):
    """A table was in use the whole time."""

    code = "console.schema_busy"
    status = 503
    zh = "试了 {tries} 次仍拿不到表锁，已完成的部分保留。"
    en = "No lock was had in {tries} attempts; what was done stands."
    alternative_zh = "业务少时再执行 onehall migrate。"
    alternative_en = "Run `onehall migrate` again when there is less to do."


class SchemaAhead(Refusal):
    """The database is newer than the program."""

    code = "console.schema_ahead"
    status = 503
    zh = "数据库结构比程序新（{what}），这个版本不能用它。"
    en = "The database was brought up to date by a newer program ({what}); this version must not use it."
    alternative_zh = "安装那个版本；要退回旧版，恢复升级前的备份：onehall restore 目录。"
    alternative_en = (
        "Install that version; to go back, restore the backup from before: `onehall restore DIR`."
    )


def ahead() -> list[str]:
    """Migrations of ours that the database has and this program does not know."""
    executor = MigrationExecutor(connection)
    ours = {label for label, _ in executor.loader.graph.nodes}
    applied = executor.loader.applied_migrations
    return sorted(
        f"{label}.{name}"
        for label, name in applied
        if label in ours and (label, name) not in executor.loader.disk_migrations
    )


def require_current() -> None:
    """Raises SchemaBehind where the program would ask for what the database does not have, SchemaAhead where the
    database knows more than the program."""
    unknown = ahead()
    if unknown:
        raise SchemaAhead(what="、".join(unknown[:3]))
    count = waiting()
    if count:
        raise SchemaBehind(count=count)


def is_empty() -> bool:
    """Whether nothing was ever migrated here."""
    return not MigrationExecutor(connection).loader.applied_migrations


def migrate(*, wait_seconds: float = _FIRST_WAIT_SECONDS) -> int:
    """Applies what waits; how many it was. A lock that is not had in a few seconds is given up and asked for again, so
    that counters queue behind a migration for those seconds and no longer. Raises Busy, SchemaAhead."""
    if unknown := ahead():
        raise SchemaAhead(what="、".join(unknown[:3]))
    count = waiting()
    if count:
        with lean_states() if is_empty() else nullcontext():
            _patiently(wait_seconds)
    connection.close()
    return count


def _patiently(wait_seconds: float) -> None:
    options = connection.settings_dict["OPTIONS"]
    before = options.get("options", "")
    options["options"] = f"{before} -c lock_timeout={_LOCK_MILLISECONDS}"
    try:
        for attempt in range(_TRIES):
            connection.close()
            drop_half_built_indexes()
            try:
                call_command("migrate", interactive=False, verbosity=0)
                return
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable):
                    raise
                complain("表正忙，稍后再试", f"a table is busy, trying again ({attempt + 1}/{_TRIES})")
                time.sleep(wait_seconds * 2**attempt)
        raise Busy(tries=_TRIES)
    finally:
        options["options"] = before
        connection.close()
