"""Reads of the registers room. Imports belong to the hall that made them; another hall's are not found (SEC-10)."""

import json
from base64 import b64decode
from collections.abc import Iterator, Sequence
from datetime import datetime

from onehall.contexts.registers.contracts import Caution, Fault, ImportMade, Repair, Report
from onehall.contexts.registers.models import Import, Row, Upload
from onehall.contexts.registers.rules.refusals import ImportNotFound
from onehall.contexts.registers.rules.work import UploadKept, Work, work_of
from onehall.foundation.database import fetch_one
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId, SubscriptionId
from onehall.foundation.values.text import Text
from onehall.foundation.vault import all_hashed

KEY, SERIAL = "registers.row", "registers.serial"
"""The purposes of the hashes by which rows are found."""


def wait_for_turn(*, scope: Scope) -> None:
    """One import at a time: the second waits here until the first has committed, and then sees what it brought."""
    del scope  # rows belong to the operator: halls wait for each other
    fetch_one("select pg_advisory_xact_lock(hashtext('registers.import'))")


def standing_import(*, digest: bytes, form: str, scope: Scope) -> ImportMade | None:
    """The import of this very file that stands; halls ask about each other's, since rows belong to the operator."""
    del scope  # a file is imported once, whichever hall did it
    row = Import.objects.filter(digest=digest, format=form, undone_at__isnull=True).first()
    return row.as_contract() if row else None


def import_made(import_id: int, *, scope: Scope) -> ImportMade:
    """One import, or ImportNotFound."""
    row = Import.objects.filter(pk=import_id).first()
    if row is None or not scope.allows(row.hall_id):
        raise ImportNotFound()
    return row.as_contract()


def imports_made(*, scope: Scope, limit: int) -> list[ImportMade]:
    """The imports of the scope's halls, newest first."""
    rows = Import.objects.order_by("-pk")
    if scope.halls is not None:
        rows = rows.filter(hall_id__in=scope.halls)
    return [row.as_contract() for row in rows[:limit]]


def subscriptions_brought(import_id: int, *, scope: Scope) -> list[SubscriptionId]:
    """The services that an import opened."""
    import_made(import_id, scope=scope)
    rows = Row.objects.filter(made_id=import_id, subscription_id__isnull=False)
    return [SubscriptionId(one) for one in rows.values_list("subscription_id", flat=True)]


def parties_brought(import_id: int, *, scope: Scope) -> list[PartyId]:
    """The customers that an import registered; those who were known before are not among them."""
    import_made(import_id, scope=scope)
    rows = Row.objects.filter(made_id=import_id, party_is_new=True).order_by("party_id")
    return [PartyId(one) for one in rows.values_list("party_id", flat=True).distinct()]


def keys_brought(import_id: int, *, column: str, scope: Scope) -> Iterator[str]:
    """What stands in a column of the rows that an import keeps."""
    import_made(import_id, scope=scope)
    for row in Row.objects.filter(made_id=import_id).order_by("row").iterator():
        yield json.loads(row.content).get(column, "")


def taken_serials(*, serials: Sequence[str], scope: Scope) -> frozenset[str]:
    """Those of the form serials that a kept register holds already."""
    del scope  # serials belong to the operator
    hashes = all_hashed(serials, SERIAL)
    found = Row.objects.filter(serial_hash__any_of=hashes.keys()).values_list("serial_hash", flat=True)
    return frozenset(hashes[bytes(one)] for one in found if one is not None)


def upload(upload_id: int, *, at: datetime, scope: Scope) -> UploadKept:
    """A file that waits for a decision, or ImportNotFound."""
    row = Upload.objects.filter(pk=upload_id).first()
    if row is None or not scope.allows(row.hall_id):
        raise ImportNotFound()
    kept = json.loads(row.report)
    report = Report(
        kept["rows"],
        [Repair(**{**one, "reason": Text(**one["reason"])}) for one in kept["repaired"]],
        [Caution(**{**one, "reason": Text(**one["reason"])}) for one in kept["warnings"]],
        [Fault(**{**one, "reason": Text(**one["reason"])}) for one in kept["errors"]],
    )
    return UploadKept(
        row.pk, row.format, row.file_name, b64decode(row.content), report, row.by_id, _work(row, at)
    )


def upload_work(upload_id: int, *, at: datetime, scope: Scope) -> Work:
    """How far the import of a kept file is, or ImportNotFound; neither file nor report is opened."""
    row = Upload.objects.defer("content", "report").filter(pk=upload_id).first()
    if row is None or not scope.allows(row.hall_id):
        raise ImportNotFound()
    return _work(row, at)


def _work(row: Upload, at: datetime) -> Work:
    return work_of(
        phase=row.phase, done=row.done, total=row.total, beat_at=row.beat_at, ended_at=row.ended_at,
        said=Text(row.said_zh, row.said_en), at=at,
    )  # fmt: skip


def rows_of_party(party_id: PartyId, *, scope: Scope, limit: int) -> list[dict[str, str]]:
    """What registers said of a customer, newest first, for whoever holds a purpose (SEC-01)."""
    del scope  # customers belong to the operator
    rows = Row.objects.filter(party_id=party_id).order_by("-pk")[:limit]
    return [json.loads(row.content) for row in rows]
