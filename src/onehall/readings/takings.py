"""The day's takings of a hall, by counter, clerk and means: what the cashier and the manager see (CSH-02)."""

from dataclasses import dataclass
from datetime import date

from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import CounterId, HallId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import day_of

_TAKINGS = """
    with moved as (
        select p.counter_id, p.by_id, t.means, 1 as payments, t.amount as taken, 0 as reversals, 0 as given_back
        from pub_ledger_payment p join pub_ledger_tender t on t.payment_id = p.id
        where p.hall_id = %(hall)s and p.at >= %(start)s and p.at < %(end)s
        union all
        select p.reversed_counter_id, p.reversed_by_id, t.means, 0, 0, 1, t.amount
        from pub_ledger_payment p join pub_ledger_tender t on t.payment_id = p.id
        where p.hall_id = %(hall)s and p.reversed_at >= %(start)s and p.reversed_at < %(end)s
    )
    select counter_id, by_id, means, sum(payments)::int as payments, sum(taken)::bigint as taken,
           sum(reversals)::int as reversals, sum(given_back)::bigint as given_back
    from moved group by counter_id, by_id, means order by counter_id, by_id, means
"""


@dataclass(frozen=True, slots=True)
class TakingsLine:
    """What one clerk took at one counter by one means, and what was given back for payments reversed that day."""

    counter: CounterId
    by: UserId
    means: str
    payments: int
    taken: Money
    reversals: int
    given_back: Money

    @property
    def net(self) -> Money:
        """What remains."""
        return self.taken - self.given_back


def takings(*, hall: HallId, day: date, scope: Scope) -> tuple[TakingsLine, ...]:
    """The lines of one calendar day; a reversal counts on the day it was made. Raises NotFound outside the scope."""
    scope.require(hall)
    period = day_of(day)
    rows = fetch_all(_TAKINGS, {"hall": hall, "start": period.start, "end": period.end})
    return tuple(
        TakingsLine(
            counter=row["counter_id"],
            by=row["by_id"],
            means=row["means"],
            payments=row["payments"],
            taken=Money(row["taken"]),
            reversals=row["reversals"],
            given_back=Money(row["given_back"]),
        )
        for row in rows
    )
