"""A line's month as it was billed. Money is in units: whole numbers of 1/10000 yuan."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Bill:
    """A line's month as it was billed; `fen` went to the books, `carried` units on to the next month."""

    line: int
    number: str
    month: date
    plan: str
    rent: int
    caller_id: int
    calls: int
    minutes: int
    charge: int
    monthly_credit: int
    monthly_used: int
    annual_used: int
    adjustment: int
    opening: int
    paid_in: int
    closing: int
    carried_in: int
    fen: int
    carried: int
    mean: int | None
    outlier: bool

    @property
    def due(self) -> int:
        """What the month cost, in units."""
        return (
            self.rent + self.caller_id + self.charge - self.monthly_used - self.annual_used + self.adjustment
        )

    @property
    def lapsed(self) -> int:
        """The monthly credit that nobody used (CAT-04)."""
        return self.monthly_credit - self.monthly_used
