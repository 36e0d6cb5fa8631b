"""余额提醒 Customers are told when little is left on a telephone line, when it is used up, and a day before the stop (BIL-02, BIL-06).

Each once for each recharge: whoever pays in and uses it up again is told again. Who has no mobile number is called: a to-do of the line's hall,
anew each day until the call is noted, from which the announced day counts. Set by set, batch by batch; killed in the middle,
the rest comes the next time.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from onehall.contexts.customers import api as customers
from onehall.contexts.rating import api as rating
from onehall.contexts.voice import api as voice
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.notices.contracts import NewNotice
from onehall.foundation.notices.services import queue
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text

_BATCH = 500  # structural: lines of one transaction, whatever their number
_LOW, _OUT, _STOP, _CALL = "phone_low", "phone_out", "phone_stop", "phone_call"
_SAID = {
    _LOW: Text(
        "您的固话{number}余额{left}元，已低于提醒额。请到营业厅充值；已充值请忽略。",
        "Little is left on your telephone {number}: {left} yuan. Recharge at any hall; ignore this if you have.",
    ),
    _OUT: Text(
        "您的固话{number}余额已用完（{left}元）。不充值将于{day}停机，停机期间月租照收。请到营业厅充值，充值后自动恢复。",
        "Your telephone {number} is used up ({left} yuan). It is stopped on {day} unless recharged; rent runs on while it is stopped.",
    ),
    _CALL: Text(
        "您的固话{number}余额已用完（{left}元）。从今天起不充值，将于{day}停机，停机期间月租照收。请到营业厅充值，充值后自动恢复。",
        "Your telephone {number} is used up ({left} yuan). Unless recharged it is stopped on {day}; rent runs on while it is stopped.",
    ),
    _STOP: Text(
        "您的固话{number}明天停机（余额{left}元）。请到营业厅充值；已充值请忽略。",
        "Your telephone {number} is stopped tomorrow ({left} yuan left). Recharge at any hall; ignore this if you have.",
    ),
}
# The line, whose it is, the recharge since which things are told, and when it was said that the money is used up.
_LINES = """
    select l.line_id as line, l.number, l.hall_id, s.party_id, v.alarm_threshold, coalesce(t.id, 0) as since, n.out_at
    from pub_voice_line l join pub_subscriptions_subscription s on s.id = l.subscription_id
    cross join lateral voice_state(l.line_id, %(at)s) v
    left join lateral (select max(id) as id from pub_voice_topup t where t.line_id = l.line_id and not t.undone) t on true
    cross join lateral (
        select coalesce(
            (select made_at from notices_notice where key = format('phone_out:%%s:%%s', l.line_id, coalesce(t.id, 0))),
            (select min(s.at) from notices_notice c join notices_noticestep s on s.notice_id = c.id and s.state = 'told'
             where c.key like format('phone_call:%%s:%%s:%%%%', l.line_id, coalesce(t.id, 0)))) as out_at) n
    where l.line_id > %(after)s and not v.closed and not v.suspended and not v.stopped order by l.line_id limit %(limit)s
"""


def remind_balances(*, at: datetime) -> int:
    """Queues what is due; how many notices are new."""
    told, after = 0, 0
    while True:
        with transaction():
            book = policy_book(hall_id=None, at=at)
            rows = fetch_all(_LINES, {"after": after, "limit": _BATCH, "at": at}) if book.version else []
            left = voice.balances([row["line"] for row in rows], scope=Scope.operator())
            due = [
                {**row, "left": left[row["line"]], "kind": kind, "day": _stop(row, book[voice.STOP_DAYS], at)}
                for row in rows
                if (kind := _kind(row, left[row["line"]], book[voice.STOP_DAYS], at))
            ]
            told += queue(notices=_notices(due, at), book=book, at=at) if due else 0
        if len(rows) < _BATCH:
            return told
        after = rows[-1]["line"]


def _kind(row: dict[str, Any], left: int, days: int, at: datetime) -> str:
    """What is to be said of a line that has so much left; "" for nothing."""
    if left > 0:
        return _LOW if left < row["alarm_threshold"] else ""
    tomorrow = local(at + timedelta(days=1)).date()
    return _STOP if row["out_at"] and _stop(row, days, at) <= tomorrow else _OUT


def _stop(row: dict[str, Any], days: int, at: datetime) -> date:
    """The day of the stop, counted from when it was first said that nothing is left."""
    return local((row["out_at"] or at) + timedelta(days=days)).date()


def _notices(due: Sequence[dict[str, Any]], at: datetime) -> list[NewNotice]:
    """Each in the language of its customer, for the hall of the line."""
    everywhere, parties = Scope.operator(), [row["party_id"] for row in due]
    numbers = customers.mobiles(parties, scope=everywhere)
    spoken = customers.languages(parties, scope=everywhere)
    sent = [
        _notice(row, row["kind"], numbers[row["party_id"]], spoken[row["party_id"]], at)
        for row in due
        if row["party_id"] in numbers
    ]
    silent = [
        row for row in due if row["party_id"] not in numbers and row["kind"] == _OUT and not row["out_at"]
    ]
    fixed = customers.numbers_in_clear([row["party_id"] for row in silent], scope=everywhere)
    return sent + [
        _notice(row, _CALL, fixed[row["party_id"]][1], spoken[row["party_id"]], at) for row in silent
    ]


def _notice(row: dict[str, Any], kind: str, phone: str, language: str, at: datetime) -> NewNotice:
    said = (
        _SAID[kind].in_(language).format(number=row["number"], left=rating.yuan(row["left"]), day=row["day"])
    )
    key, late, call = f"{kind}:{row['line']}:{row['since']}", at + timedelta(days=1), kind == _CALL
    if call:
        key = f"{key}:{local(at).date()}"
    return NewNotice(
        key, kind, phone, said, at, late, language, row["party_id"], row["hall_id"], by_call=call
    )
