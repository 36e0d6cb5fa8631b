"""What a profile says beside offerings and accounts: their kinds, the telephone line that one brings, a compound's numbers, principals."""

from dataclasses import dataclass
from typing import Literal

from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

_NOTHING = Money.zero()
OfferingKind = Literal[
    "broadband", "fixed_line", "bundle", "mobile", "gas", "one_off", "value_added", "handset", "collection"
]  # fmt: skip
CashRole = Literal["", "drawer", "float", "granted", "transit", "bank", "pending", "claim", "loss", "prepaid"]


@dataclass(frozen=True, slots=True)
class OfferedLine:
    """The line that an offering brings: plan, credits, whether it goes with broadband only, the rule of the 15th (CAT-07)."""

    plan: str
    monthly_credit: Money = _NOTHING
    annual_credit: Money = _NOTHING
    bundled: bool = False
    half_month: bool = False


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Telephone numbers that lines of a compound may have, by source (ADR-03)."""

    compound: str
    source: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Principal:
    """For whom money is collected, and the liability of accounts.toml that holds it (CAT-11)."""

    code: str
    name: Text
    account: str
