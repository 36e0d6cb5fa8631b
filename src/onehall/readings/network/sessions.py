"""Sessions on line and those that ended, as long lists: a page knows where it stands and looks at no more than `LOOK` rows.

Ended sessions are kept by month: a list is asked for by days, so that it reads the months of those days alone. A filter that
few rows pass stops after `LOOK` rows and says how far it came; the next page goes on from there.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import Period
from onehall.foundation.values.text import Text
from onehall.readings.network.places import compounds_of

QUICK, LOOK = 400, 10_000
"""Rows that a page looks at: these fill most pages; where a filter lets few pass, that many at most."""

_COLUMNS = """
    x.unique_id, x.account, x.moment, x.started_at, x.seconds, x.up_octets, x.down_octets, x.cause, x.caller,
    host(x.framed_ip) as address, coalesce(n.name, host(x.nas)) as device, l.party_id,
    split_part(h.path, '/', 1) as compound, h.label as place_zh, coalesce(nullif(h.label_en, ''), h.label) as place_en
"""
_ONLY = """
    (%(compounds)s::text[] is null or split_part(h.path, '/', 1) = any(%(compounds)s))
    and (%(compound)s = '' or split_part(h.path, '/', 1) = %(compound)s)
    and (%(device)s = '' or n.name = %(device)s)
    and (%(cause)s = '' or x.cause = %(cause)s)
"""
_WHERE = """
    left join pub_provisioning_nas n on n.address = x.nas
    left join pub_subscriptions_line l on l.account_name = x.account and l.ended_at is null
    left join pub_customers_premises h on h.id = l.dwelling_id
"""
# `looked` numbers the rows in the order of the list: the last one that was looked at is where the next page begins.
_LIST = """
    with looked as (
        select *, row_number() over (order by moment desc, unique_id desc) as place from (
            {source}
            order by moment desc, unique_id desc limit {look}) s
    ), found as (
        select {columns}, x.place from looked x {where} where {only} order by x.place limit %(limit)s
    )
    select f.*, e.far, e.far_moment, e.far_id from found f
    right join (select count(*) as far, min(moment) as far_moment,
                       (array_agg(unique_id order by place desc))[1] as far_id from looked) e on true
    order by f.place
"""
_ENDED = """
    select unique_id, account, ended_at as moment, started_at, seconds, up_octets, down_octets, cause, caller, framed_ip, nas
    from pub_provisioning_session_ended
    where ended_at >= %(start)s and ended_at < %(end)s
"""
_OPEN = """
    select unique_id, account, started_at as moment, started_at, seconds, up_octets, down_octets, '' as cause, caller, framed_ip, nas
    from pub_provisioning_session
    where started_at < %(end)s
"""
_OF_ACCOUNT = " and account = %(account)s"
_FROM_ENDED = " and ended_at <= %(moment)s and (ended_at, unique_id) < (%(moment)s, %(last)s)"
_FROM_OPEN = " and started_at <= %(moment)s and (started_at, unique_id) < (%(moment)s, %(last)s)"


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session. `moment` is when it ended, or began where it is open; `cause` "" means it is open."""

    unique_id: str
    account: str
    moment: datetime
    started_at: datetime
    seconds: int
    up_octets: int
    down_octets: int
    cause: str
    caller: str
    address: str | None
    device: str
    party_id: int | None
    compound: str
    place: Text


@dataclass(frozen=True, slots=True)
class SessionPage:
    """`after` fetches what follows, "" at the end; `partial` says that the look ended before the page was full."""

    lines: tuple[SessionLine, ...]
    after: str
    partial: bool


@dataclass(frozen=True, slots=True)
class SessionsAsked:
    """Which sessions: on line now or ended within `period`; by account, compound, device, cause ("" is every one)."""

    on_line: bool
    period: Period
    account: str = ""
    compound: str = ""
    device: str = ""
    cause: str = ""
    after: str = ""


def sessions(*, asked: SessionsAsked, limit: int, scope: Scope) -> SessionPage:
    """The newest first. A made-up `after` starts at the beginning."""
    facts = {**_facts(asked), "limit": limit + 1, "compounds": compounds_of(scope=scope)}
    page = SessionPage((), "", partial=True)
    for look in (min(QUICK, LOOK), LOOK):
        page = _page(fetch_all(_statement(asked, look), facts), limit, look)
        if not page.partial:
            break
    return page


def _page(rows: list[dict[str, Any]], limit: int, look: int) -> SessionPage:
    lines = tuple(_line(row) for row in rows if row["unique_id"] is not None)
    if len(lines) > limit:
        shown = lines[:limit]
        return SessionPage(shown, f"{shown[-1].moment.isoformat()}|{shown[-1].unique_id}", partial=False)
    if not rows or rows[0]["far"] < look:
        return SessionPage(lines, "", partial=False)
    return SessionPage(lines, f"{rows[0]['far_moment'].isoformat()}|{rows[0]['far_id']}", partial=True)


def _statement(asked: SessionsAsked, look: int) -> str:
    """The question as it goes to the database; what was asked for is never part of its text."""
    source, going_on = (_OPEN, _FROM_OPEN) if asked.on_line else (_ENDED, _FROM_ENDED)
    source += (_OF_ACCOUNT if asked.account else "") + (going_on if _place(asked.after)[0] else "")
    return _LIST.format(source=source, look=look, columns=_COLUMNS, where=_WHERE, only=_ONLY)


def _facts(asked: SessionsAsked) -> dict[str, Any]:
    moment, last = _place(asked.after)
    return {
        "start": asked.period.start, "end": asked.period.end, "moment": moment, "last": last, "account": asked.account,
        "compound": asked.compound, "device": asked.device, "cause": asked.cause,
    }  # fmt: skip


def _line(row: dict[str, Any]) -> SessionLine:
    place = Text(row["place_zh"] or "", row["place_en"] or "")
    kept = {name: row[name] for name in SessionLine.__slots__ if name not in ("place", "compound")}
    return SessionLine(**kept, compound=row["compound"] or "", place=place)


def _place(after: str) -> tuple[datetime | None, str]:
    moment, _, last = after.partition("|")
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None, ""
    return (found, last) if found.tzinfo else (None, "")
