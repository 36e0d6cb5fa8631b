"""看扫描件 Look at a picture of a paper, for a reason, on record (LAW-06, SEC-07)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.documents.exports import reason_kept
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId


def view_scan(*, party_id: PartyId, scan_id: int, reason: str, by: Actor, at: datetime) -> bytes:
    """The JPEG. Raises PurposeNeeded, ScanNeedsPurpose, ScanGone, ReasonTells for a number in the reason."""
    with transaction():
        by.require("scan.view")
        said = reason_kept(customers.check_words(words=reason))
        picture = customers.open_scan(party_id=party_id, scan_id=scan_id, by=by, at=at)
        record(
            action="scan.viewed", subject="party", subject_id=party_id, hall_id=by.hall_id, by=by, at=at, rule="LAW-06",
            details={"scan": scan_id, "reason": said},
        )  # fmt: skip
    return picture
