"""停机 Lines whose money was used up are stopped on the day that was announced; what has money again works again (BIL-02, LAW-11).

Nobody is stopped unannounced: the day counts from the notice that nothing is left (BIL-06). Line by line, each in a transaction of its
own: killed in the middle, the rest waits for the next time.
"""

from datetime import datetime, timedelta

from onehall.contexts.voice import api as voice
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.period import local
from onehall.steps.clock import clock_of
from onehall.steps.telephone_stops import stop_or_resume

_BATCH = 500  # structural: lines looked at at once, whatever their number
# Lines that are stopped, and those of which it was said, by message or by a call that was noted, that nothing is left since they were
# last recharged.
_LINES = """
    select l.line_id as line, l.hall_id as hall, v.stopped, n.out_at
    from pub_voice_line l cross join lateral voice_state(l.line_id, %(at)s) v
    left join lateral (select max(id) as id from pub_voice_topup t where t.line_id = l.line_id and not t.undone) t on true
    cross join lateral (
        select coalesce(
            (select made_at from notices_notice where key = format('phone_out:%%s:%%s', l.line_id, coalesce(t.id, 0))),
            (select min(s.at) from notices_notice c join notices_noticestep s on s.notice_id = c.id and s.state = 'told'
             where c.key like format('phone_call:%%s:%%s:%%%%', l.line_id, coalesce(t.id, 0)))) as out_at) n
    where l.line_id > %(after)s and not v.closed and (v.stopped or n.out_at is not null) order by l.line_id limit %(limit)s
"""


def stop_telephones(*, at: datetime) -> int:
    """Stops what is due and lets on what has money; how many lines changed."""
    changed, after = 0, 0
    while True:
        rows = fetch_all(_LINES, {"after": after, "limit": _BATCH, "at": at})
        left = voice.balances([row["line"] for row in rows], scope=Scope.operator())
        for row in rows:
            if row["stopped"] == (left[row["line"]] <= 0):
                continue
            with transaction():
                hall = HallId(row["hall"])
                book = policy_book(hall_id=hall, at=at)
                due = _due(row["out_at"], book[voice.STOP_DAYS], at)
                changed += stop_or_resume(row["line"], stop=due, book=book, by=clock_of(hall), at=at)
        if len(rows) < _BATCH:
            return changed
        after = rows[-1]["line"]


def _due(out_at: datetime | None, days: int, at: datetime) -> bool:
    """Whether the announced day has come."""
    return out_at is not None and local(at).date() >= local(out_at + timedelta(days=days)).date()
