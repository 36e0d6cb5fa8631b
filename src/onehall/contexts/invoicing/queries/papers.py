"""Reading the papers after a receipt. They belong to one hall: outside the scope they are not found."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from onehall.contexts.invoicing.contracts import RedReceipt
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import BookId, CounterId, HallId, ReceiptId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period

_RED = """
    select id, hall_id as hall, receipt_id as receipt, number, book_id as book, amount, copies, reason,
           counter_id as counter, by_id as by, issued_at
    from invoicing_redreceipt
    where (%(halls)s::bigint[] is null or hall_id = any(%(halls)s))
"""

_PAPERS = """
    select book_id as book, number, void from pub_invoicing_paper
    where hall_id = %(hall)s and issued_at >= %(since)s and issued_at < %(before)s
"""


def papers_given(
    hall: HallId, *, since: datetime, before: datetime, scope: Scope
) -> dict[BookId, list[tuple[str, bool]]]:
    """Receipts, red ones and invoices on paper that a hall gave, by book: number, and whether it is void by now. NotFound outside the scope."""
    scope.require(hall)
    found: dict[BookId, list[tuple[str, bool]]] = {}
    for row in fetch_all(_PAPERS, {"hall": hall, "since": since, "before": before}):
        found.setdefault(BookId(row["book"]), []).append((row["number"], row["void"]))
    return found


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
