"""One line as the network sees it: what it may do, sessions, traffic, refusals, what waits, and why it does not work (NET-04).

Whoever shows it says why first: a purpose in force (SEC-01), a visit of one's own, or being the customer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text

DAYS = 30
"""Days of traffic, and how far back ended sessions are looked for."""
_REFUSALS, _ENDED = 8, 8

_SESSIONS = """
    select s.session_id, s.started_at, s.updated_at, s.seconds, s.up_octets, s.down_octets, s.caller,
           host(s.framed_ip) as address, s.nas_port, coalesce(n.name, host(s.nas)) as device, s.granted_until,
           s.granted_down_kbps, s.granted_up_kbps
    from pub_provisioning_session s left join pub_provisioning_nas n on n.address = s.nas
    where s.account = %(account)s order by s.started_at desc limit 5
"""
_ENDED_ONES = """
    select s.session_id, s.started_at, s.ended_at, s.seconds, s.up_octets, s.down_octets, s.cause, s.caller,
           coalesce(n.name, host(s.nas)) as device
    from pub_provisioning_session_ended s left join pub_provisioning_nas n on n.address = s.nas
    where s.account = %(account)s and s.ended_at >= %(since)s order by s.ended_at desc limit %(limit)s
"""
_USAGE = """
    select day, up_octets, down_octets, seconds from pub_provisioning_usage_day
    where account = %(account)s and day > %(first)s order by day
"""
_ANSWERS = """
    select at, accepted, reason, caller, detail from pub_provisioning_answer
    where account = %(account)s and at >= %(since)s order by at desc limit 40
"""
_COMMANDS = """
    select kind, created_at, attempts, next_attempt_at, last_error from pub_provisioning_command
    where account = %(account)s and done_at is null order by created_at desc
"""
_DEVICE = """
    select n.name, n.heard_at, n.resting_until, n.last_error from pub_provisioning_nas n
    where n.state = 'active' and n.address = coalesce(
        (select s.nas from pub_provisioning_session s where s.account = %(account)s order by s.started_at desc limit 1),
        (select s.nas from pub_provisioning_session_ended s where s.account = %(account)s and s.ended_at >= %(since)s
         order by s.ended_at desc limit 1))
"""
_TEST = """
    select until from pub_provisioning_line_test where account = %(account)s and closed_at is null and until > %(at)s
"""
# Sessions that ended as lines end when something breaks: nobody hung up, nothing expired, nobody cut them.
_GONE = """
    select count(distinct e.account) as lines, max(e.ended_at) as last
    from pub_provisioning_session_ended e
    join pub_subscriptions_line l on l.account_name = e.account and l.ended_at is null
    join pub_customers_premises h on h.id = l.dwelling_id
    where e.ended_at >= %(lately)s and e.ended_at <= %(at)s and e.cause = any(%(broken)s)
      and split_part(h.path, '/', 1) = (
        select split_part(h2.path, '/', 1) from pub_subscriptions_line l2 join pub_customers_premises h2 on h2.id = l2.dwelling_id
        where l2.account_name = %(account)s and l2.ended_at is null)
      and not exists (select 1 from pub_provisioning_session s where s.account = e.account)
