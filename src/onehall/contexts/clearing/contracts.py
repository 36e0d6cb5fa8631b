"""What crosses clearing's door, and how it says no."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values import ids
from onehall.foundation.values.money import Money


class Kind(StrEnum):
    """What a row of a provider's file, or a difference, is about."""

    CHARGE, REFUND, SETTLEMENT = "charge", "refund", "settlement"


class Verdict(StrEnum):
    """What file and books say to each other where they differ. FEE: another fee than agreed. DAY: another day than ours."""

    ONLY_OURS, ONLY_THEIRS, AMOUNT, TWICE = "only_ours", "only_theirs", "amount", "twice"
    DAY, FEE, SETTLED = "day", "fee", "settled"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a provider's file: `amount` is above zero for both kinds, `fee` what it kept (below zero: gave back)."""

    kind: Kind
    number: str
    transaction: str
    amount: Money
    fee: Money
    at: datetime


@dataclass(frozen=True, slots=True)
class File:
    """A provider's file of a day, whole. `reference` is how the bank's record names the day's settlement."""

    provider: str
    day: date
    reference: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Ours:
    """What our books hold of a charge or its refund; `day` is the one it was paid or given back on."""

    kind: Kind
    number: str
    hall: ids.HallId
    amount: Money
    day: date


@dataclass(frozen=True, slots=True)
class Found:
    """A difference: what the books hold (with what was booked for it before) and what the provider's files say."""

    verdict: Verdict
    kind: Kind
    number: str
    ours: Money
    theirs: Money


@dataclass(frozen=True, slots=True)
class Bill:
    """A provider's day as it was read. `fees` is what the provider kept; `settled` what the bank showed, None while it did not."""

    id: int
    provider: str
    day: date
    reference: str
    hall: ids.HallId
    rows: int
    charged: Money
    refunded: Money
    fees: Money
    settled: Money | None
    open: int

    @property
    def net(self) -> Money:
        """What the provider owes for the day."""
        return self.charged - self.refunded - self.fees


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference as it was found, and who settled it when and why."""

    id: int
    hall: ids.HallId
    provider: str
    day: date
    found: Found
    row: Row | None
    settled_at: datetime | None
    settled_by: ids.UserId | None
    reason: str


class FileRefused(Refusal):
    """A provider's file cannot be taken; nothing of it was."""

    code, rule = "clearing.file_refused", "PAY-03"
    status = 400
    zh, en = "{why}，整个文件没有导入。", "{why_en}; nothing of the file was taken."
    alternative_zh, alternative_en = "请重新下载当天的账单。", "Download the day's bill again."


class DifferenceRefused(Refusal):
    """A difference cannot be settled so."""

    code, rule = "clearing.difference_refused", "PAY-03"
    zh, en = "{why}。", "{why_en}."
    alternative_zh, alternative_en = "{do}", "{do_en}"
