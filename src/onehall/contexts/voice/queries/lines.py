"""Reading telephone lines."""

from datetime import date, datetime
from typing import Any

from onehall.contexts.voice.contracts import Line, LineState, NoSuchLine
from onehall.contexts.voice.rules import Plan
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import NotFound, Scope

_LINES = """
    select l.id, voice_number(l.id, %(at)s) as number, l.subscription_id, l.hall_id, l.opened_at, v.plan, v.features, v.rent_free, v.monthly_credit,
        v.annual_credit, v.annual_credit_until, v.alarm_threshold, v.partner, v.suspended, v.stopped, v.closed
    from voice_line l
    cross join lateral (
        select * from voice_lineversion v where v.line_id = l.id and v.valid_from <= %(at)s order by v.id desc limit 1) v
"""
_CALLED = """
    where l.id in (select id from voice_line where number = %(number)s union select line_id from voice_linenumber where number = %(number)s)
        and voice_number(l.id, %(at)s) = %(number)s
"""
_FEES = "select voice_fees(%(line)s, %(month)s::date, %(half_from)s) as units"


def line(
    number: str, *, at: datetime, scope: Scope
) -> Line:  # unscoped: lines belong to the operator, as subscriptions do
    """The line of this number at a moment, the latest where it changed hands. Raises NoSuchLine."""
    rows = fetch_all(
        _LINES + _CALLED + " order by v.closed, l.id desc limit 1",
        {"number": number, "at": at},
    )
    if not rows:
        raise NoSuchLine(field="number", number=number)
    return _line(rows[0])


def lines_of(
    subscription_ids: list[int], *, at: datetime, scope: Scope
) -> tuple[Line, ...]:  # unscoped: as `line`
    """The lines of these subscriptions by number, closed ones among them."""
    where = " where l.subscription_id = any(%(ids)s) order by number, l.id"
    return tuple(_line(row) for row in fetch_all(_LINES + where, {"ids": subscription_ids, "at": at}))


def _line(row: dict[str, Any]) -> Line:
    head = {name: row.pop(name) for name in ("id", "hall_id", "opened_at")}
    state = LineState(**{**row, "features": tuple(row["features"])})
    return Line(head["id"], head["hall_id"], head["opened_at"], state)


def line_by_id(line_id: int, *, at: datetime, scope: Scope) -> Line:  # unscoped: as `line`
    """One line. Raises NotFound."""
    rows = fetch_all(_LINES + " where l.id = %(id)s", {"id": line_id, "at": at})
    if not rows:
        raise NotFound(what="这条电话线路", what_en="This telephone line")
    return _line(rows[0])


_PLANS = """
    select t.plan as code, t.name_zh, t.name_en, t.rent, t.caller_id, coalesce(p.prices, '{}'::jsonb) as prices
    from (
        select distinct on (plan) * from voice_tariff where valid_from <= %(at)s order by plan, id desc) t
    left join lateral (
        select jsonb_object_agg(kind, price) as prices from (
            select distinct on (kind) kind, price from voice_price where plan = t.plan and valid_from <= %(at)s
            order by kind, id desc) k) p on true
    order by t.plan
"""


def plans(*, at: datetime, scope: Scope) -> tuple[Plan, ...]:  # unscoped: prices are everybody's
    """Every plan as it is charged at a moment, by code."""
    return tuple(
        Plan(**{**row, "prices": tuple(sorted(row["prices"].items()))})
        for row in fetch_all(_PLANS, {"at": at})
    )


def fees_of_month(line: int, month: date, *, half_from: int, scope: Scope) -> int:  # unscoped: as `line`
    """Rent and caller ID that a line owes for a month as it stands, in units; billed with the month (CAT-07)."""
    return int(fetch_all(_FEES, {"line": line, "month": month, "half_from": half_from})[0]["units"])


_USED = """
    select (select count(*) from voice_lineversion v join voice_line l on l.id = v.line_id
            where l.subscription_id = any(%(ids)s) and not v.registered)
        + (select count(*) from voice_topup t join voice_line l on l.id = t.line_id
            where l.subscription_id = any(%(ids)s) and t.source <> 'register')
        + (select count(*) from voice_charge c join voice_line l on l.id = c.line_id where l.subscription_id = any(%(ids)s))
        + (select count(*) from voice_bill b join voice_line l on l.id = b.line_id where l.subscription_id = any(%(ids)s))
        + (select count(*) from voice_linenumber n join voice_line l on l.id = n.line_id where l.subscription_id = any(%(ids)s)) as n
"""


def lines_used(subscription_ids: list[int], *, scope: Scope) -> int:  # unscoped: as `line`
    """How much has happened to lines since a register brought them: changes, recharges, calls, bills."""
    return int(fetch_all(_USED, {"ids": subscription_ids})[0]["n"])
