"""What crosses acquiring's door, and how it says no."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values import ids
from onehall.foundation.values.money import Money


class Provider(StrEnum):
    """Who takes the customer's money; the same word as the ledger's means. A transfer is the bank's own record."""

    WECHAT, ALIPAY = "wechat", "alipay"
    CARD, TRANSFER, RECHARGE_CARD = "card", "transfer", "recharge_card"


class Way(StrEnum):
    """We scan the customer's code, the customer ours, a terminal reads the card, another's slip is typed, the bank's record shows it,
    a recharge card is redeemed by its number and secret."""

    SCANNED, SHOWN = "scanned", "shown"
    TERMINAL, SLIP, RECORD, REDEEMED = "terminal", "slip", "record", "redeemed"


class State(StrEnum):
    """Where a charge stands: its last event."""

    ASKED = "asked"
    WAITING = "waiting"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CLOSED = "closed"
    REFUNDING, REFUNDED, REFUND_REFUSED = "refunding", "refunded", "refund_refused"


class Said(StrEnum):
    """What a provider says of a charge. UNKNOWN: no answer came, nobody knows. ABSENT: it knows of no such charge."""

    SUCCEEDED = "succeeded"
    WAITING = "waiting"
    FAILED = "failed"
    CLOSED = "closed"
    REFUNDED = "refunded"
    REFUND_REFUSED = "refund_refused"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What it said. `code_url` is what our display shows; `payer` the card masked, `approval` its code; `why` the provider's own word."""

    said: Said
    transaction: str = ""
    paid_at: datetime | None = None
    amount: Money | None = None
    code_url: str = ""
    why: str = ""
    payer: str = ""
    approval: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge as it stands. `payment` used it; `transaction` and `paid_at` are the provider's, once it succeeded."""

    id: int
    hall: ids.HallId
    counter: ids.CounterId
    by: ids.UserId
    basket: ids.BasketId
    provider: Provider
    way: Way
    number: str
    amount: Money
    asked_at: datetime
    state: State
    changed_at: datetime
    transaction: str
    paid_at: datetime | None
    code_url: str
    why: str
    payment: ids.PaymentId | None
    payer: str = ""
    approval: str = ""

    @property
    def open(self) -> bool:
        """Whether the customer may still pay it."""
        return self.state in (State.ASKED, State.WAITING)

    @property
    def usable(self) -> bool:
        """Whether it is money without a sale that a payment may use."""
        return self.state is State.SUCCEEDED and self.payment is None


class ChargeRefused(Refusal):
    """Nothing was asked of the customer."""

    code = "acquiring.charge_refused"
    rule = "PAY-03"
    zh = "{why}。"
    en = "{why_en}."
    alternative_zh = "{do}"
    alternative_en = "{do_en}"


class AnswerRefused(Refusal):
    """What came in the provider's name does not fit the charge it names; nothing was changed."""

    code = "acquiring.answer_refused"
    rule = "PAY-03"
    status = 400
    zh = "通知与收单单不符（{why}），没有入账。"
    en = "The notice does not fit its charge ({why}); nothing was booked."
