"""`onehall import FORMAT FILE`: a register comes in, judged row by row, whole or not at all (API-03)."""

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from onehall.contexts.registers.api import (
    FORMATS,
    MOST_MEGABYTES,
    MOST_RATIO,
    MOST_ROWS,
    MOST_UNPACKED,
    RowsRefused,
)
from onehall.entrances.console import home, operator, reports
from onehall.entrances.console.words import both, complain, say
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.sheetreader import Limits, Sheet, read_sheet
from onehall.foundation.sheetreader.guards import MEGABYTE, check_size
from onehall.journeys.import_register import Imported, import_register

_EVERY_SECONDS = 0.5


class FileUnreadable(Refusal):
    """The file is not there, or may not be read."""

    code = "console.file_unreadable"
    rule = "API-03"
    status = 400
    zh = "文件 {path} 打不开：{why}。"
    en = "The file {path} cannot be opened: {why}."
    alternative_zh = "请核对路径和读取权限。"
    alternative_en = "Check the path and the permission to read."


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser("import", help=both("导入登记表", "bring a register in"))
    parser.add_argument(
        "format",
        choices=tuple(FORMATS),
        help="、".join(both(f"{f.code} {f.name.zh}", f.name.en) for f in FORMATS.values()),
    )
    parser.add_argument("file", type=Path, help=both("xlsx 或 csv 文件", "an xlsx or csv file"))
    parser.add_argument(
        "--profile", help=both("业务包；数据库为空时先装入", "profile, installed where the database is empty")
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=both("只出报告，不写数据库", "report only, write nothing")
    )
    parser.add_argument(
        "--skip-refused", action="store_true", help=both("跳过不能接受的行", "leave refused rows out")
    )
    parser.add_argument("--report", type=Path, help=both("报告文件（JSON）", "file of the report (JSON)"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 imported, or a dry run; 1 where nothing was committed. The report is written in every case."""
    if arguments.report:
        reports.check_place(arguments.report)
    try:
        done = _import(arguments)
    except Refusal as refusal:
        if arguments.report:
            reports.write(arguments.report, reports.of_refusal(refusal))
        raise
    if arguments.report:
        reports.write(arguments.report, done.report)
    return _tell(done, arguments)


def _import(arguments: argparse.Namespace) -> Imported:
    at = datetime.now(UTC)
    home.establish()
    with home.database():
        operator.ready(arguments.profile)
        book = policy_book(hall_id=None, at=at)
        sheet = _sheet(arguments.file, book)
        return import_register(
            sheet=sheet,
            form=arguments.format,
            dry_run=arguments.dry_run,
            skip_refused=arguments.skip_refused,
            by=operator.at_the_console(at=at),
            at=at,
            progress=_Told(),
        )


def _sheet(path: Path, book: PolicyBook) -> Sheet:
    limits = Limits(
        size=book[MOST_MEGABYTES] * MEGABYTE,
        unpacked=book[MOST_UNPACKED] * MEGABYTE,
        ratio=book[MOST_RATIO],
        rows=book[MOST_ROWS],
    )
    try:
        check_size(path.stat().st_size, limits)
        content = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(path=path, why=error.strerror) from None
    return read_sheet(content, name=path.name, limits=limits)


class _Told:
    """Progress on standard error, not more than twice a second."""

    def __init__(self) -> None:
        self.last = time.monotonic()

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.last < _EVERY_SECONDS:
            return
        self.last = now
        zh, en = ("已核对", "judged") if stage == "judge" else ("已写入", "written")
        of = f" / {total}" if total else ""
        print(both(f"{zh} {done}{of} 行", f"{done}{of} rows {en}"), file=sys.stderr, flush=True)


def _tell(done: Imported, arguments: argparse.Namespace) -> int:
    report = done.report
    say(
        f"共 {report.rows} 行，可接受 {report.accepted} 行，修正 {len(report.repaired)} 处，提示 {len(report.warnings)} 处，"
        f"不能接受 {len(report.errors)} 行",
        f"{report.rows} rows, {report.accepted} accepted, {len(report.repaired)} repairs, {len(report.warnings)} warnings,"
        f" {len(report.errors)} refused",
    )
    if done.made is not None:
        say(f"已导入（第 {done.made.id} 次）", f"imported (import {done.made.id})")
        return 0
    if arguments.dry_run:
        say("试导入：什么都没有写入", "dry run: nothing was written")
        return 0
    refused = RowsRefused(refused=len(report.errors))
    complain(
        refused.sentence("zh") + refused.alternative("zh"),
        f"{refused.sentence('en')} {refused.alternative('en')}",
    )
    return 1
