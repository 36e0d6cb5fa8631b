"""Telephone usage: calls by day and by class, and what months brought."""

from dataclasses import dataclass
from datetime import date

from onehall.foundation.database import fetch_all, within
from onehall.foundation.scopes import Scope


@dataclass(frozen=True, slots=True)
class Usage:
    """Charged calls of a day or of a class; `amount` in units of 1/10000 yuan."""

    of: str
    calls: int
    minutes: int
    amount: int


@dataclass(frozen=True, slots=True)
class Revenue:
    """A month that was approved, in fen."""

    month: date
    bills: int
    fen: int


_USAGE = f"""
    select {{of}} as "of", count(*) filter (where turn = 0) as calls,
        coalesce(sum(minutes) filter (where turn = 0), 0)::bigint as minutes, sum(amount)::bigint as amount
    from pub_voice_charge where month = %(month)s and {within("hall_id")} group by 1 order by 1
"""  # noqa: S608 - own text
_DAY, _CLASS = "to_char(started_at at time zone 'Asia/Shanghai', 'DD')", "kind"
_REVENUE = f"""
    select month, count(*) as bills, sum(fen)::bigint as fen from pub_voice_bill
    where approved_at is not null and {within("hall_id")} group by month order by month desc limit %(limit)s
"""  # noqa: S608 - own text


def usage_by_day(month: date, *, scope: Scope) -> tuple[Usage, ...]:
    """The days of a month on which somebody called."""
    return _usage(_DAY, month, scope)


def usage_by_class(month: date, *, scope: Scope) -> tuple[Usage, ...]:
    """The classes that were called in a month."""
    return _usage(_CLASS, month, scope)


def revenue(*, limit: int, scope: Scope) -> tuple[Revenue, ...]:
    """What approved months brought, newest first."""
    return tuple(Revenue(**row) for row in fetch_all(_REVENUE, {"limit": limit, "halls": scope.hall_list}))


def _usage(of: str, month: date, scope: Scope) -> tuple[Usage, ...]:
    rows = fetch_all(_USAGE.format(of=of), {"month": month, "halls": scope.hall_list})
    return tuple(Usage(**row) for row in rows)
