"""`onehall export LIST FILE --reason …`: a list as a file, with the same log line as on the screen (API-04, SEC-04)."""

import argparse
import getpass
import os
import tempfile
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from onehall.contexts.organisation import api as organisation
from onehall.entrances.console import home, schema
from onehall.entrances.console.words import both, say
from onehall.foundation.documents.exports import Taken, reason_kept
from onehall.foundation.documents.policies import EXPORT_ROWS
from onehall.foundation.documents.tables import FORMATS
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import HallId
from onehall.journeys.record_export import record_export
from onehall.readings.exports import LISTS, Asked, Draft, draft


class NotAFile(Refusal):
    """The file cannot be written where it was asked for."""

    code = "console.not_a_file"
    zh = "写不了文件 {file}：{why}。"
    en = "The file {file} cannot be written: {why_en}."
    alternative_zh = "请换一个新的文件名，以 .xlsx 或 .csv 结尾，放在有空间的目录里。"
    alternative_en = "Give a new name that ends in .xlsx or .csv, in a folder with room."


class NoSuchHall(Refusal):
    """No hall has this code."""

    code = "console.no_such_hall"
    status = 404
    zh = "没有营业厅 {hall}。"
    en = "There is no hall {hall}."
    alternative_zh = "现有的：{known}"
    alternative_en = "There are: {known}"


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser("export", help=both("导出清单为文件", "a list as a file"))
    parser.add_argument("list", choices=tuple(LISTS), help=both("哪个清单", "which list"))
    parser.add_argument("file", type=Path, help=both("新文件 .xlsx 或 .csv", "a new file, .xlsx or .csv"))
    parser.add_argument(
        "--reason", required=True, help=both("事由，写进审计记录", "why, for the audit trail")
    )
    parser.add_argument(
        "--hall", default="", help=both("营业厅代码，不写为全部", "code of a hall, all without it")
    )
    parser.add_argument(
        "--from", dest="start", type=date.fromisoformat, help=both("起（含）", "from this day")
    )
    parser.add_argument("--to", dest="end", type=date.fromisoformat, help=both("止（含）", "to this day"))
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help=both("标题语言", "headings in"))
    parser.add_argument("--personal", action="store_true", help=both("号码写全", "personal numbers in full"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """The file is written beside its place and named when it is whole. Raises NotAFile, NoSuchHall, TooManyRows, SchemaBehind."""
    kind = arguments.file.suffix.removeprefix(".").lower()
    if kind not in FORMATS or arguments.file.exists():
        why = ("文件已存在", "it exists") if arguments.file.exists() else ("不认识的格式", "unknown format")
        raise NotAFile(file=arguments.file.name, why=why[0], why_en=why[1])
    reason = reason_kept(arguments.reason)
    home.establish()
    with home.database():
        schema.require_current()
        asked = Asked(
            kind, arguments.start, arguments.end, _hall(arguments.hall), arguments.personal, arguments.lang
        )
        try:
            made, serial = _written(arguments, asked, reason)
        except OSError as error:
            said = error.strerror or str(error)
            raise NotAFile(file=arguments.file.name, why=said, why_en=said) from error
    say(f"{made.rows} 行已写入 {arguments.file}，编号 {serial}", f"{made.rows} rows, export {serial}")
    return 0


def _written(arguments: argparse.Namespace, asked: Asked, reason: str) -> tuple[Draft, str]:
    """Under another name until the last byte is on the disk: no half file ever has the name that was asked for."""
    at, who, chosen = datetime.now(UTC), getpass.getuser(), LISTS[arguments.list]
    hall_id = HallId(asked.hall_id or organisation.halls(scope=Scope.operator())[0].id)
    most = policy_book(hall_id=hall_id, at=at)[EXPORT_ROWS]
    folder = arguments.file.resolve().parent
    handle, aside = tempfile.mkstemp(dir=folder, prefix=".export-", suffix=arguments.file.suffix)
    try:
        with os.fdopen(handle, "w+b") as file:
            with draft(chosen, asked, file, scope=Scope.operator(), at_most=most) as made:
                taken = Taken(
                    what=chosen.code, permission=chosen.permission, kind=asked.kind, reason=reason, rows=made.rows,
                    halls=made.halls, personal=asked.personal, start=asked.start, end=asked.end, console=who,
                )  # fmt: skip
                serial = record_export(taken=taken, hall_id=hall_id, by=None, at=at)
                made.finish(serial=serial, who=who, reason=reason, at=at)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, arguments.file)
    finally:
        with suppress(OSError):
            os.unlink(aside)
    return made, serial


def _hall(code: str) -> int | None:
    if not code:
        return None
    known = {hall.code: hall.id for hall in organisation.halls(scope=Scope.operator())}
    if code not in known:
        raise NoSuchHall(hall=code, known="、".join(known))
    return known[code]
