"""Reading the papers after a receipt. They belong to one hall: outside the scope they are not found."""

from collections.abc import Sequence
from typing import Any

from onehall.contexts.invoicing.contracts import RedReceipt
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import CounterId, ReceiptId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period

_RED = """
    select id, hall_id as hall, receipt_id as receipt, number, book_id as book, amount, copies, reason,
           counter_id as counter, by_id as by, issued_at
    from invoicing_redreceipt
    where (%(halls)s::bigint[] is null or hall_id = any(%(halls)s))
"""


def red_receipts(receipts: Sequence[ReceiptId], *, scope: Scope) -> tuple[RedReceipt, ...]:
    """The red ones of these receipts, by number."""
    return _red(" and receipt_id = any(%(receipts)s)", scope, receipts=list(receipts))


def red_receipts_given(
    counter: CounterId, *, by: UserId, span: Period, scope: Scope
) -> tuple[RedReceipt, ...]:
    """The red receipts that a clerk gave at a counter in a span, by number."""
    where = (
        " and counter_id = %(counter)s and by_id = %(by)s and issued_at >= %(start)s and issued_at < %(end)s"
    )
    return _red(where, scope, counter=counter, by=by, start=span.start, end=span.end)


def _red(where: str, scope: Scope, **facts: Any) -> tuple[RedReceipt, ...]:
    rows = fetch_all(f"{_RED}{where} order by number", {"halls": scope.hall_list, **facts})
    return tuple(RedReceipt(**{**row, "amount": Money(row["amount"])}) for row in rows)
