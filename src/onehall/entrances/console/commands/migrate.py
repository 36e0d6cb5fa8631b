"""`onehall migrate`: the database's schema as this version of the program wants it."""

import argparse
import os
from typing import Any

from onehall.entrances.console import backups, home, profile, schema
from onehall.entrances.console.words import both, say
from onehall.foundation.embedded import Server


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "migrate", help=both("更新数据库结构", "bring the database schema up to date")
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help=both("只检查，有待更新时退出码为 1", "only look; exit code 1 if behind"),
    )
    parser.add_argument(
        "--no-backup",
        action="store_true",
        help=both("内置数据库也不先备份", "no backup before, embedded either"),
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Raises SchemaBehind or PoliciesMissing with --check where something waits; SchemaAhead, Busy, BackupProblem."""
    home.establish()
    managed = bool(os.environ.get("DATABASE_URL"))
    with home.database():
        if arguments.check:
            schema.require_current()
            profile.require_policies()
        elif schema.waiting() and not schema.is_empty() and not arguments.no_backup:
            _secure(managed=managed)
        count = 0 if arguments.check else schema.migrate()
        say(f"数据库结构已是最新（更新 {count} 处）", f"the schema is up to date ({count} applied)")
        brought = [] if arguments.check else profile.bring()
        if brought:
            zh, en = f"新增政策 {len(brought)} 项：{'、'.join(brought)}", "policies brought by this version"
            say(f"{zh}（见看板“政策”）", f"{en}: {len(brought)}, see the board's policies")
        halls = 0 if arguments.check else profile.catch_up()
        if halls:
            say(
                f"{halls} 个营业厅的备用金、封包、到账、长短款已补记分录",
                f"floats, bags, bank bookings, over and short of {halls} halls have their postings now",
            )
    return 0


def _secure(*, managed: bool) -> None:
    """There is no way back but a backup."""
    if managed:
        say("更新前请确认有一份刚做的备份", "be sure that there is a fresh backup before a migration")
        return
    made = backups.take(Server(home.path()), backups.place())
    say(f"更新前已备份：{made.folder}", f"backed up before the migration: {made.folder}")
