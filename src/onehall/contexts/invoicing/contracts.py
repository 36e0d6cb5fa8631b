"""What crosses invoicing's door, and how it says no."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values import ids
from onehall.foundation.values.money import Money


class Undoing(StrEnum):
    """How the paper of a reversed payment is undone (RCP-01)."""

    VOID = "void"
    RED = "red"


@dataclass(frozen=True, slots=True)
class RedReceipt:
    """A red receipt; `amount` is that of its receipt with the opposite sign."""

    id: int
    hall: ids.HallId
    receipt: ids.ReceiptId
    number: str
    book: ids.BookId
    amount: Money
    copies: int
    reason: str
    counter: ids.CounterId
    by: ids.UserId
    issued_at: datetime


class MoreThanAll(Refusal):
    """More copies than the receipt has."""

    code = "invoicing.more_than_all"
    rule = "RCP-01"
    status = 400
    zh = "收据 {number} 共 {copies} 联，不会收回 {present} 联。"
    en = "Receipt {number} has {copies} copies; {present} cannot have come back."
    alternative_zh = "请数一数手里的联数，包括存根联和记帐联。"
    alternative_en = "Count the copies at hand, stub and ledger copy among them."


class PaperUndone(Refusal):
    """The receipt is void or has its red one."""

    code = "invoicing.paper_undone"
    rule = "RCP-01"
    zh = "这张收据已经作废或冲红，没有重复办理。"
    en = "This receipt is void or has its red one; nothing was done twice."
    alternative_zh = "请刷新页面查看结果。"
    alternative_en = "Reload the page to see what stands."
