"""What crosses banking's door, and how it says no."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values import ids
from onehall.foundation.values.money import Money


@dataclass(frozen=True, slots=True)
class Bag:
    """A sealed bag. `counted` is pieces by denomination in fen; unsigned or not handed over where the fields are None."""

    id: int
    hall: ids.HallId
    serial: str
    counted: Mapping[int, int]
    amount: Money
    sealed_by: ids.UserId
    sealed_at: datetime
    signed_by: ids.UserId | None
    signed_at: datetime | None
    handed_at: datetime | None
    handed_by: ids.UserId | None
    carrier: str
    drawers: tuple[ids.DrawerId, ...]


@dataclass(frozen=True, slots=True)
class BankRow:
    """A line of the bank's record as it is read: its own reference, the day it was booked, the bag it names or who paid."""

    row: int
    reference: str
    booked_on: date
    label: str
    amount: Money
    payer: str = ""


@dataclass(frozen=True, slots=True)
class BankLine:
    """A line of the bank's record as it is kept; `payer` is masked."""

    id: int
    reference: str
    booked_on: date
    label: str
    amount: Money
    payer: str = ""


class Verdict(StrEnum):
    """What bag and bank say to each other (CSH-04)."""

    MATCHED, AWAITED = "matched", "awaited"
    MISSING = "missing"
    DIFFERS = "differs"
    LATE, TWICE = "late", "twice"
    UNKNOWN_BAG, NOT_HANDED_OVER = "unknown_bag", "not_handed_over"
    UNCLAIMED = "unclaimed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One bag, one line, or both. `difference` is the bank's less ours; `explained` is what somebody found out."""

    verdict: Verdict
    bag: Bag | None
    line: BankLine | None
    difference: Money
    explained: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought: new lines, lines known from before, rows that name no bag."""

    new: int
    known: int
    unlabelled: int


@dataclass(frozen=True, slots=True)
class MonthClose:
    """A hall's month: proposed, and closed once a second person agreed (CSH-05)."""

    hall: ids.HallId
    start: datetime
    end: datetime
    asked_by: ids.UserId
    asked_at: datetime
    closed_by: ids.UserId | None
    closed_at: datetime | None


class BagRefused(Refusal):
    """A bag is not ready for this step."""

    code = "banking.bag_refused"
    rule = "CSH-04"
    zh = "{why}。"
    en = "{why_en}."
    alternative_zh = "{do}"
    alternative_en = "{do_en}"


class BankFileRefused(Refusal):
    """A row of the bank's file cannot be taken; nothing of the file was."""

    code = "banking.file_refused"
    rule = "CSH-04"
    status = 400
    zh = "第 {row} 行：{why}，整个文件没有导入。"
    en = "Row {row}: {why_en}; nothing of the file was imported."
    alternative_zh = "请对照政策“银行对账单列名”改正文件，或改政策后再导入。"
    alternative_en = "Correct the file, or the policies that name its columns, and import it again."
