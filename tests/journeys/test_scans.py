"""扫描件: kept encrypted with stamp and expiry, looked at with a reason on record, deleted on schedule (LAW-06, REC-02)."""

import io
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction
from django.test import Client
from PIL import Image

from onehall.contexts.customers import api as customers
from onehall.contexts.customers.models import Scan
from onehall.foundation.audit import trail
from onehall.foundation.database import fetch_all
from onehall.foundation.documents.exports import ReasonTells
from onehall.foundation.policy.services import establish_value
from onehall.foundation.scopes import Actor, NotPermitted, Scope
from onehall.foundation.values.ids import PartyId
from onehall.journeys.delete_due_scans import delete_due_scans
from onehall.journeys.keep_scan import keep_scan
from onehall.journeys.state_purpose import state_purpose
from onehall.journeys.view_scan import view_scan
from tests.cast import Cast, count
from tests.entrances.board_room import BoardRoom, room, words
from tests.pictures import picture

__all__ = ["room"]
ALL = Scope.operator()
ID = customers.ScanKind.IDENTITY_DOCUMENT


def present(cast: Cast, by: Actor, party: PartyId) -> None:
    stated = customers.PurposeStated(
        customers.PurposeKind.PRESENT_VERIFIED, customers.Verification.ID_DOCUMENT
    )
    state_purpose(party_id=party, stated=stated, by=by, at=cast.now)


def kept(cast: Cast, by: Actor) -> tuple[PartyId, int]:
    party = cast.registered(by).id
    present(cast, by, party)
    scan = keep_scan(
        party_id=party,
        kind=ID,
        purpose="办理宽带新装",
        content=picture("JPEG"),
        name="id.jpg",
        by=by,
        at=cast.now,
    )
    return party, scan


@pytest.mark.rule("LAW-06", "SEC-07")
def test_kept_encrypted_and_looked_at_with_a_reason_that_the_trail_keeps(cast: Cast) -> None:
    clerk, colleague = cast.clerk(drawer=False), cast.clerk("0211", "4", drawer=False)
    party, scan = kept(cast, clerk)
    (row,) = fetch_all("select picture from customers_scan")
    assert b"\xff\xd8\xff" not in bytes(row["picture"]) and b"/9j/" not in bytes(row["picture"])
    with pytest.raises(customers.PurposeNeeded):
        view_scan(party_id=party, scan_id=scan, reason="核对签名", by=colleague, at=cast.now)
    for reason, refusal in (("  ", customers.ScanNeedsPurpose), ("13812345678 来电", ReasonTells)):
        with pytest.raises(refusal):
            view_scan(party_id=party, scan_id=scan, reason=reason, by=clerk, at=cast.now)
    with pytest.raises(NotPermitted):
        view_scan(party_id=party, scan_id=scan, reason="看", by=cast.sign_in("0232"), at=cast.now)
    assert trail(scope=ALL, limit=9, action="scan.viewed") == []
    shown = view_scan(party_id=party, scan_id=scan, reason="核对签名", by=clerk, at=cast.now)
    assert Image.open(io.BytesIO(shown)).format == "JPEG"
    (line,) = trail(scope=ALL, limit=9, action="scan.viewed")
    assert (line.staff_no, line.details) == ("0213", {"scan": scan, "reason": "核对签名"})
    other = cast.registered(clerk).id
    present(cast, clerk, other)
    with pytest.raises(customers.CustomerNotFound):
        view_scan(party_id=other, scan_id=scan, reason="核对签名", by=clerk, at=cast.now)


@pytest.mark.rule("LAW-06", "REC-02")
def test_deleted_on_the_day_with_a_certificate_and_never_under_a_legal_hold(cast: Cast) -> None:
    clerk = cast.clerk(drawer=False)
    party, scan = kept(cast, clerk)
    (mine,) = customers.scans_of(party, scope=ALL)
    assert (mine.until - mine.kept_at).days == 180 and mine.deleted_at is None
    cast.now = mine.until
    present(cast, clerk, party)
    with pytest.raises(customers.ScanGone):
        view_scan(party_id=party, scan_id=scan, reason="核对签名", by=clerk, at=cast.now)
    establish_value(
        key="customers.scans_held",
        value=True,
        valid_from=mine.kept_at,
        source="法院通知",
        verified=True,
        at=cast.now,
    )
    assert delete_due_scans(at=cast.now) == 0
    establish_value(
        key="customers.scans_held",
        value=False,
        valid_from=mine.until,
        source="解除",
        verified=True,
        at=cast.now,
    )
    assert delete_due_scans(at=cast.later(seconds=1)) == 1 and delete_due_scans(at=cast.now) == 0
    assert count("customers_scan", "picture is null and deleted_at is not null") == 1
    (line,) = trail(scope=ALL, limit=9, action="scan.deleted")
    assert (line.rule, line.details["sha256"], line.details["bytes"]) == ("REC-02", mine.sha256, mine.size)
    assert [one.deleted_at for one in customers.scans_of(party, scope=ALL)] == [cast.now]


@pytest.mark.rule("LAW-06")
def test_what_was_kept_is_neither_exchanged_nor_kept_longer(cast: Cast) -> None:
    _, scan = kept(cast, cast.clerk(drawer=False))
    for change in ({"purpose": "别的用途"}, {"until": cast.later(days=999)}, {"sha256": b"0" * 32}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Scan.objects.filter(pk=scan).update(**change)


@pytest.mark.rule("LAW-06")
def test_the_page_keeps_shows_and_refuses_in_words(room: BoardRoom) -> None:
    card = room.cast.registered(room.clerk)
    clerk, page = Client(), f"/desk/customers/{card.id}/scans"
    clerk.cookies["onehall_session"] = room.cast.tokens[room.clerk.session_id or 0]
    assert clerk.get(page).status_code == 403
    clerk.post(f"/desk/customers/{card.id}/purpose", {"purpose": "id_document"})
    assert "还没有扫描件" in words(clerk.get(page)) and page in words(clerk.get(f"/desk/customers/{card.id}"))

    def send(content: bytes, name: str, what: str = "identity_document") -> Any:
        file = SimpleUploadedFile(name, content) if name else ""
        return clerk.post(
            "/desk/scans",
            {"party": card.id, "what": what, "purpose": "办理宽带", "file": file, "intent": str(uuid4())},
        )

    for content, name, word in (
        (b"%PDF-1.7 /JavaScript", "id.pdf", "PDF"),
        (b"\xff\xd8\xff" + b"\0" * (11 * 1024 * 1024), "id.jpg", "最多 10 MB"),
        (b"", "", "没有选文件"),
    ):
        answer = send(content, name)
        assert answer.status_code in (400, 413) and word in words(answer), name
    assert send(picture(), "id.png", what="face").status_code == 400, "there is no kind for a face"
    assert count("customers_scan") == 0
    assert send(picture(), "id.png").status_code == 303
    (one,) = customers.scans_of(card.id, scope=ALL)
    assert "客户证件" in words(clerk.get(page))
    shown = clerk.post(f"{page}/{one.id}", {"reason": "核对证件"})
    assert shown["Content-Type"] == "image/jpeg" and "no-store" in shown["Cache-Control"]
