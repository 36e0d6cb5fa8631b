"""What crosses the door of balances, and how it says no."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values import ids
from onehall.foundation.values.money import Money


class Kind(StrEnum):
    """What moved a balance: paid in, its sale undone, spent, the sale it paid undone, a line's rest come in, paid out."""

    DEPOSIT, TAKEN_BACK = "deposit", "taken_back"
    SPENT, PUT_BACK = "spent", "put_back"
    MOVED_IN = "moved_in"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement; `amount` above zero into the balance. `reference` is the number of its order, payment, request or telephone line."""

    id: int
    party: ids.PartyId
    kind: Kind
    reference: int
    amount: Money
    hall: ids.HallId
    by: ids.UserId
    at: datetime


class BalanceRefused(Refusal):
    """A balance does not hold what is asked of it."""

    code = "balances.refused"
    rule = "PAY-03"
    zh = "{why}。"
    en = "{why_en}."
    alternative_zh = "{do}"
    alternative_en = "{do_en}"
