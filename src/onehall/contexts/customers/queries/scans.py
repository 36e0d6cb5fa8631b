"""Scans of a customer, without their pictures (LAW-06)."""

from typing import Any

from django.db.models import F

from onehall.contexts.customers.models import Scan as Row
from onehall.contexts.customers.queries.people import groups
from onehall.contexts.customers.queries.seeing import seen
from onehall.contexts.customers.rules.scans import Scan, ScanKind
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId


def scans_of(party_id: int, *, scope: Scope) -> list[Scan]:
    """Newest first, those that were deleted too: their rows say so."""
    if not seen(scope):
        return []
    mine = groups([party_id], scope=scope).get(party_id, [])
    rows = Row.objects.filter(party_id__in=mine).defer("picture").annotate(by_name=F("by__name"))
    return [_scan(row) for row in rows.order_by("-id")]


def _scan(row: Any) -> Scan:
    """A row as it crosses the door."""
    return Scan(
        id=row.pk, party_id=PartyId(row.party_id), kind=ScanKind(row.kind), purpose=row.purpose,
        sha256=bytes(row.sha256).hex(), size=row.size, kept_by=row.by_name, kept_at=row.kept_at, until=row.until,
        deleted_at=row.deleted_at,
    )  # fmt: skip
