"""An organisation at the desk: who is here, level and supervisor on its page, the list on the board, and over the API (CUS-07)."""

import pytest
from django.test import Client

from onehall.contexts.customers import api as customers
from tests.cast import contact_of, firm_given, resident_id
from tests.entrances.board_room import CLERK, BoardRoom, post, room, words
from tests.entrances.programme import Programme

__all__ = ["room"]


@pytest.mark.rule("CUS-07")
def test_the_clerk_chooses_who_is_here_and_types_the_document_from_the_original(room: BoardRoom) -> None:
    document = resident_id("19900505")
    firm = room.cast.registered(room.clerk, firm_given()).id
    contact = contact_of(firm, room.clerk, at=room.cast.now, document=document)
    clerk = Client()
    clerk.cookies["onehall_session"] = room.cast.tokens[room.clerk.session_id or 0]
    page = words(clerk.get(f"/desk/customers/{firm}"))
    assert "何芳" in page and contact.document_masked in page and document not in page
    address = f"/desk/customers/{firm}/purpose"
    chosen = {"purpose": "id_document", "contact": str(contact.id)}
    wrong = clerk.post(address, {**chosen, "contact_document": resident_id()})
    assert wrong.status_code == 403 and "重新登记联系人" in words(wrong)
    nobody = clerk.post(address, {"purpose": "id_document"})
    assert nobody.status_code == 403 and "授权联系人" in words(nobody)
    assert clerk.post(address, {**chosen, "contact_document": document}).status_code == 303
    opened = words(clerk.get(f"/desk/customers/{firm}"))
    assert "经办 何芳" in opened and f"/desk/customers/{firm}/standing" in opened


@pytest.mark.rule("CUS-07")
def test_level_supervisor_and_contacts_are_set_on_their_page_by_whoever_may(room: BoardRoom) -> None:
    firm = room.cast.registered(room.clerk, firm_given()).id
    page = f"/desk/customers/{firm}/standing"
    manager, clerk = room.browser(), room.browser(CLERK)
    assert post(clerk, f"{page}/level", level="gold", reason="年消费额高").status_code == 403
    assert post(manager, f"{page}/level", level="gold", reason="").status_code == 400
    assert post(manager, f"{page}/level", level="x", reason="年消费额高").status_code == 400
    assert post(manager, f"{page}/level", level="gold", reason="年消费额高").status_code == 303
    me = room.cast.sign_in("0201").user_id
    assert post(manager, f"{page}/supervisor", supervisor=str(me)).status_code == 303
    given = {
        "contact_name": "何芳",
        "contact_kind": "resident_id",
        "contact_document": resident_id(),
        "mandates": "order",
    }
    late = post(clerk, f"{page}/contacts", until="2020-01-01", **given)
    assert late.status_code == 400 and "到期日已经过了" in words(late)
    assert post(clerk, f"{page}/contacts", until="2027-06-30", **given).status_code == 303
    shown = words(clerk.get(page))
    assert "金卡" in shown and "年消费额高" in shown and "2027-06-30" in shown and "办理、续费、变更" in shown
    (one,) = customers.standing(firm, at=room.cast.now, scope=room.clerk.scope).contacts
    assert post(clerk, f"{page}/contacts/{one.id}/end").status_code == 303
    assert "已撤销" in words(clerk.get(page))
    board = words(manager.get("/board/key-accounts/"))
    assert "西安远景贸易有限公司" in board and "金卡" in board and "周敏" in board
    assert "西安远景贸易有限公司" in words(manager.get("/board/key-accounts/?mine=1"))
    assert "没有负责的单位" in words(clerk.get("/board/key-accounts/?mine=1"))


@pytest.mark.rule("CUS-07", "API-01")
def test_a_programme_reads_and_sets_the_same(room: BoardRoom) -> None:
    document = resident_id("19900505")
    firm = room.cast.registered(room.clerk, firm_given()).id
    manager, clerk = Programme.of("0201"), Programme.of("0213", counter="3")
    levelled = manager.post(
        f"/customers/{firm}/standing/level", {"level": "silver", "reason": "单位介绍"}
    ).good()
    assert levelled["vip"]["level"] == "silver" and levelled["contacts"] == []
    given = {
        "name": "何芳", "document_kind": "resident_id", "document": document, "mandates": ["order"], "until": "2027-06-30",
    }  # fmt: skip
    (contact,) = clerk.post(f"/customers/{firm}/standing/contacts", given).good()["contacts"]
    assert document not in str(contact) and contact["mandates"] == ["inquire", "order"]
    stated = {"kind": "present_verified", "verification": "id_document"}
    refused = clerk.post(f"/customers/{firm}/purposes", stated)
    assert (refused.status, refused.json["code"]) == (403, "customers.contact_needed")
    clerk.post(
        f"/customers/{firm}/purposes", {**stated, "contact": contact["id"], "contact_document": document}
    ).good()
    ended = clerk.post(f"/customers/{firm}/standing/contacts/{contact['id']}/end").good()
    assert ended["contacts"][0]["ended_at"]
