"""`onehall imports`: what was imported, by whom and when; `--undo N` takes one back whole (API-03)."""

import argparse
from datetime import UTC, datetime
from typing import Any

from onehall.contexts.registers.api import FORMATS, imports_made
from onehall.entrances.console import home, operator, schema
from onehall.entrances.console.words import both, say
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local
from onehall.journeys.undo_import import undo_import

_LISTED = 50


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "imports", help=both("导入历史；撤销一次导入", "imports made; undo one of them")
    )
    parser.add_argument("--undo", type=int, metavar="N", help=both("撤销第 N 次导入", "undo import N"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Raises ImportNotFound, AlreadyUndone, and StillReferred, which says what refers to the import."""
    home.establish()
    with home.database():
        schema.require_current()
        if arguments.undo is not None:
            at = datetime.now(UTC)
            gone = undo_import(import_id=arguments.undo, by=operator.at_the_console(at=at), at=at)
            say(
                f"第 {arguments.undo} 次导入已撤销，{gone} 行",
                f"import {arguments.undo} is undone, {gone} rows",
            )
            return 0
        for made in imports_made(scope=Scope.operator(), limit=_LISTED):
            name = FORMATS[made.format].name
            undone = both(" 已撤销", "undone") if made.undone_at else ""
            say(
                f"{made.id} {local(made.at):%Y-%m-%d %H:%M} {name.zh} {made.file_name} {made.accepted}/{made.rows} 行{undone}",
                f"{name.en} by {made.by_name}",
            )
    return 0
