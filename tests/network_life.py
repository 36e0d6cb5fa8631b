"""What the network would have told: devices, sessions, traffic and answers, written straight into its tables."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from onehall.foundation.database import fetch_all
from onehall.foundation.values.period import local
from onehall.foundation.vault import encrypt

BRAS = "10.1.0.1"
_NAS = """
    insert into access.nas (name, kind, address, secret, coa_port, place, changed_at, heard_at, failures, resting_until, last_error)
    values (%(name)s, 'huawei', %(address)s::inet, %(secret)s, 3799, '馨苑机房', %(at)s, %(heard_at)s, %(failures)s,
            %(resting_until)s, %(last_error)s)
    returning id
"""
_SESSION = """
    insert into access.session (unique_id, session_id, account, nas, nas_port, caller, framed_ip, started_at, updated_at, seconds,
        up_octets, down_octets, granted_until, granted_down_kbps, granted_up_kbps)
    values (%(unique)s, %(session)s, %(account)s, %(nas)s::inet, 'slot=1;port=7', %(caller)s, '100.64.3.9', %(started_at)s,
        %(updated_at)s, %(seconds)s, %(up)s, %(down)s, %(until)s, %(down_kbps)s, %(up_kbps)s)
"""
_ENDED = """
    insert into access.session_ended (unique_id, session_id, account, nas, caller, started_at, ended_at, seconds, up_octets,
        down_octets, cause)
    values (%(unique)s, %(session)s, %(account)s, %(nas)s::inet, %(caller)s, %(started_at)s, %(ended_at)s, %(seconds)s, %(up)s,
        %(down)s, %(cause)s)
"""
_ANSWER = """
    insert into access.answer (at, account, nas, caller, accepted, reason, detail)
    values (%(at)s, %(account)s, %(nas)s::inet, %(caller)s, %(accepted)s, %(reason)s, %(detail)s)
"""
_USAGE = """
    insert into access.usage_day (account, day, up_octets, down_octets, seconds)
    values (%(account)s, %(day)s, %(up)s, %(down)s, %(seconds)s)
"""


def device(
    at: datetime, name: str = "馨苑BRAS-1", address: str = BRAS, *, heard: float | None = 1, failures: int = 0,
    resting_until: datetime | None = None, last_error: str = "",
) -> int:  # fmt: skip
    """An access device that was heard `heard` minutes ago."""
    facts = {
        "name": name, "address": address, "secret": encrypt("verysecretindeed", context="access.nas.secret"), "at": at,
        "heard_at": None if heard is None else at - timedelta(minutes=heard), "failures": failures,
        "resting_until": resting_until, "last_error": last_error,
    }  # fmt: skip
    return int(fetch_all(_NAS, facts)[0]["id"])


def on_line(
    account: str,
    since: datetime,
    told: datetime,
    *,
    caller: str = "aa:bb:cc:00:00:01",
    nas: str = BRAS,
    **more: Any,
) -> None:
    """An open session."""
    facts = {
        "unique": uuid4().hex, "session": f"s-{account}", "account": account, "nas": nas, "caller": caller, "started_at": since,
        "updated_at": told, "seconds": int((told - since).total_seconds()), "up": 250_000_000, "down": 3_400_000_000,
        "until": None, "down_kbps": None, "up_kbps": None,
    }  # fmt: skip
    fetch_all(_SESSION, {**facts, **more})


def was_on_line(
    account: str, since: datetime, until: datetime, cause: str = "User-Request", **more: Any
) -> None:
    """A session that is over."""
    facts = {
        "unique": uuid4().hex, "session": uuid4().hex[:8], "account": account, "nas": BRAS, "caller": "aa:bb:cc:00:00:01",
        "started_at": since, "ended_at": until, "seconds": int((until - since).total_seconds()), "up": 120_000_000,
        "down": 1_500_000_000, "cause": cause,
    }  # fmt: skip
    fetch_all(_ENDED, {**facts, **more})


def refused(account: str, at: datetime, reason: str = "wrong_password", detail: str = "") -> None:
    """An answer that was no."""
    _answer(account, at, accepted=False, reason=reason, detail=detail)


def accepted(account: str, at: datetime) -> None:
    """An answer that was yes."""
    _answer(account, at, accepted=True)


def _answer(account: str, at: datetime, *, accepted: bool, reason: str = "", detail: str = "") -> None:
    facts = {
        "account": account, "at": at, "nas": BRAS, "caller": "aa:bb:cc:00:00:01", "accepted": accepted, "reason": reason,
        "detail": detail,
    }  # fmt: skip
    fetch_all(_ANSWER, facts)


def traffic(account: str, at: datetime, *gigabytes: float) -> None:
    """What went through on the days up to that of `at`, the last figure on it."""
    for back, amount in enumerate(reversed(gigabytes)):
        facts = {
            "account": account, "day": local(at).date() - timedelta(days=back), "up": int(amount * 1e8),
            "down": int(amount * 9e8), "seconds": 3600,
        }  # fmt: skip
        fetch_all(_USAGE, facts)
