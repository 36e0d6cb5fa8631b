"""The acquirer's statement of a day: csv in UTF-8 or GB18030 whose first line names the merchant and whose last adds up.

A row bears our number where the terminal was connected; else its day and reference, as its slip does.
"""

import csv
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from onehall.adapters.terminal.codec import name_of
from onehall.contexts.clearing.ports import File, FileRefused, Kind, Row
from onehall.foundation.values.money import Money

COLUMNS = (
    "终端号",
    "交易时间",
    "交易类型",
    "卡号",
    "参考号",
    "原交易日期",
    "原参考号",
    "商户订单号",
    "金额（元）",
    "手续费（元）",
)
ZONE = ZoneInfo("Asia/Shanghai")
STAMP = "%Y-%m-%d %H:%M:%S"
_KINDS = {"消费": Kind.CHARGE, "撤销": Kind.REFUND, "退货": Kind.REFUND}
_MERCHANT = re.compile(r"#商户号：(\S+)")
_TOTAL = re.compile(r"#合计：消费(\d+)笔([\d.]+)元，退回(\d+)笔([\d.]+)元")


def read(content: bytes, *, merchant: str, day: date | None, today: date) -> File:
    """The file, whole: it is this merchant's and adds up to its own totals. Without a `day` it is the one its rows name.

    Raises FileRefused.
    """
    lines = _text(content).splitlines()
    named = _MERCHANT.fullmatch(lines[0].strip()) if lines else None
    if named is None or named[1] != merchant:
        raise _no("这不是本公司刷卡商户的账单", "This file is of another merchant")
    rows = _rows([line for line in lines if line and not line.startswith("#")])
    _check_totals(_TOTAL.fullmatch(lines[-1].strip()), rows)
    days = {row.at.astimezone(ZONE).date() for row in rows}
    if day is None and len(days) != 1:
        raise _no(f"账单里有 {len(days)} 天的交易，看不出是哪一天的", f"The rows are of {len(days)} days")
    of = day or days.pop()
    if of >= today:
        raise _no(f"{of} 还没有过完", f"{of} is not over yet")
    return File("card", of, f"{merchant}-{of:%Y%m%d}", tuple(rows))


def _check_totals(said: re.Match[str] | None, rows: Sequence[Row]) -> None:
    sums = []
    for kind in (Kind.CHARGE, Kind.REFUND):
        amounts = [row.amount for row in rows if row.kind is kind]
        sums += [len(amounts), Money.total(amounts).fen]
    told = (
        [int(said[1]), int(Decimal(said[2]) * 100), int(said[3]), int(Decimal(said[4]) * 100)] if said else []
    )
    if told != sums:
        raise _no("文件不完整：合计与各行之和不符", "The file is not whole: its totals differ from its rows")


def _text(content: bytes) -> str:
    for code in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(code)
        except UnicodeDecodeError:
            continue
    raise _no("文件看不懂", "The file could not be read")


def _rows(lines: Sequence[str]) -> list[Row]:
    try:
        table = [[cell.strip() for cell in line] for line in csv.reader(lines)]
    except csv.Error:
        table = []
    if not table or tuple(table[0]) != COLUMNS:
        raise _no("没有找到表头", "The headings were not found")
    return [_row(number, line) for number, line in enumerate(table[1:], 2)]


def _row(number: int, line: Sequence[str]) -> Row:
    try:
        cell = dict(zip(COLUMNS, line, strict=True))
        kind = _KINDS[cell["交易类型"]]
        at = datetime.strptime(cell["交易时间"], STAMP).replace(tzinfo=ZONE)
        own = name_of(at, cell["参考号"])
        amount, fee = _money(cell["金额（元）"]), _money(cell["手续费（元）"])
        first = own if kind is Kind.CHARGE else _first(cell["原交易日期"], cell["原参考号"])
        if amount <= Money.zero():
            raise ValueError(amount)
    except (KeyError, ValueError, InvalidOperation):
        raise _no(f"明细第 {number} 行看不懂", f"Row {number} could not be read") from None
    return Row(kind, (cell["商户订单号"] or first)[:64], own, amount, fee, at)


def _first(day: str, reference: str) -> str:
    """The transaction that is given back."""
    return name_of(datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=ZONE), reference)


def _money(typed: str) -> Money:
    """Yuan in whole fen. Raises ValueError, InvalidOperation."""
    fen = Decimal(typed) * 100
    if fen != int(fen):
        raise ValueError(typed)
    return Money(int(fen))


def _no(why: str, why_en: str) -> FileRefused:
    return FileRefused(field="file", why=why, why_en=why_en)
