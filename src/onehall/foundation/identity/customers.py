"""Customers who look after themselves: sessions of an account, and doors that close after too many failures (SEC-08, LAW-03).

Whether the password is right is known to the room that keeps it; here stands who is let in, for how long, and who is not.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localtime

from onehall.foundation.database import fetch_all, fetch_one, in_transaction
from onehall.foundation.identity.contracts import CustomerLocked
from onehall.foundation.identity.models import CustomerSession
from onehall.foundation.identity.policies import (
    LOCKOUT_FAILURES,
    LOCKOUT_MINUTES,
    PORTAL_ADDRESS_FAILURES,
    PORTAL_IDLE_MINUTES,
    SESSION_MAXIMUM_HOURS,
)
from onehall.foundation.identity.services import token_hash
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book

_TOUCH = timedelta(minutes=1)

# A failure long after the last one begins a new count; the count of a moment is one row's, whoever fails at once.
_FAIL = """
    insert into identity_customerfailure as f (door, failures, last_at, locked_until)
    values (%(door)s, 1, %(at)s, null)
    on conflict (door) do update set
        failures = case when f.last_at < %(since)s then 1 else f.failures + 1 end, last_at = %(at)s
    returning failures
"""
_LOCK = "update identity_customerfailure set failures = 0, locked_until = %(until)s where door = %(door)s"
_LOCKED = """
    select max(locked_until) as until from identity_customerfailure
    where door = any(%(doors)s) and locked_until > %(at)s
"""
_OLD_SESSIONS = """
    with gone as (delete from identity_customersession where id in
        (select id from identity_customersession where seen_at < %(before)s limit %(limit)s) returning 1)
    select count(*) as n from gone
"""
_OLD_FAILURES = """
    with gone as (delete from identity_customerfailure where door in
        (select door from identity_customerfailure where last_at < %(before)s limit %(limit)s) returning 1)
    select count(*) as n from gone
"""


@dataclass(frozen=True, slots=True)
class Doors:
    """What a sign-in goes through: the account, and where it comes from; "" where that is not known."""

    account: str
    address: str = ""

    @property
    def names(self) -> list[str]:
        """As they are counted."""
        return [f"account {self.account}", *([f"address {self.address}"] if self.address else [])]


@dataclass(frozen=True, slots=True)
class CustomerPresence:
    """The customer behind a browser's token."""

    session_id: int
    account: str
    subscription_id: int
    started_at: datetime


@in_transaction
def locked(*, doors: Doors, at: datetime) -> CustomerLocked | None:
    """The refusal while one of the doors is closed."""
    row = fetch_one(_LOCKED, {"doors": doors.names, "at": at})
    return CustomerLocked(until=f"{localtime(row['until']):%H:%M}") if row and row["until"] else None


@in_transaction
def count_failure(*, doors: Doors, book: PolicyBook, at: datetime) -> CustomerLocked | None:
    """Counts a failure at both doors; the refusal where one of them closes by it."""
    wait = timedelta(minutes=book[LOCKOUT_MINUTES])
    allowed = (book[LOCKOUT_FAILURES], book[PORTAL_ADDRESS_FAILURES])
    closed = False
    for door, most in zip(doors.names, allowed, strict=False):
        row = fetch_one(_FAIL, {"door": door, "at": at, "since": at - wait}) or {"failures": 0}
        if row["failures"] >= most:
            fetch_all(_LOCK, {"door": door, "until": at + wait})
            closed = True
    return CustomerLocked(until=f"{localtime(at + wait):%H:%M}") if closed else None


@in_transaction
def open_customer_session(*, account: str, subscription_id: int, at: datetime) -> str:
    """The browser's token, stored nowhere else; failures of the account are forgotten."""
    token = secrets.token_urlsafe(32)
    fetch_all("delete from identity_customerfailure where door = %(door)s", {"door": f"account {account}"})
    CustomerSession.objects.create(
        token_hash=token_hash(token), account=account, subscription_id=subscription_id, started_at=at, seen_at=at
    )  # fmt: skip
    return token


@in_transaction
def end_customer_sessions(*, account: str, keep: int | None, why: str, at: datetime) -> None:
    """Every session of the account ends, but for the one to `keep`."""
    mine = CustomerSession.objects.filter(account=account, ended_at=None)
    mine.exclude(pk=keep or 0).update(ended_at=at, ended_why=why)


@in_transaction
def forget_customers(*, before: datetime, limit: int) -> int:
    """Deletes sessions and counts of failures from before this moment, at most `limit` of each; how many."""
    facts = {"before": before, "limit": limit}
    return sum(
        row["n"] for statement in (_OLD_SESSIONS, _OLD_FAILURES) for row in fetch_all(statement, facts)
    )


def customer_presence(*, token: str, at: datetime) -> CustomerPresence | None:
    """Who holds this token, or None when it is unknown, ended, idle too long or too old."""
    row = CustomerSession.objects.filter(token_hash=token_hash(token), ended_at=None).first()
    if row is None:
        return None
    book = policy_book(hall_id=None, at=at)
    idle, whole = (
        timedelta(minutes=book[PORTAL_IDLE_MINUTES]),
        timedelta(hours=book[SESSION_MAXIMUM_HOURS]),
    )
    if at - row.seen_at > idle or at - row.started_at > whole:
        return None
    if at - row.seen_at > _TOUCH:
        CustomerSession.objects.filter(pk=row.pk, seen_at__lt=at).update(seen_at=at)
    return CustomerPresence(row.pk, row.account, row.subscription_id, row.started_at)
