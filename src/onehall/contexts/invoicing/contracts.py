"""What crosses invoicing's door, and how it says no."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values import ids
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

Undoing = StrEnum("Undoing", {"VOID": "void", "RED": "red"})
"""How the paper of a reversed payment is undone (RCP-01)."""
InvoiceKind = StrEnum("InvoiceKind", {"ELECTRONIC": "electronic", "PAPER": "paper", "HANDWRITTEN": "handwritten"})  # fmt: skip
"""数电票, printed from a book, written by hand into a book (RCP-03, RCP-05)."""
InvoiceState = StrEnum("InvoiceState", "REQUESTED ISSUED COLLECTED LAPSED REFUSED WITHDRAWN")
"""REFUSED by the tax side and WITHDRAWN never were invoices; LAPSED was not collected in time (RCP-04)."""


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


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who it is made out to; a tax number for an organisation, a mail address where the file is to be sent."""

    title: str
    tax_no: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """What one paid service is invoiced with, tax included; `rate` is None where nothing was sold yet (LAW-31)."""

    order: ids.OrderId
    name: Text
    quantity: int
    amount: Money
    category: str
    rate: int | None
    tax: Money


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice as it stands at the moment it was read for; a red one names what it reverses in `of`."""

    id: int
    hall: ids.HallId
    payment: ids.PaymentId
    receipt: ids.ReceiptId
    serial: str
    kind: InvoiceKind
    of: int | None
    amount: Money
    buyer: Buyer
    lines: tuple[InvoiceLine, ...]
    reason: str
    asked_at: datetime
    ready_on: date
    collect_by: date
    by: ids.UserId
    approval: int | None
    state: InvoiceState
    number: str
    issued_at: datetime | None
    signed: tuple[ids.UserId, ...]
    why: str
    attempts: int | None


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
