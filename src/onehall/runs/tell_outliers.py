"""话费突增 Customers whose month cost far more than the months before are told once, when the month's bills stand (LAW-12, BIL-06)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from onehall.contexts.customers import api as customers
from onehall.contexts.rating import api as rating
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.notices.contracts import NewNotice
from onehall.foundation.notices.services import queue
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope
from onehall.foundation.values.text import Text

KIND = "phone_much"
_BATCH = 500  # structural: bills of one transaction, whatever their number
_FRESH = timedelta(days=7)  # structural: what was approved longer ago was told, or is no news any more
_SAID = Text(
    "您的固话{number}{month}话费{due}元，前三个月平均{mean}元。如有疑问请到营业厅查详单，也可在“我的固话”里查看。",
    "Your telephone {number} cost {due} yuan in {month}; the three months before it was {mean} on average. Ask at any hall for the calls, or see your own page.",
)
_BILLS = """
    select b.id, b.line_id as line, b.number, b.hall_id, b.month, b.mean, s.party_id,
        b.rent + b.caller_id + b.charge - b.monthly_used - b.annual_used + b.adjustment as due
    from pub_voice_bill b join pub_voice_line l on l.line_id = b.line_id join pub_subscriptions_subscription s on s.id = l.subscription_id
    where b.outlier and b.approved_at > %(since)s and b.id > %(after)s order by b.id limit %(limit)s
"""


def tell_outliers(*, at: datetime) -> int:
    """Queues what is due; how many notices are new. Killed in the middle, the rest comes the next time."""
    told, after = 0, 0
    while True:
        with transaction():
            book = policy_book(hall_id=None, at=at)
            asked = {"since": at - _FRESH, "after": after, "limit": _BATCH}
            rows = fetch_all(_BILLS, asked) if book.version else []
            told += queue(notices=_notices(rows, at), book=book, at=at) if rows else 0
        if len(rows) < _BATCH:
            return told
        after = rows[-1]["id"]


def _notices(rows: Sequence[dict[str, Any]], at: datetime) -> list[NewNotice]:
    everywhere, parties = Scope.operator(), [row["party_id"] for row in rows]
    numbers = customers.mobiles(parties, scope=everywhere)
    spoken = customers.languages(parties, scope=everywhere)
    return [
        _notice(row, numbers[row["party_id"]], spoken[row["party_id"]], at)
        for row in rows
        if row["party_id"] in numbers
    ]


def _notice(row: dict[str, Any], phone: str, language: str, at: datetime) -> NewNotice:
    said = _SAID.in_(language).format(
        number=row["number"],
        month=f"{row['month']:%Y-%m}",
        due=rating.yuan(row["due"]),
        mean=rating.yuan(row["mean"]),
    )
    key = f"{KIND}:{row['line']}:{row['month']:%Y-%m}"
    return NewNotice(
        key, KIND, phone, said, at, at + timedelta(days=1), language, row["party_id"], row["hall_id"]
    )
