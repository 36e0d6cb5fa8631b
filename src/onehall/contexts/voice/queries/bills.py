"""Reading monthly runs and bills."""

from datetime import date
from typing import Any

from onehall.contexts.voice.rules import Bill, MonthRun
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import NotFound, Scope

_RUNS = """
    select r.id, r.month, r.asked_by_id as asked_by, r.asked_at, r.drafted_at, r.approved_by_id as approved_by, r.approved_at,
        r.withdrawn_at, r.why, b.*
    from voice_monthrun r
    cross join lateral (
        select count(*) as bills, coalesce(sum(rent + caller_id), 0)::bigint as rents, coalesce(sum(charge), 0)::bigint as charge,
            coalesce(sum(monthly_used + annual_used), 0)::bigint as credit_used, coalesce(sum(adjustment), 0)::bigint as adjustment,
            coalesce(sum(rent + caller_id + charge - monthly_used - annual_used + adjustment), 0)::bigint as due,
            coalesce(sum(fen), 0)::bigint as fen, count(*) filter (where outlier) as outliers
        from voice_bill where run_id = r.id) b
"""
_BILLS = """
    select b.line_id as line, voice_number(l.id, 'infinity') as number, b.month, b.plan, b.rent, b.caller_id, b.calls, b.minutes, b.charge, b.monthly_credit, b.monthly_used,
        b.annual_used, b.adjustment, b.opening, b.paid_in, b.closing, b.carried_in, b.fen, b.carried, b.mean, b.outlier
    from voice_bill b join voice_line l on l.id = b.line_id join voice_monthrun r on r.id = b.run_id
"""


def wait_for_rating(*, scope: Scope) -> None:  # unscoped: it reads nothing
    """Until batches of rating that have begun are committed; new ones wait until this transaction ends."""
    fetch_all("select pg_advisory_xact_lock(hashtext('voice'), 0) is null")


def wait_for_months(*, scope: Scope) -> None:  # unscoped: it reads nothing
    """Until what is being drafted is committed; whoever begins a month waits until this transaction ends."""
    fetch_all("select pg_advisory_xact_lock_shared(hashtext('voice'), 0) is null")
    fetch_all("select id from voice_monthrun where drafted_at is null and withdrawn_at is null for update")


def runs(*, scope: Scope) -> tuple[MonthRun, ...]:  # unscoped: a run is over all lines of the operator
    """Monthly runs, newest first, withdrawn ones among them."""
    return _runs(" order by r.month desc, r.id desc")


def run(run_id: int, *, scope: Scope) -> MonthRun:  # unscoped: as `runs`
    """One run. Raises NotFound."""
    found = _runs(" where r.id = %(id)s", id=run_id)
    if not found:
        raise NotFound(what="这次出帐", what_en="This monthly run")
    return found[0]


def standing_run(month: date, *, scope: Scope) -> MonthRun | None:  # unscoped: as `runs`
    """The run of a month that was not withdrawn."""
    found = _runs(" where r.month = %(month)s and r.withdrawn_at is null", month=month)
    return found[0] if found else None


def bills_of_run(
    run_id: int, *, outliers: bool, limit: int, scope: Scope
) -> tuple[Bill, ...]:  # unscoped: as `runs`
    """Bills of a run by number, or only those far above the months before (LAW-12)."""
    where = (
        " where b.run_id = %(run)s and (b.outlier or not %(outliers)s) order by number, l.id limit %(limit)s"
    )
    return _bills(where, run=run_id, outliers=outliers, limit=limit)


def bills_of_line(line: int, *, scope: Scope) -> tuple[Bill, ...]:  # unscoped: lines belong to the operator
    """The approved bills of a line, newest first."""
    return _bills(
        " where b.line_id = %(line)s and r.approved_at is not null order by b.month desc", line=line
    )


def _runs(where: str, **facts: Any) -> tuple[MonthRun, ...]:
    return tuple(MonthRun(**row) for row in fetch_all(_RUNS + where, facts))


def _bills(where: str, **facts: Any) -> tuple[Bill, ...]:
    return tuple(Bill(**row) for row in fetch_all(_BILLS + where, facts))
