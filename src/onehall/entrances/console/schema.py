"""The database's schema: what waits, and bringing it up to date."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from onehall.foundation.refusals import Refusal


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


def require_current() -> None:
    """Raises SchemaBehind where the program would ask for what the database does not have."""
    count = waiting()
    if count:
        raise SchemaBehind(count=count)


def migrate() -> int:
    """Applies what waits; how many it was."""
    count = waiting()
    if count:
        call_command("migrate", interactive=False, verbosity=0)
    connection.close()
    return count


def is_empty() -> bool:
    """Whether nothing was ever set up here."""
    return not MigrationExecutor(connection).loader.applied_migrations
