"""Typing in a form that was written while the system was down (CON-03)."""

from datetime import datetime

from onehall.contexts.orders import rules
from onehall.contexts.orders.models import Basket as BasketRow
from onehall.contexts.orders.models import PaperEntry
from onehall.contexts.orders.rules import PaperForm, PaperKnown
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import BasketId, UserId


@in_transaction
def state_paper(
    *,
    basket_id: BasketId,
    given: rules.PaperGiven,
    written_by: UserId,
    longest_hours: int,
    by: Actor,
    at: datetime,
) -> PaperForm:
    """The basket is the form that was written then; stated again while it is empty, the last word counts.

    Raises PaperIncomplete with its field, PaperTimeRefused, PaperKnown for a number that was typed already, PaperTooLate
    once something is in the basket: it was priced by another day.
    """
    number, receipt, written_at = rules.check_paper(given, longest_hours=longest_hours, at=at)
    row = BasketRow.objects.select_for_update().filter(pk=basket_id, state="open", hall_id=by.hall_id).first()
    if row is None:
        raise NotFound(what="这张受理单", what_en="This basket")
    if row.items.exists():
        raise rules.PaperTooLate()
    entry = PaperEntry(
        basket_id=basket_id, hall_id=row.hall_id, number=number, written_at=written_at, written_by_id=written_by,
        incident=given.incident.strip(), hand_receipt=receipt, typed_at=at, typed_by_id=by.user_id,
    )  # fmt: skip
    PaperEntry.objects.filter(basket_id=basket_id).delete()
    PaperEntry.objects.bulk_create([entry], ignore_conflicts=True)
    kept = PaperEntry.objects.filter(basket_id=basket_id).first()
    if kept is None:
        raise _known(entry)
    return kept.as_contract()


@in_transaction
def withdraw_paper(*, basket_id: BasketId, at: datetime) -> None:
    """The form's number may be typed again: its basket was given up, or its sale taken back."""
    PaperEntry.objects.filter(basket_id=basket_id, withdrawn_at__isnull=True).update(withdrawn_at=at)


def _known(entry: PaperEntry) -> PaperKnown:
    """Which of the two numbers the unique indexes did not let in, also of two clerks at one instant."""
    standing = PaperEntry.objects.filter(hall_id=entry.hall_id, withdrawn_at__isnull=True)
    if standing.filter(number=entry.number).exists():
        return PaperKnown(field="number", what="纸质单", what_en="form", number=entry.number)
    return PaperKnown(
        field="hand_receipt", what="手写收据", what_en="handwritten receipt", number=entry.hand_receipt
    )
