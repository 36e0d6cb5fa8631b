"""Reading balances, months and what waits. Money is in units of 1/10000 yuan."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from onehall.contexts.voice.contracts import Call, Grant, Line, MonthOfLine, TopUp
from onehall.contexts.voice.rules import next_month
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import midnight

# A month is billed at its end: what was paid in before a moment, less the bills of the months before, less all calls before.
_BALANCES = """
    select l.id, (
        (select coalesce(sum(t.amount), 0) from voice_topup t where t.line_id = l.id and t.at < coalesce(%(at)s::timestamptz, 'infinity'))
        - (select coalesce(sum(b.rent + b.caller_id), 0) from voice_bill b join voice_monthrun r on r.id = b.run_id
           where b.line_id = l.id and r.approved_at is not null and b.month < coalesce(%(before)s::date, 'infinity'))
        - (select c.charge - c.monthly_used - c.annual_used from voice_cost(l.id, coalesce(%(before)s::date, 'infinity')) c))::bigint as balance
    from voice_line l where l.id = any(%(ids)s)
"""
_CALLS = """
    select c.call_id, c.started_at, c.callee, c.seconds, h.kind, h.minutes, h.price, h.amount, h.corrected
    from voice_call c join (
        select call_id, max(minutes) as minutes, sum(amount)::bigint as amount, max(turn) > 0 as corrected,
            (array_agg(kind order by turn desc))[1] as kind, (array_agg(price order by turn desc))[1] as price
        from voice_charge where line_id = %(line)s and month = %(month)s group by call_id) h on h.call_id = c.id
    order by c.started_at, c.call_id
"""
_TOPUPS = """
    select at, amount, source from voice_topup
    where line_id = %(line)s and at >= %(start)s and at < %(end)s order by at, id
"""
_CREDIT = "select voice_monthly_credit(%(line)s, %(month)s::date) as credit"
_GRANTS = """
    select amount - used as amount, since, until from voice_beyond(%(line)s, %(month)s::date)
    where until > %(start)s and since < %(end)s order by until
"""
_MONTHS = """
    select distinct month from (
        select month from voice_charge where line_id = %(line)s
        union select date_trunc('month', at at time zone 'Asia/Shanghai')::date from voice_topup where line_id = %(line)s) m
    order by month desc
"""
_SUSPENSE = """
    select c.call_id, c.started_at, c.caller, c.seconds, w.reason, d.name, c."row"
    from voice_waiting w join voice_call c on c.id = w.call_id join voice_delivery d on d.id = c.delivery_id
    where w.reason <> '' order by c.id limit %(limit)s
"""
_COUNTS = """
    select reason, count(*) as n from voice_waiting group by reason
    union all select reason, count(*) from voice_raw where reason <> '' group by reason
"""


def balances(
    lines: Sequence[int], *, scope: Scope
) -> dict[int, int]:  # unscoped: lines belong to the operator
    """What is left on each line by everything that is known now; below zero it is owed."""
    rows = fetch_all(_BALANCES, {"ids": list(lines), "at": None, "before": None})
    return {row["id"]: row["balance"] for row in rows}


def balance(line: int, *, scope: Scope) -> int:  # unscoped: as `balances`
    """What is left on one line."""
    return balances([line], scope=scope).get(line, 0)


def month_of_line(line: Line, month: date, *, scope: Scope) -> MonthOfLine:  # unscoped: as `balances`
    """A month of a line with every call and recharge in it."""
    start, end = midnight(month), midnight(next_month(month))
    asked: dict[str, Any] = {"line": line.id, "month": month, "start": start, "end": end}
    (row,) = fetch_all(_BALANCES, {"ids": [line.id], "at": start, "before": month})
    (head,) = fetch_all(_CREDIT, asked)
    return MonthOfLine(
        line=line, month=month, opening=row["balance"], monthly_credit=head["credit"],
        grants=tuple(Grant(**grant) for grant in fetch_all(_GRANTS, asked)),
        calls=tuple(Call(**call) for call in fetch_all(_CALLS, asked)),
        topups=tuple(TopUp(**topup) for topup in fetch_all(_TOPUPS, asked)),
    )  # fmt: skip


def months_of(line: int, *, scope: Scope) -> tuple[date, ...]:  # unscoped: as `balances`
    """The months in which something happened, newest first."""
    return tuple(row["month"] for row in fetch_all(_MONTHS, {"line": line}))


def suspense(
    *, limit: int, scope: Scope
) -> tuple[dict[str, Any], ...]:  # unscoped: a delivery belongs to the operator
    """Calls that could not be charged, oldest first, with the reason and where they came from."""
    return tuple(fetch_all(_SUSPENSE, {"limit": limit}))


def suspense_counts(*, scope: Scope) -> dict[str, int]:  # unscoped: as `suspense`
    """How many rows wait or were turned away, by reason; "" are those nobody looked at yet."""
    return {row["reason"]: row["n"] for row in fetch_all(_COUNTS)}
