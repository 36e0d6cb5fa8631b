"""`onehall backup [DIR]`: a checked copy of the embedded database, and from then on its log beside it (CON-09)."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from onehall.entrances.console import backups, home
from onehall.entrances.console.words import both, complain, say
from onehall.foundation.embedded import Server, backup
from onehall.foundation.embedded.backup import Backup
from onehall.foundation.values.period import local


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser("backup", help=both("备份内置数据库", "back up the embedded database"))
    parser.add_argument(
        "place", nargs="?", help=both("备份目录，最好在另一块盘上", "folder, best on another disk")
    )
    parser.add_argument(
        "--list", action="store_true", help=both("列出现有备份", "list what there is, nothing is written")
    )
    parser.add_argument(
        "--passphrase-file",
        default="",
        help=both("用此口令封存密钥一并备份", "seal the keys into the backup"),
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Raises ManagedDatabase, BackupProblem, EmbeddedProblem, PassphraseUnsafe."""
    backups.refuse_managed()
    where = Path(arguments.place).resolve() if arguments.place else backups.place()
    if arguments.list:
        return _list(where)
    home.establish()
    with home.database():
        made = backups.take(Server(home.path()), where, passphrase_file=arguments.passphrase_file)
    say(f"备份完成并已校验：{made.folder}", f"backed up and checked: {_size(made)}")
    if not made.keys_inside:
        complain(
            "备份里没有密钥：请把 keys.toml 与 secret 另存他处，缺了它们备份无法使用",
            "the keys are not in it: keep keys.toml and secret elsewhere, without them a backup is useless",
        )
    return 0


def _list(where: Path) -> int:
    """1 where there is none."""
    found = backup.backups(where)
    for one in found:
        taken = f"{local(one.finished_at):%Y-%m-%d %H:%M:%S}"
        proved = f"✓ {local(one.proved_at):%Y-%m-%d}" if one.proved_at else "—"
        keys = "keys.sealed" if one.keys_inside else "—"
        print(f"{one.folder.name}  {taken}  {_size(one)}  {keys}  {proved}")
    newest = max((one.finished_at for one in found), default=None)
    if newest is None:
        complain(f"{where} 没有备份", "no backups there")
        return 1
    hours = (datetime.now(UTC) - newest).total_seconds() / 3600
    say(
        f"{where}：{len(found)} 份，最近一份在 {hours:.1f} 小时前",
        f"{len(found)} backups, {hours:.1f} hours old",
    )
    return 0


def _size(made: Backup) -> str:
    return f"{made.bytes / 1e6:.0f} MB"
