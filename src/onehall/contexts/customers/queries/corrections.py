"""What was corrected in a customer's record, masked (SEC-05, SEC-07)."""

from typing import Any

from django.db.models import F

from onehall.contexts.customers.models import Correction as Row
from onehall.contexts.customers.queries.people import groups
from onehall.contexts.customers.queries.seeing import seen
from onehall.contexts.customers.rules import masking
from onehall.contexts.customers.rules.corrections import Cause, Correction
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import HallId, OrderId

_MASKS = {
    "name": masking.mask_name,
    "document": masking.mask_document,
    "phone": masking.mask_phone,
}


def corrections_of(party_id: int, *, scope: Scope, limit: int) -> list[Correction]:
    """Newest first, those of records merged into this one among them (CUS-06)."""
    if not seen(scope):
        return []
    mine = groups([party_id], scope=scope).get(party_id, [])
    rows = Row.objects.filter(party_id__in=mine).annotate(
        by_name=F("by__name"), entered_by_name=F("entered_by__name")
    )
    return [_correction(row) for row in rows.order_by("-id")[:limit]]


def newest_correction(party_id: int, *, scope: Scope) -> Correction | None:
    """The last one, or None: by its id two clerks at the same record notice each other."""
    return next(iter(corrections_of(party_id, scope=scope, limit=1)), None)


def _correction(row: Any) -> Correction:
    mask = _MASKS[row.kind]
    return Correction(
        id=row.pk, kind=row.kind, cause=Cause(row.cause), old=mask(row.old) if row.old else "", new=mask(row.new),
        entered_by=row.entered_by_name, by=row.by_name, hall_id=HallId(row.hall_id), order_id=OrderId(row.order), at=row.at,
    )  # fmt: skip
