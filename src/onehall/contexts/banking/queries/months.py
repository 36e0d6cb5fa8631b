"""Reading a hall's months: how far each is, and who holds its books just now."""

from datetime import datetime

from onehall.contexts.banking.contracts import MonthClose
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.period import local, month_of

_MONTHS = """
    select hall_id as hall, start, "end", asked_by_id as asked_by, asked_at, closed_by_id as closed_by, closed_at
    from banking_monthclose where hall_id = %(hall)s and (%(start)s::timestamptz is null or start = %(start)s)
    order by start desc
"""


def hold_books(hall: HallId, *, scope: Scope) -> None:
    """Until the transaction ends nobody else closes a month of the hall or books what its bank says. Raises NotFound outside the scope."""
    scope.require(hall)
    fetch_all("select pg_advisory_xact_lock(hashtextextended('banking', %(hall)s)) is null", {"hall": hall})


def month_close(hall: HallId, start: datetime, *, scope: Scope) -> MonthClose | None:
    """How far a hall's month is, None before anybody proposed its close. Raises NotFound outside the scope."""
    found = month_closes(hall, scope=scope, start=start)
    return found[0] if found else None


def is_closed(hall: HallId, moment: datetime, *, scope: Scope) -> bool:
    """Whether a hall's month that holds this moment is closed. Raises NotFound outside the scope."""
    found = month_close(hall, month_of(local(moment).date()).start, scope=scope)
    return found is not None and found.closed_at is not None


def month_closes(hall: HallId, *, scope: Scope, start: datetime | None = None) -> tuple[MonthClose, ...]:
    """The months of a hall that were proposed or closed, the newest first. Raises NotFound outside the scope."""
    scope.require(hall)
    return tuple(MonthClose(**row) for row in fetch_all(_MONTHS, {"hall": hall, "start": start}))
