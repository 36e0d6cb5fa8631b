"""Reading the bank's record, and what it and the bags say to each other (CSH-04)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from onehall.contexts.banking.contracts import Bag, BankFileRefused, BankLine, BankRow, Finding, Verdict
from onehall.foundation.values.money import LARGEST_FEN, Money, NotAnAmount
from onehall.foundation.values.period import local

_LONGEST_NAME = 120  # structural: longer than a company's name
_OPTIONAL = frozenset({"payer"})
"""Columns that a bank's file may lack."""
_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d")


def reconcile(
    *, bags: Iterable[Bag], lines: Sequence[BankLine], notes: Mapping[str, str], bank_days: int, today: date
) -> list[Finding]:
    """Every bag that left and every line the bank has, with what they say to each other.

    `notes` are explanations by "bag 7" or "line 9". The first line of a bag is its own, a second is TWICE.
    """
    known = {bag.serial: bag for bag in bags}
    seen: set[str] = set()
    found = []
    for line in lines:
        bag = known.get(line.label)
        verdict = _verdict(bag, line, twice=line.label in seen, bank_days=bank_days)
        seen.add(line.label)
        difference = line.amount - (bag.amount if bag and verdict is not Verdict.TWICE else Money.zero())
        found.append(Finding(verdict, bag, line, difference, notes.get(f"line {line.id}", "")))
    for bag in known.values():
        if bag.serial not in seen and bag.handed_at is not None:
            overdue = today > local(bag.handed_at).date() + timedelta(days=bank_days)
            verdict = Verdict.MISSING if overdue else Verdict.AWAITED
            found.append(Finding(verdict, bag, None, -bag.amount, notes.get(f"bag {bag.id}", "")))
    return found


def _verdict(bag: Bag | None, line: BankLine, *, twice: bool, bank_days: int) -> Verdict:
    if bag is None:
        return Verdict.UNCLAIMED if line.payer else Verdict.UNKNOWN_BAG
    if twice:
        return Verdict.TWICE
    if bag.handed_at is None:
        return Verdict.NOT_HANDED_OVER
    if line.amount != bag.amount:
        return Verdict.DIFFERS
    late = line.booked_on > local(bag.handed_at).date() + timedelta(days=bank_days)
    return Verdict.LATE if late else Verdict.MATCHED


def read_rows(
    rows: Iterable[tuple[int, Sequence[object]]], *, columns: Mapping[str, str]
) -> tuple[list[BankRow], int]:
    """The lines of a bank's file and how many rows name neither bag nor payer; `columns` are headings for date, amount, label,
    reference and, where the bank has it, payer.

    The first row with all headings but the payer's is the head. Raises BankFileRefused, naming the row, for whatever cannot be read.
    """
    places: dict[str, int] = {}
    found: list[BankRow] = []
    unlabelled, last = 0, 1
    for last, cells in rows:
        texts = [_text(cell) for cell in cells]
        if not places:
            places = _head(texts, columns)
            continue
        cell = {name: texts[place] if place < len(texts) else "" for name, place in places.items()}
        if cell["label"] or cell.get("payer"):
            found.append(_row(last, cell))
        else:
            unlabelled += 1
    if not places:
        wanted = "、".join(heading for name, heading in columns.items() if name not in _OPTIONAL)
        raise BankFileRefused(
            field="file",
            row=last,
            why=f"没有找到表头（{wanted}）",
            why_en=f"the headings were not found ({wanted})",
        )
    return found, unlabelled


def _head(texts: list[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Where the columns stand, if this row is the head."""
    found = {name: texts.index(heading) for name, heading in columns.items() if heading in texts}
    return found if found.keys() >= columns.keys() - _OPTIONAL else {}


def _row(number: int, cell: Mapping[str, str]) -> BankRow:
    if not cell["reference"]:
        raise BankFileRefused(
            field="file", row=number, why="没有银行流水号", why_en="the bank's reference is missing"
        )
    try:
        amount = Money.yuan(cell["amount"])
    except NotAnAmount:
        raise BankFileRefused(
            field="file",
            row=number,
            why=f"“{cell['amount']}”不是金额",
            why_en=f"“{cell['amount']}” is no amount",
        ) from None
    if not 0 < amount.fen <= LARGEST_FEN:
        raise BankFileRefused(
            field="file", row=number, why=f"金额 {amount} 不是存入", why_en=f"{amount} is no deposit"
        )
    return BankRow(
        number, cell["reference"][:60], _day(number, cell["date"]), cell["label"][:40], amount, cell.get("payer", "")[:_LONGEST_NAME]
    )  # fmt: skip


def _day(number: int, typed: str) -> date:
    for form in _DAYS:
        try:
            return datetime.strptime(typed, form).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    raise BankFileRefused(field="file", row=number, why=f"“{typed}”不是日期", why_en=f"“{typed}” is no day")


def _text(cell: object) -> str:
    """A cell as it reads: whole numbers without a point, days as days, an amount that a workbook keeps as a float in fen."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        exact = f"{cell:.2f}" if round(cell, 2) == cell else str(cell)
        return exact.removesuffix(".00")
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    return str(cell).strip()
