"""Scans of a customer, without their pictures (LAW-06)."""

from datetime import datetime
from typing import Any

from django.db.models import F

from onehall.contexts.customers.models import LegalHold
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


def parties_held(*, scope: Scope) -> list[int]:
    """Every record of a customer of whom nothing is deleted while a legal hold stands (REC-02)."""
    held = list(LegalHold.objects.filter(lifted_at=None).values_list("party_id", flat=True))
    return [one for members in groups(held, scope=scope).values() for one in members]


def scans_due(*, at: datetime, scope: Scope) -> tuple[int, int]:
    """How many pictures are kept whose time is over at this moment, and how many of those a legal hold keeps."""
    if not seen(scope):
        return 0, 0
    due = Row.objects.filter(deleted_at__isnull=True, until__lte=at)
    return due.count(), due.filter(party_id__in=parties_held(scope=scope)).count()


def _scan(row: Any) -> Scan:
    """A row as it crosses the door."""
    return Scan(
        id=row.pk, party_id=PartyId(row.party_id), kind=ScanKind(row.kind), purpose=row.purpose,
        sha256=bytes(row.sha256).hex(), size=row.size, kept_by=row.by_name, kept_at=row.kept_at, until=row.until,
        deleted_at=row.deleted_at,
    )  # fmt: skip
