"""Invoices as JSON: whole fen; a red one is negative."""

from typing import Literal

from onehall.entrances.api.shared.schema import (
    Amount,
    Bilingual,
    Day,
    Fen,
    Given,
    Id,
    Moment,
    Sentence,
    Shown,
    Word,
)


class LineGiven(Given):
    """How much of a service of the payment."""

    order: Id
    amount_fen: Fen


class InvoiceGiven(Given):
    """Who it is made out to, and the number on the receipt. Without `lines` all that is left of the payment.

    One written by hand needs a `reason`; without `approval` the leader is asked, which is answered as a problem with its number.
    """

    title: Word
    receipt: Word
    tax_no: Word = ""
    mail: Word = ""
    kind: Literal["electronic", "paper", "handwritten"] = "electronic"
    lines: list[LineGiven] = []
    reason: Word = ""
    approval: Id | None = None


class CollectionGiven(Given):
    """The number of the receipt that was shown."""

    receipt: Word


class WithdrawalGiven(Given):
    """Why."""

    reason: Sentence


class RedGiven(Given):
    """Why, and how much of which service; without `lines` all that is left."""

    reason: Sentence
    lines: list[LineGiven] = []


class InvoiceLine(Shown):
    """A service on an invoice; `rate` is empty where it is untaxed."""

    order: int
    name: Bilingual
    quantity: int
    amount: Amount
    category: str
    rate: int | None
    tax: Amount


class Invoice(Shown):
    """An invoice as it stands; who it is made out to is in its file only."""

    id: int
    payment: int
    receipt: int
    serial: str
    kind: str
    of: int | None
    amount: Amount
    lines: list[InvoiceLine]
    reason: str
    asked_at: Moment
    ready_on: Day
    collect_by: Day
    state: str
    number: str
    issued_at: Moment | None
    why: str


class Invoices(Shown):
    """In the order in which they were asked for."""

    items: list[Invoice]
