"""`onehall verify`: proves that money, books, papers, terms and access agree and that the audit chain is whole (LED-02)."""

import argparse
import json
import sys
import time
from typing import Any

from onehall.entrances.console import home, schema
from onehall.entrances.console.words import both, complain, say
from onehall.foundation import audit
from onehall.foundation.documents import proof as papers
from onehall.foundation.scopes import Scope
from onehall.readings.signatures import verify_signatures
from onehall.readings.verification import CHECKS, Result, Totals, run_checks, totals

_EVERYTHING = Scope.operator()
_PAPERS = 10_000
_SILENCE_SECONDS = 2.0


def add(subparsers: Any) -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "verify", help=both("核对帐、款、票据、业务四者相符", "prove that money, books and services agree")
    )
    parser.add_argument(
        "--most",
        type=int,
        default=10,
        help=both("每项核对最多列出几条", "how many findings of each check are listed"),
    )
    parser.add_argument(
        "--json", action="store_true", help=both("结果为 JSON", "the verdict as JSON for machines")
    )
    _add_thorough(parser)
    parser.set_defaults(run=run)


def _add_thorough(parser: argparse.ArgumentParser) -> None:
    papers = both(
        f"打开全部底稿（平时只开最近 {_PAPERS} 份）", f"open all papers, not the newest {_PAPERS} only"
    )
    parser.add_argument("--all-papers", action="store_true", help=papers)
    rows = both(
        "逐条核对（平时两边总体相符即不再逐条）",
        "compare every record, also where both sides agree as a whole",
    )
    parser.add_argument("--row-by-row", action="store_true", help=rows)


def run(arguments: argparse.Namespace) -> int:
    """0 when everything agrees, 1 when something does not; the first offending record of each check is named first.

    Raises SchemaBehind.
    """
    home.establish()
    with home.database():
        behind = schema.waiting()
        if behind:
            raise schema.SchemaBehind(count=behind)
        report = _Report(quiet=arguments.json)
        report.books(arguments.most, row_by_row=arguments.row_by_row)
        report.papers(None if arguments.all_papers else _PAPERS)
        report.signatures()
        report.trail()
    return report.conclude()


class _Report:
    """The verdict as it grows: a line a check as soon as it is done, or one JSON object at the end."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._checks: list[dict[str, Any]] = []
        self._facts: dict[str, Any] = {}
        self._spoken = time.monotonic()

    def books(self, at_most: int, *, row_by_row: bool) -> None:
        """All checks over the tables."""
        seen = totals(scope=_EVERYTHING)
        self._facts |= {
            "records": seen.records,
            "fen": seen.amount.fen,
            "announcements_waiting": seen.waiting,
        }
        self._say(*_volume(seen))
        for result in run_checks(scope=_EVERYTHING, at_most=at_most, row_by_row=row_by_row):
            self._note(result, seen.records.get(result.check.record, 0))

    def papers(self, newest: int | None) -> None:
        """Papers are opened and hashed again."""
        found = papers.verify_contents(
            scope=_EVERYTHING, newest=newest, progress=self._progress("底稿", "papers")
        )
        listed = [
            {"record": "paper", "id": serial, "expected": "sha256", "found": "altered"}
            for _, serial in found.altered
        ]
        self._line(
            "REC-03", "底稿内容未被改动", "papers say what they said", found.opened, len(listed), listed
        )

    def signatures(self) -> None:
        """Strokes, the form that was shown, and the document of record are still joined as they were signed."""
        found = verify_signatures(scope=_EVERYTHING, progress=self._progress("签名", "signatures"))
        listed = [
            {
                "record": "signature of basket",
                "id": str(basket),
                "expected": "as signed",
                "found": f"{what} altered",
            }
            for basket, what in found.altered
        ]
        self._line(
            "LAW-32", "屏上签名未被改动", "signatures are as signed", found.looked_at, len(listed), listed
        )

    def trail(self) -> None:
        """The audit chains, and the tail that is not sealed yet."""
        chain = audit.verify(progress=self._progress("审计记录", "audit lines"))
        broken = [] if chain.sound else [
            {"record": "audit line", "id": str(chain.broken), "expected": "chain", "found": chain.why}
        ]  # fmt: skip
        self._line("SEC-09", "审计链完整", "the audit chain is whole", chain.lines, len(broken), broken)
        self._facts["audit"] = {"sealed": chain.lines, "unsealed": chain.unsealed, "halls": chain.halls}
        self._say(
            f"审计 {chain.lines} 行已封存，{chain.unsealed} 行待封存",
            f"{chain.lines} audit lines sealed, {chain.unsealed} waiting",
        )

    def conclude(self) -> int:
        """The last word, and the exit code."""
        wrong = sum(check["faults"] > 0 for check in self._checks)
        if self._quiet:
            verdict = {"sound": not wrong, **self._facts, "checks": self._checks}
            print(json.dumps(verdict, ensure_ascii=False, indent=1))
        elif wrong:
            complain(f"不相符：{wrong} 项", f"something does not agree: {wrong} checks")
        else:
            say("相符", "everything agrees")
        return 1 if wrong else 0

    def _note(self, result: Result, looked_at: int) -> None:
        title = result.check.title
        listed = [
            {"record": one.record, "id": one.id, "expected": one.expected, "found": one.found}
            for one in result.findings
        ]
        self._line(result.check.rule, title.zh, title.en, looked_at, result.faults, listed)

    def _line(
        self, rule: str, zh: str, en: str, looked_at: int, faults: int, listed: list[dict[str, Any]]
    ) -> None:
        self._checks.append(
            {"rule": rule, "zh": zh, "en": en, "records": looked_at, "faults": faults, "findings": listed}
        )
        if self._quiet:
            return
        if not faults:
            say(f"✓ [{rule}] {zh}：{looked_at} 条", f"{en}: {looked_at}")
        for one in listed:
            complain(
                f"✗ [{rule}] {zh}：{one['record']} {one['id']} 应为 {one['expected']}，实为 {one['found']}",
                f"{en}: {one['record']} {one['id']} expected {one['expected']}, found {one['found']}",
            )
        if faults > len(listed):
            complain(f"  共 {faults} 条不符", f"{faults} in all")

    def _progress(self, zh: str, en: str) -> Any:
        def tell(done: int) -> None:
            if not self._quiet and sys.stderr.isatty() and time.monotonic() - self._spoken > _SILENCE_SECONDS:
                self._spoken = time.monotonic()
                complain(f"  {zh} {done}…", f"{en} {done}…")

        return tell

    def _say(self, zh: str, en: str) -> None:
        if not self._quiet:
            say(zh, en)


def _volume(seen: Totals) -> tuple[str, str]:
    payments, receipts = seen.records["payment"], seen.records["receipt"]
    return (
        f"核对收款 {payments} 笔、收据 {receipts} 张、金额 {seen.amount} 元，共 {len(CHECKS) + 3} 项；"
        f"待通知 {seen.waiting} 条",
        f"{payments} payments, {receipts} receipts, {seen.amount} yuan, {len(CHECKS) + 3} checks;"
        f" {seen.waiting} announcements wait",
    )
