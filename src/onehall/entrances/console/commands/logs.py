"""`onehall logs`: which log files there are. `onehall logs delete`: those older than the policy's days go (REC-02)."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from onehall.entrances.console import home, schema
from onehall.entrances.console.words import both, say
from onehall.foundation.policy.services import policy_book
from onehall.foundation.telemetry.files import day_of
from onehall.foundation.telemetry.policies import LOGS_HELD, LOGS_KEPT
from onehall.journeys.delete_old_logs import delete_old_logs


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser("logs", help=both("日志：查看、清理", "logs: list, delete old ones"))
    parser.add_argument("what", nargs="?", choices=("list", "delete"), default="list")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Raises SchemaBehind."""
    home.establish()
    folder = Path(os.environ.get("ONEHALL_LOGS") or home.path() / "logs")
    with home.database():
        schema.require_current()
        if arguments.what == "delete":
            _delete(folder)
        else:
            _list(folder)
    return 0


def _delete(folder: Path) -> None:
    gone = delete_old_logs(folder=folder, by=None, at=datetime.now(UTC))
    for log in gone:
        say(f"已删除 {log.path.name}", f"deleted {log.path.name}, {log.size} bytes, sha256 {log.digest}")
    say(f"共删除 {len(gone)} 个日志文件", f"{len(gone)} log files deleted")


def _list(folder: Path) -> None:
    book = policy_book(hall_id=None, at=datetime.now(UTC))
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if day_of(path.name):
            print(f"{path.name}  {path.stat().st_size}")
    say(f"保存 {book[LOGS_KEPT]} 天", f"kept {book[LOGS_KEPT]} days")
    if book[LOGS_HELD]:
        say("依法封存，一律不删", "under a legal hold, none is deleted")
