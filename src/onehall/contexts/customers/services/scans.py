"""Keeping, showing and deleting pictures of papers (LAW-06, REC-02)."""

import base64
import hashlib
from datetime import datetime

from django.db.models import F

from onehall.contexts.customers.models import Scan as Row
from onehall.contexts.customers.queries.people import card, groups, purpose_in_force
from onehall.contexts.customers.queries.scans import _scan, parties_held
from onehall.contexts.customers.rules.refusals import CustomerNotFound, PurposeNeeded
from onehall.contexts.customers.rules.scans import Scan, ScanGone, ScanKind, ScanNeedsPurpose
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PartyId


@in_transaction
def keep_scan(
    *,
    party_id: PartyId,
    kind: ScanKind,
    purpose: str,
    picture: bytes,
    until: datetime,
    by: Actor,
    at: datetime,
) -> int:
    """`picture` is a stamped JPEG that the house itself has drawn; the id. PurposeNeeded, ScanNeedsPurpose."""
    if purpose_in_force(party_id, user_id=by.user_id, at=at, scope=by.scope) is None:
        raise PurposeNeeded()
    row = Row.objects.create(
        party_id=party_id, kind=kind, purpose=check_words(words=purpose), picture=base64.b64encode(picture).decode(),
        sha256=hashlib.sha256(picture).digest(), size=len(picture), hall_id=by.hall_id, kept_at=at, by_id=by.user_id,
        until=until,
    )  # fmt: skip
    return row.pk


@in_transaction
def open_scan(*, party_id: PartyId, scan_id: int, by: Actor, at: datetime) -> bytes:
    """The JPEG, for whoever holds a purpose; the caller writes the line of the trail. PurposeNeeded, ScanGone, CustomerNotFound."""
    card(party_id, scope=by.scope)
    if purpose_in_force(party_id, user_id=by.user_id, at=at, scope=by.scope) is None:
        raise PurposeNeeded()
    mine = groups([party_id], scope=by.scope).get(party_id, [])
    row = Row.objects.filter(pk=scan_id, party_id__in=mine).first()
    if row is None:
        raise CustomerNotFound()
    if row.picture is None or row.until <= at:
        raise ScanGone()
    return base64.b64decode(row.picture)


@in_transaction
def delete_due_scans(*, at: datetime, limit: int) -> tuple[tuple[Scan, int], ...]:
    """The pictures whose time is over go, at most `limit`, none of a customer under a legal hold; each with the hall it was
    kept in, for its certificate."""
    due = Row.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        deleted_at__isnull=True, until__lte=at
    )
    due = due.exclude(party_id__in=parties_held(scope=Scope.operator()))
    ids = list(due.order_by("pk").values_list("pk", flat=True)[:limit])
    Row.objects.filter(pk__in=ids).update(picture=None, deleted_at=at)
    gone = Row.objects.filter(pk__in=ids).defer("picture").annotate(by_name=F("by__name")).order_by("pk")
    return tuple((_scan(row), row.hall_id) for row in gone)


@in_transaction
def check_words(*, words: str) -> str:
    """What a scan is for, or why it is looked at, in a few words. ScanNeedsPurpose."""
    said = " ".join(words.split())[:60]
    if not said:
        raise ScanNeedsPurpose(field="purpose")
    return said
