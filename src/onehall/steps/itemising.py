"""详单 A line's month call by call: who paid what, worked out by the rules of rating from the rows of voice (VOI-02, BIL-05)."""

from collections.abc import Iterator
from dataclasses import dataclass

from onehall.contexts.rating import api as rating
from onehall.contexts.voice import api as voice


@dataclass(frozen=True, slots=True)
class PaidIn:
    """A recharge, and what was there after it, in units."""

    topup: voice.TopUp
    balance_after: int


@dataclass(frozen=True, slots=True)
class Called:
    """A call with what it did to the line."""

    call: voice.Call
    charged: rating.Charged

    @property
    def balance_after(self) -> int:
        """What the call left, in units."""
        return self.charged.balance_after


Entry = PaidIn | Called


@dataclass(frozen=True, slots=True)
class Itemised:
    """The month in order, and its sums."""

    month: voice.MonthOfLine
    entries: tuple[Entry, ...]

    @property
    def charge(self) -> int:
        """What the calls cost."""
        return sum(entry.charged.charge for entry in self.entries if isinstance(entry, Called))

    @property
    def credit_used(self) -> int:
        """What credit paid of it."""
        return sum(entry.charged.credit_used for entry in self.entries if isinstance(entry, Called))

    @property
    def closing(self) -> int:
        """What the calls and recharges of the month left, before its rent."""
        return self.entries[-1].balance_after if self.entries else self.month.opening


def itemised(month: voice.MonthOfLine) -> Itemised:
    """A recharge of the same second comes before the call; the monthly credit pays before the annual one (CAT-04)."""
    return Itemised(month, tuple(_entries(month)))


def _entries(month: voice.MonthOfLine) -> Iterator[Entry]:
    balance, monthly = month.opening, month.monthly_credit
    annual = {grant: grant.amount for grant in month.grants}
    topups = list(month.topups)
    for call in month.calls:
        while topups and topups[0].at <= call.started_at:
            balance += topups[0].amount
            yield PaidIn(topups.pop(0), balance)
        grant = next((one for one in annual if one.since <= call.started_at < one.until), None)
        credit = monthly + (annual[grant] if grant else 0)
        charged = rating.charged(seconds=call.seconds, price=call.price, credit=credit, balance=balance)
        from_monthly = min(monthly, charged.credit_used)
        monthly -= from_monthly
        if grant:
            annual[grant] -= charged.credit_used - from_monthly
        balance = charged.balance_after
        yield Called(call, charged)
    for topup in topups:
        balance += topup.amount
        yield PaidIn(topup, balance)


def costs_on(month: voice.MonthOfLine, plan: voice.Plan) -> int | None:
    """What the month's calls and monthly fees would have cost on another plan, with the credits of this one; None where a class has no price."""
    prices, state = dict(plan.prices), month.line.state
    if any(call.kind not in prices for call in month.calls if call.seconds):
        return None
    charge = sum(rating.started_minutes(call.seconds) * prices.get(call.kind, 0) for call in month.calls)
    fees = (0 if state.rent_free else plan.rent) + (
        plan.caller_id if voice.CALLER_ID in state.features else 0
    )
    return max(0, charge - month.monthly_credit) + fees
