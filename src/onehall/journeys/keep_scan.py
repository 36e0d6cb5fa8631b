"""存扫描件 Keep a picture of a paper: drawn anew, stamped with purpose and expiry, encrypted (LAW-06)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId
from onehall.steps import scanning


def keep_scan(
    *, party_id: PartyId, kind: customers.ScanKind, purpose: str, content: bytes, name: str, by: Actor, at: datetime
) -> int:  # fmt: skip
    """The scan's id. Raises what `clean_scan` raises, PurposeNeeded, ScanNeedsPurpose."""
    with transaction():
        by.require("scan.keep")
        book = policy_book(hall_id=by.hall_id, at=at)
        said = customers.check_words(words=purpose)
        picture, until = scanning.draw(content, name=name, purpose=said, book=book, at=at)
        scan_id = customers.keep_scan(
            party_id=party_id, kind=kind, purpose=said, picture=picture, until=until, by=by, at=at
        )
        record(
            action="scan.kept", subject="party", subject_id=party_id, hall_id=by.hall_id, by=by, at=at, rule="LAW-06",
            policy_version=book.version, details={"scan": scan_id, "kind": kind, "bytes": len(picture)},
        )  # fmt: skip
    return scan_id
