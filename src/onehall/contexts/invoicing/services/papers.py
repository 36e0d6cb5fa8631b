"""Writing the papers after a receipt: one verb each, nothing is ever changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError

from onehall.contexts.invoicing.contracts import PaperUndone, RedReceipt
from onehall.contexts.invoicing.models.papers import RedReceipt as RedReceiptRow
from onehall.contexts.invoicing.queries import papers as queries
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import BookId, CounterId, HallId, ReceiptId
from onehall.foundation.values.money import Money

_UNDONE = ("invoicing_redreceipt_receipt_id_key", "red_receipt_beside_void")


@in_transaction
def issue_red(
    *,
    receipt: ReceiptId,
    hall: HallId,
    amount: Money,
    copies: int,
    number: str,
    book: BookId,
    reason: str,
    counter: CounterId,
    by: Actor,
    at: datetime,
) -> RedReceipt:
    """Writes the red receipt of a reversed payment, under a number drawn from the counter's book. Raises PaperUndone.

    `amount` is the receipt's own.
    """
    with _refusing():
        RedReceiptRow.objects.create(
            hall_id=hall, receipt_id=receipt, number=number, book_id=book, amount=-amount.fen, copies=copies,
            reason=reason, counter_id=counter, by_id=by.user_id, issued_at=at,
        )  # fmt: skip
    (red,) = queries.red_receipts([receipt], scope=Scope.of(hall))
    return red


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except IntegrityError as broken:
        if getattr(getattr(broken.__cause__, "diag", None), "constraint_name", None) in _UNDONE:
            raise PaperUndone() from broken
        raise
