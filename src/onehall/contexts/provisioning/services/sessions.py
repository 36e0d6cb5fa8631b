"""Writes around what the network tells by itself: who may tell it, which sessions are given up, what is kept how long."""

from datetime import date, datetime, timedelta

from onehall.contexts.provisioning.rules import Keeping
from onehall.foundation.database import call, in_transaction, verifier

_PARTS = ("session_ended", "usage_day", "answer")


@in_transaction
def admit_server(*, role: str, password: str) -> None:
    """The RADIUS server may sign in to the database as `role` with this password from now on, and see schema `radius` only.
    Whoever signed in with an older one stays until he leaves."""
    call("access.admit_server", p_role=role, p_verifier=verifier(role, password))


@in_transaction
def close_silent_sessions(*, silence: timedelta, limit: int, at: datetime) -> int:
    """Ends, as lost contact, up to `limit` sessions that nobody told of for so long; returns how many.

    One that turns out to live opens again by the next packet about it.
    """
    return int(call("access.close_silent", p_before=at - silence, p_limit=limit)["close_silent"])


@in_transaction
def keep_months(*, keeping: Keeping, today: date, ahead: int) -> int:
    """Opens this month and `ahead` more, and drops the months that are older than the policies keep; how many went."""
    call("access.open_months", p_from=today, p_months=ahead + 1)
    months = (keeping.sessions_months, keeping.usage_months, keeping.answers_months)
    return sum(
        call("access.drop_months", p_parent=part, p_before=_back(today, count))["drop_months"]
        for part, count in zip(_PARTS, months, strict=True)
    )


def _back(today: date, months: int) -> date:
    """The first day of the month that lies so many whole months back."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)  # structural: months of a year
    return date(year, month + 1, 1)
