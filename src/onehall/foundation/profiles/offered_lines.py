"""What a profile says of telephone lines: the line that an offering brings, and the numbers of a compound."""

from dataclasses import dataclass

from onehall.foundation.values.money import Money

_NOTHING = Money.zero()


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
