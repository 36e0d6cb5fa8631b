"""What crosses the ledger's door, and how it says no."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values import ids
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text


class Means(StrEnum):
    """How money comes in (PAY-03). Which of them are open is policy."""

    CASH = "cash"
    CARD = "card"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    RECHARGE_CARD = "recharge_card"
    TRANSFER = "transfer"
    PREPAID = "prepaid"
    WITHHOLDING = "withholding"


class AccountKind(StrEnum):
    """The classes of accounts; assets and expenses grow by debits (positive), the others by credits (negative)."""

    ASSET = "asset"
    LIABILITY = "liability"
    REVENUE = "revenue"
    EXPENSE = "expense"


@dataclass(frozen=True, slots=True)
class Tender:
    """One means of one payment: `amount` goes to the payment, `tendered` came over the counter, `change` went back."""

    means: Means
    amount: Money
    tendered: Money
    change: Money


@dataclass(frozen=True, slots=True)
class CallOut:
    """What the clerk calls out and both displays show large (PAY-02)."""

    due: Money
    received: Money
    change: Money
    sentence: Text


@dataclass(frozen=True, slots=True)
class PaymentPosted:
    """A payment that was just written."""

    payment: ids.PaymentId
    batch: int
    amount: Money
    change: Money


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment as it stands."""

    id: ids.PaymentId
    hall: ids.HallId
    counter: ids.CounterId
    by: ids.UserId
    basket: ids.BasketId
    party: ids.PartyId
    at: datetime
    amount: Money
    policy_version: int
    tenders: tuple[Tender, ...]
    reversed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PaymentReversed:
    """A payment that was just undone; `refunds` says how much goes back by which means."""

    reversal: int
    payment: ids.PaymentId
    amount: Money
    refunds: tuple[tuple[Means, Money], ...]


@dataclass(frozen=True, slots=True)
class ReceiptIssued:
    """A receipt that was just written; `turn` 2 replaces a spoiled first."""

    receipt: ids.ReceiptId
    number: str
    amount: Money
    turn: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt as it stands; the words on it are never altered (RCP-01)."""

    id: ids.ReceiptId
    hall: ids.HallId
    payment: ids.PaymentId
    kind: str
    number: str
    book: ids.BookId
    payer: str
    amount: Money
    copies: int
    turn: int
    by: ids.UserId
    issued_at: datetime
    voided_at: datetime | None
    void_reason: str


class TooLittle(Refusal):
    """Less was handed over than is due: there is no credit at the counter."""

    code = "ledger.too_little"
    rule = "PAY-01"
    zh = "应收 {due} 元，实收 {tendered} 元，还差 {missing} 元。先付费，后开通。"
    en = (
        "{due} yuan are due, {tendered} were handed over, {missing} are missing. Services open after payment."
    )
    alternative_zh = "请补足差额，或减少办理的业务。"
    alternative_en = "Hand over the rest, or take something out of the basket."


class MeansNotOpen(Refusal):
    """A means of payment that the hall does not take."""

    code = "ledger.means_not_open"
    rule = "PAY-03"
    zh = "本厅目前不受理“{means}”付款。"
    en = "This hall does not take payment by {means_en} at present."
    alternative_zh = "可以用{open}付款。"
    alternative_en = "You can pay by {open_en}."


class TendersDiffer(Refusal):
    """The parts of a mixed payment do not add up to what is due, or more was taken than cash can give back."""

    code = "ledger.tenders_differ"
    rule = "LED-01"
    zh = "应收 {due} 元，各种付款合计 {paid} 元，两者不符。"
    en = "{due} yuan are due but the tenders add up to {paid}."
    alternative_zh = "请核对每种付款方式的金额；只有现金可以找零。"
    alternative_en = "Check the amount of each means; only cash gives change."


class PaidAlready(Refusal):
    """The basket has its payment, or the same intent was posted."""

    code = "ledger.paid_already"
    rule = "LED-03"
    zh = "这笔业务已经收过款，没有重复入账。"
    en = "This basket is already paid; nothing was posted twice."
    alternative_zh = "请查看已开出的收据。"
    alternative_en = "See the receipt that was issued."


class ReceiptStands(Refusal):
    """One payment has one valid receipt."""

    code = "ledger.receipt_stands"
    rule = "RCP-01"
    zh = "这笔收款已经有一张有效收据。"
    en = "This payment already has a valid receipt."
    alternative_zh = "可以补打，或先将原收据各联收齐作废。"
    alternative_en = "Reprint it, or first collect all copies and declare it void."


class CopiesMissing(Refusal):
    """A spoiled receipt is kept with all its copies."""

    code = "ledger.copies_missing"
    rule = "RCP-01"
    zh = "收据 {number} 共 {copies} 联，只收回 {present} 联，不能作废。"
    en = "Receipt {number} has {copies} copies but only {present} are present; it cannot be declared void."
    alternative_zh = "请向客户收回全部联次。"
    alternative_en = "Collect every copy from the customer."


class UndoneAlready(Refusal):
    """A payment is reversed once and whole; a receipt is declared void once."""

    code = "ledger.undone_already"
    rule = "LED-01"
    zh = "这笔收款已经冲正，或这张收据已经作废，没有重复办理。"
    en = "This payment is already reversed, or this receipt is already void; nothing was done twice."
    alternative_zh = "请刷新页面查看结果；客户还要办的，另开受理单。"
    alternative_en = "Reload the page to see what stands; whatever is still wanted goes into a new basket."
