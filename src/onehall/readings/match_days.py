"""Accounts, cash and receipt stubs of a hall, day by day: which day of a month to open (LED-02, CSH-05).

As in the day report each of the three comes from rows of its own; a reversal counts on the day it was made.
"""

from dataclasses import dataclass
from datetime import date

from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA, Period

_DAYS = """
    with paid as (
        select p.batch_id as batch, p.at from pub_ledger_payment p where p.hall_id = %(hall)s and p.at >= %(start)s and p.at < %(end)s
        union all
        select p.reversal_batch_id, p.reversed_at from pub_ledger_payment p
        where p.hall_id = %(hall)s and p.reversed_at >= %(start)s and p.reversed_at < %(end)s),
    three (at, account, cash, stubs, payments) as (
        select m.at, g.amount, 0, 0, 0 from paid m join pub_ledger_leg g on g.batch_id = m.batch and g.means <> ''
        union all
        select e.at, 0, e.amount, 0, 0 from pub_custody_entry e
        where e.hall_id = %(hall)s and e.at >= %(start)s and e.at < %(end)s and e.payment_id is not null
        union all
        select r.issued_at, 0, 0, r.amount, 1 from pub_ledger_receipt r
        where r.hall_id = %(hall)s and r.issued_at >= %(start)s and r.issued_at < %(end)s
        union all
        select r.voided_at, 0, 0, -r.amount, 0 from pub_ledger_receipt r
        where r.hall_id = %(hall)s and r.voided_at >= %(start)s and r.voided_at < %(end)s
        union all
        select d.issued_at, 0, 0, d.amount, 1 from pub_invoicing_red d
        where d.hall_id = %(hall)s and d.issued_at >= %(start)s and d.issued_at < %(end)s)
    select (at at time zone %(zone)s)::date as day, sum(account)::bigint as account, sum(cash)::bigint as cash,
           sum(stubs)::bigint as stubs, sum(payments)::int as papers
    from three group by 1 order by 1
"""


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of a hall: the three amounts, and how many receipts were given, red ones among them."""

    day: date
    account: Money
    cash: Money
    stubs: Money
    papers: int

    @property
    def agrees(self) -> bool:
        """Whether all three are the same (帐、款、票据存根三者相符)."""
        return self.account == self.cash == self.stubs


def match_days(*, hall: HallId, span: Period, scope: Scope) -> tuple[DayLine, ...]:
    """The days on which money moved, the first first. Raises NotFound outside the scope."""
    scope.require(hall)
    facts = {"hall": hall, "start": span.start, "end": span.end, "zone": CHINA.key}
    return tuple(
        DayLine(row["day"], Money(row["account"]), Money(row["cash"]), Money(row["stubs"]), row["papers"])
        for row in fetch_all(_DAYS, facts)
    )
