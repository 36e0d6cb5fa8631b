"""导入对账单 A provider's file of a day: compared row by row with our charges, its fees booked (PAY-03, LED-02)."""

from datetime import datetime

from onehall.contexts.clearing import api as clearing
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Actor
from onehall.steps.clearing import take_file

PERMISSION = "bill.settle"


def take_bill(*, file: clearing.File, by: Actor | None, at: datetime) -> clearing.Bill:
    """The day as it stands now, with the differences still open. The same file again changes nothing.

    `by` is None where the clock fetched it from the provider. Raises FileRefused.
    """
    with transaction():
        if by is not None:
            by.require(PERMISSION)
        return take_file(file, by=by, at=at)
