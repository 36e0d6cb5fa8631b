"""`onehall restore latest | DIR | --to TIME`: a backup and its log become the database again, proved before they do (CON-09).

Everything is built and looked at beside the present data, which are only moved aside at the very end.
"""

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connections

from onehall.entrances.console import backups, hall, home
from onehall.entrances.console.words import both, complain, say
from onehall.foundation.embedded import backup, restore
from onehall.foundation.embedded.backup import Backup
from onehall.foundation.embedded.restore import Goal
from onehall.foundation.embedded.server import Server
from onehall.foundation.values.period import local
from onehall.journeys.note_restore import note_restore


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser("restore", help=both("恢复内置数据库", "restore the embedded database"))
    parser.add_argument(
        "source",
        nargs="?",
        default="latest",
        help=both("latest：到最后一刻；某份备份的目录：回到它", "latest, or the folder of one backup"),
    )
    parser.add_argument("--to", default="", help=both("恢复到这一时刻", "restore to this moment"))
    parser.add_argument(
        "--from", dest="place", default="", help=both("备份所在目录", "where the backups are")
    )
    parser.add_argument("--passphrase-file", default="", help=both("打开封存密钥的口令", "opens sealed keys"))
    parser.add_argument(
        "--drill", action="store_true", help=both("演练：恢复、核对，不替换", "prove it, replace nothing")
    )
    parser.add_argument(
        "--discard-newer", action="store_true", help=both("放弃较新的现有数据", "give up newer present data")
    )
    parser.add_argument(
        "--despite-findings", action="store_true", help=both("核对不符也恢复", "even if verify finds faults")
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Raises ManagedDatabase, AlreadyRunning, BackupProblem, EmbeddedProblem, Unsound; nothing was changed then."""
    backups.refuse_managed()
    with hall.only_one("restore"):
        source, goal = _chosen(arguments)
        backups.require_keys(source, arguments.passphrase_file)
        if not arguments.drill:
            home.establish()
        began = time.monotonic()
        say(f"从 {source.folder.name} 恢复", f"restoring from {source.folder}")
        aside = _restore(source, goal, arguments)
        seconds = time.monotonic() - began
        backup.note_proof(source, at=datetime.now(UTC), seconds=seconds)
        if arguments.drill:
            say(f"演练通过，用时 {seconds:.0f} 秒，现有数据未动", f"the drill succeeded in {seconds:.0f} s")
        else:
            _tell(aside, seconds)
    return 0


def _restore(source: Backup, goal: Goal, arguments: argparse.Namespace) -> Path | None:
    """Builds, proves, and unless it is a drill swaps; where the former data are now."""
    restored = restore.begin(home.path(), source, goal)
    try:
        restore.recover(home.path(), restored, source, goal)
        _prove(restored, source, goal, arguments)
        return None if arguments.drill else restore.accept(home.path(), restored)
    finally:
        restore.abandon(home.path())


def _chosen(arguments: argparse.Namespace) -> tuple[Backup, Goal]:
    """One backup by its folder means itself; everything else means as far as the log goes, or to the moment given."""
    target = backups.moment(arguments.to) if arguments.to else None
    named = None if arguments.source == "latest" else Path(arguments.source).resolve()
    one = backup.read(named) if named else None
    if one is not None and target is None:
        return one, Goal(only_it=True, discard_newer=arguments.discard_newer or arguments.drill)
    where = named.parent if one and named else named or Path(arguments.place or backups.place()).resolve()
    goal = Goal(target=target, discard_newer=arguments.discard_newer or arguments.drill)
    return restore.pick(where, target), goal


def _prove(restored: Server, source: Backup, goal: Goal, arguments: argparse.Namespace) -> None:
    """`verify` on what was restored; then everybody is signed out and the trail says what happened."""
    home.point_django_to(restored.address().url())
    try:
        found = backups.prove()
        if found and not arguments.despite_findings:
            raise backups.Unsound(what="; ".join(found))
        say(
            "恢复出的数据核对相符" if not found else "核对不符，按要求继续", "the restored data were verified"
        )
        if not arguments.drill:
            backups.hash_anew(source)
            ended = note_restore(backup=source.number, target=goal.target, at=datetime.now(UTC))
            say(f"结束 {ended} 个登录", f"{ended} sessions ended, everybody signs in again")
    finally:
        connections.close_all()


def _tell(aside: Path | None, seconds: float) -> None:
    say(
        f"恢复完成，用时 {seconds:.0f} 秒（{local(datetime.now(UTC)):%H:%M:%S}）",
        f"restored in {seconds:.0f} s",
    )
    if aside:
        complain(
            f"原数据留在 {aside}，确认无误后自行删除",
            f"the former data are kept in {aside}; remove them when sure",
        )
    say("请启动后立即再做一次备份", "start it, and take a backup at once: `onehall backup`")