"""
BROKEN = ["Lost-Carrier", "Lost-Service", "NAS-Error", "NAS-Reboot", "Port-Error", "Lost-Contact"]
"""Acct-Terminate-Cause of sessions that broke (RFC 2866 section 5.10), and ours for those that fell silent."""


@dataclass(frozen=True, slots=True)
class Live:
    """An open session. Octets as the customer sees them: `up` sent, `down` received."""

    session_id: str
    started_at: datetime
    updated_at: datetime
    seconds: int
    up_octets: int
    down_octets: int
    caller: str
    address: str | None
    nas_port: str
    device: str
    granted_until: datetime | None
    granted_down_kbps: int | None
    granted_up_kbps: int | None


@dataclass(frozen=True, slots=True)
class Ended:
    """A session that is over, and why it ended."""

    session_id: str
    started_at: datetime
    ended_at: datetime
    seconds: int
    up_octets: int
    down_octets: int
    cause: str
    caller: str
    device: str


@dataclass(frozen=True, slots=True)
class Day:
    """Traffic of a day, in octets."""

    day: date
    up_octets: int
    down_octets: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A request that was refused, and why."""

    at: datetime
    reason: str
    words: Text
    caller: str
    detail: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A command that the network was not told yet (“待生效”)."""

    kind: str
    created_at: datetime
    attempts: int
    next_attempt_at: datetime
    last_error: str


@dataclass(frozen=True, slots=True)
class Device:
    """The access device the line was last seen behind."""

    name: str
    heard_at: datetime | None
    resting_until: datetime | None
    last_error: str


@dataclass(frozen=True, slots=True)
class LineView:
    """Everything about a line; `access` None where the network does not know the account. The first finding is the verdict."""

    account: str
    access: provisioning.AccessState | None
    findings: tuple[provisioning.Finding, ...]
    sessions: tuple[Live, ...]
    ended: tuple[Ended, ...]
    usage: tuple[Day, ...]
    refusals: tuple[Refused, ...]
    waiting: tuple[Waiting, ...]
    device: Device | None

    @property
    def verdict(self) -> provisioning.Finding:
        """The most decisive finding."""
        return self.findings[0]


def line(*, account: str, limits: provisioning.DiagnosisLimits, at: datetime, scope: Scope) -> LineView:
    """The account with its diagnosis. The network is the operator's; the caller was asked why before."""
    facts = {
        "account": account, "at": at, "since": at - timedelta(days=DAYS), "lately": at - limits.outage,
        "first": local(at).date() - timedelta(days=DAYS), "limit": _ENDED, "broken": BROKEN,
    }  # fmt: skip
    sessions = tuple(Live(**row) for row in fetch_all(_SESSIONS, facts))
    answers = fetch_all(_ANSWERS, facts)
    waiting = tuple(Waiting(**row) for row in fetch_all(_COMMANDS, facts))
    device = next((Device(**row) for row in fetch_all(_DEVICE, facts)), None)
    access = provisioning.access(account=account, at=at, scope=scope)
    gone = {} if sessions else fetch_one(_GONE, facts) or {}
    test = fetch_one(_TEST, facts) or {}
    known = replace(_facts(access, sessions, answers, waiting, device, gone), test_until=test.get("until"))
    return LineView(
        account=account,
        access=access,
        findings=provisioning.diagnose(known, limits=limits, at=at),
        sessions=sessions,
        ended=tuple(Ended(**row) for row in fetch_all(_ENDED_ONES, facts)),
        usage=tuple(Day(**row) for row in fetch_all(_USAGE, facts)),
        refusals=tuple(_refused(row) for row in answers if not row["accepted"])[:_REFUSALS],
        waiting=waiting,
        device=device,
    )


def _refused(row: dict[str, Any]) -> Refused:
    words = provisioning.reason_words(row["reason"])
    return Refused(row["at"], row["reason"], words, row["caller"], row["detail"])


def _facts(
    access: provisioning.AccessState | None,
    sessions: Sequence[Live],
    answers: Sequence[dict[str, Any]],
    waiting: Sequence[Waiting],
    device: Device | None,
    gone: dict[str, Any],
) -> provisioning.LineFacts:
    state: dict[str, Any] = {"standing": None}
    if access is not None:
        state = {
            "standing": access.standing, "period": access.period, "down_kbps": access.down_kbps, "up_kbps": access.up_kbps,
            "paused_until": access.pause.end if access.pause else None,
        }  # fmt: skip
    return provisioning.LineFacts(
        **state,
        sessions=tuple(_on_line(one) for one in sessions),
        answers=tuple(provisioning.Answered(row["at"], row["accepted"], row["reason"], row["caller"]) for row in answers),
        commands=tuple(
            provisioning.CommandWaiting(one.kind, one.created_at, one.attempts, one.last_error) for one in waiting
        ),
        device=provisioning.DeviceFacts(device.name, device.heard_at, device.resting_until) if device else None,
        gone=gone.get("lines", 0),
        gone_at=gone.get("last"),
    )  # fmt: skip


def _on_line(one: Live) -> provisioning.OnLine:
    return provisioning.OnLine(
        one.started_at,
        one.updated_at,
        one.caller,
        one.granted_until,
        one.granted_down_kbps,
        one.granted_up_kbps,
    )
