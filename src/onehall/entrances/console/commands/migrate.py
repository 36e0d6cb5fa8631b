"""`onehall migrate`: the database's schema as this version of the program wants it."""

import argparse
from typing import Any

from onehall.entrances.console import home, schema
from onehall.entrances.console.words import both, say


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
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Raises SchemaBehind with --check where something waits."""
    home.establish()
    with home.database():
        if arguments.check:
            schema.require_current()
        count = 0 if arguments.check else schema.migrate()
        say(f"数据库结构已是最新（更新 {count} 处）", f"the schema is up to date ({count} applied)")
    return 0
