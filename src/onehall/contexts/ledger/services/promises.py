"""Promises that the database kept, as refusals that a person can read."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError

from onehall.contexts.ledger.contracts import PaidAlready, ReceiptStands, UndoneAlready
from onehall.foundation.refusals import PeriodClosed, Refusal

_BROKEN_PROMISES: dict[str, type[Refusal]] = {
    "ledger_payment_intent_key": PaidAlready,
    "payment_of_basket": PaidAlready,
    "receipt_stands": ReceiptStands,
    "receipt_turn": ReceiptStands,
    "ledger_reversal_payment_id_key": UndoneAlready,
    "ledger_receiptvoid_receipt_id_key": UndoneAlready,
}
_CLOSED = {
    "why": "这一天所在的月份已经月结，不能再记账", "why_en": "The month of this day is closed: nothing is posted into it",
    "do": "请检查电脑时间；冲正记在今天。", "do_en": "Check the clock; a reversal is dated today.",
}  # fmt: skip


def _refusing() -> Iterator[None]:
    """Turns a promise the database kept into the refusal a person can read; anything else is a fault and crashes."""
    try:
        yield
    except IntegrityError as broken:
        constraint = getattr(getattr(broken.__cause__, "diag", None), "constraint_name", None)
        if constraint == "period_closed":
            raise PeriodClosed(**_CLOSED) from broken
        refusal = _BROKEN_PROMISES.get(constraint or "")
        if refusal is None:
            raise
        raise refusal() from broken


refusing = contextmanager(_refusing)
"""Stands around each statement that a promise may refuse; it writes nothing itself."""
