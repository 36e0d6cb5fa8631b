"""到期提醒 Customers are told before their paid term ends (BIL-06): once for each subscription, end and day of the policy.

Set by set: the database finds who is due and has not been told, batch by batch; killed in the middle, the rest comes the next
time. Where a day was missed the next look makes up for it. A reminder belongs to the second half of a term: nobody who paid for
a month is told the day after that it ends in thirty days.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from onehall.contexts.customers import api as customers
from onehall.contexts.organisation import api as organisation
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.notices import policies
from onehall.foundation.notices.contracts import NewNotice
from onehall.foundation.notices.services import queue
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import CHINA, local
from onehall.foundation.values.text import Text

_BATCH = 500  # structural: rows per transaction, whatever their number
KIND = "expiry"
_SAID = Text(
    "您的宽带账号{account}将于{day}到期（还有{left}天），到期自动停网。请到营业厅续费，缴费后自动恢复；已缴费请忽略。",
    "Your broadband account {account} ends on {day} (in {left} days). Renew at any hall; it works again once paid.",
)
_DUE = """
    select t.id, s.party_id, s.account_name, t.expires_at, d.days_left, split_part(h.path, '/', 1) as compound,
        format('expiry:%%s:%%s:%%s', s.id, extract(epoch from t.expires_at)::bigint, r.day) as key
    from pub_subscriptions_term t
    join pub_subscriptions_subscription s on s.id = t.subscription_id and s.expires_at = t.expires_at
    left join pub_customers_premises h on h.id = s.dwelling_id
    cross join lateral (
        select (t.expires_at at time zone %(zone)s)::date - (%(at)s::timestamptz at time zone %(zone)s)::date as days_left) d
    cross join lateral (select min(x) as day from unnest(%(days)s::integer[]) x where x >= d.days_left) r
    where t.cancelled_at is null and t.expires_at > %(at)s and t.expires_at <= %(until)s and t.id > %(after)s
        and s.ended_at is null and s.ending_at is null
        and t.expires_at - t.starts_at >= make_interval(days => 2 * r.day)
        and not exists (
            select 1 from notices_notice n
            where n.key = format('expiry:%%s:%%s:%%s', s.id, extract(epoch from t.expires_at)::bigint, r.day))
    order by t.id limit %(limit)s
"""


def remind_expiring(*, at: datetime) -> int:
    """Queues what is due; how many notices are new. Customers without a mobile number are left to the hall's list."""
    told, after = 0, 0
    while True:
        with transaction():
            book = policy_book(hall_id=None, at=at)
            days = sorted(int(day) for day in book[policies.REMINDER_DAYS]) if book.version else []
            rows = _due(days, after, at) if days else []
            told += queue(notices=_notices(rows, at), book=book, at=at) if rows else 0
        if len(rows) < _BATCH:
            return told
        after = rows[-1]["id"]


def _due(days: Sequence[int], after: int, at: datetime) -> list[dict[str, Any]]:
    until = at + timedelta(days=days[-1] + 1)
    return fetch_all(
        _DUE,
        {"zone": str(CHINA), "at": at, "until": until, "days": list(days), "after": after, "limit": _BATCH},
    )


def _notices(rows: Sequence[dict[str, Any]], at: datetime) -> list[NewNotice]:
    """Each in the language of its customer, for the hall that serves the dwelling: it is told when one does not arrive."""
    everywhere, parties = Scope.operator(), [row["party_id"] for row in rows]
    numbers = customers.mobiles(parties, scope=everywhere)
    spoken = customers.languages(parties, scope=everywhere)
    halls = organisation.halls(scope=everywhere)
    serving = {code: hall.id for hall in reversed(halls) for code in hall.compounds}
    return [
        _notice(row, numbers[row["party_id"]], spoken[row["party_id"]], serving.get(row["compound"], halls[0].id), at)
        for row in rows
        if row["party_id"] in numbers
    ]  # fmt: skip


def _notice(row: dict[str, Any], phone: str, language: str, hall_id: int, at: datetime) -> NewNotice:
    day = f"{local(row['expires_at']):%Y-%m-%d}"
    said = _SAID.in_(language).format(account=row["account_name"], day=day, left=row["days_left"])
    return NewNotice(row["key"], KIND, phone, said, at, row["expires_at"], language, row["party_id"], hall_id)
