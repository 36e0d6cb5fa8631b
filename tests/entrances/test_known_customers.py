"""Customers who are known already, at the desk and on the board; forms typed from paper, on their pages (CUS-06, CON-03)."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local
from tests.cast import count, dwelling, mobile, resident_id, wang
from tests.entrances.board_room import CLERK, BoardRoom, post, room, words

__all__ = ["room"]
ALL = Scope.operator()
CONSENT = {"notice": "2026-01", "consent_notice": "1", "consent_sensitive": "1"}


def form(number: str, phone: str, **more: str) -> dict[str, Any]:
    """The registration form as it is typed."""
    papers = ["identity_document.original", "identity_document.copy"]
    given = {
        "name": "王建国",
        "document_kind": "resident_id",
        "number": number,
        "phone": phone,
        "papers": papers,
        **CONSENT,
    }
    return {"intent": str(uuid4()), **given, **more}


def desk(room: BoardRoom) -> Client:
    """李敏's browser at her counter."""
    client = Client()
    client.cookies["onehall_session"] = room.cast.tokens[room.clerk.session_id or 0]
    return client


def tie(room: BoardRoom) -> tuple[int, int, str]:
    """王建国 registered twice with one telephone."""
    phone = mobile()
    one, other = (room.cast.registered(room.clerk, wang(phone=phone)).id for _ in range(2))
    return one, other, phone


@pytest.mark.rule("CUS-06", "CUS-02", "ORD-13")
def test_who_is_known_is_named_with_the_way_to_open_them(room: BoardRoom) -> None:
    clerk, number, phone = desk(room), resident_id(), mobile()
    first = form(number, phone)
    assert clerk.post("/desk/customers/new", first).status_code == 303
    known = customers.card_of_document(customers.DocumentKind.RESIDENT_ID, number, scope=ALL)
    assert known is not None
    assert clerk.post("/desk/customers/new", first).status_code == 303, "sent twice it is the same customer"
    again = clerk.post("/desk/customers/new", form(number, mobile()))
    assert again.status_code == 409 and f"/desk/customers/{known.id}" in words(again)
    alike = clerk.post("/desk/customers/new", form(resident_id(), phone))
    assert alike.status_code == 409 and f'href="/desk/customers/{known.id}"' in words(alike)
    assert "CUS-06" in words(alike) and phone not in words(alike) and number not in words(alike)
    another = form(resident_id(), phone, another_customer="1")
    assert (
        clerk.post("/desk/customers/new", another).status_code == 409
    )  # the one before is still served (ORD-12)
    assert clerk.post("/desk/serving/end").status_code == 303
    assert clerk.post("/desk/customers/new", another).status_code == 303
    assert count("customers_party", "name = '王建国'") == 2


@pytest.mark.rule("CUS-06", "SEC-01", "SEC-07")
def test_the_manager_compares_merges_and_takes_back_everything_masked(room: BoardRoom) -> None:
    one, other, phone = tie(room)
    manager, pair = room.browser(), f"/board/duplicates/{one}/{other}"
    listed = words(manager.get("/board/duplicates/?by=other_document"))
    assert pair in listed and phone not in listed and "138****" in listed
    assert post(manager, f"{pair}/merge", reason="两证同一个人").status_code == 400, "both documents first"
    assert post(manager, f"{pair}/merge", reason="两证同一个人", documents_seen="1").status_code == 303
    assert pair not in words(manager.get("/board/duplicates/?by=other_document"))
    shown = words(manager.get(pair))
    (merge,) = set(re.findall(r"/board/duplicates/merges/(\d+)/undoing", shown))
    assert str(other) in words(manager.get("/board/duplicates/?by=merged"))
    assert post(manager, f"/board/duplicates/merges/{merge}/undoing", reason="其实是父子").status_code == 303
    assert customers.root(other, scope=ALL) == other
    assert post(manager, f"{pair}/apart", reason="其实是父子").status_code == 303
    assert pair not in words(manager.get("/board/duplicates/?by=other_document"))


@pytest.mark.rule("CUS-06")
def test_the_merged_number_leads_to_the_one_who_is_left_with_a_note(room: BoardRoom) -> None:
    one, other, _ = tie(room)
    clerk = desk(room)
    for party in (one, other):
        clerk.post(f"/desk/customers/{party}/purpose", {"purpose": "id_document"})
    assert "可能登记过两次" in words(clerk.get(f"/desk/customers/{one}"))
    post(room.browser(), f"/board/duplicates/{one}/{other}/merge", reason="两证同一个人", documents_seen="1")
    answer = clerk.get(f"/desk/customers/{other}?home=7")
    assert answer.status_code == 303 and answer["Location"] == f"/desk/customers/{one}?home=7&was={other}"
    page = words(clerk.get(f"/desk/customers/{one}?was={other}"))
    assert "您打开的是被并的那一条" in page and f"#{other}" in page and "可能登记过两次" not in page


@pytest.mark.rule("CON-03", "ORD-11")
def test_a_form_is_typed_from_paper_and_seen_as_such_everywhere(room: BoardRoom) -> None:
    clerk, party = desk(room), room.cast.registered(room.clerk).id
    clerk.post(f"/desk/customers/{party}/purpose", {"purpose": "id_document"})
    home = dwelling("dw", "1", "2", "502")
    address = f"/desk/customers/{party}"
    assert f"{address}/paper" in words(clerk.get(f"{address}?home={home}"))
    written = local(room.cast.now - timedelta(hours=3))
    head = {
        "number": "p-0031",
        "written_at": f"{written:%Y-%m-%dT%H:%M}",
        "written_by": "0211",
        "incident": "停电",
    }
    for wrong in (
        {"written_at": "2026-11-99T09:00"},
        {"written_at": "2126-01-01T09:00"},
        {"written_by": "0311"},
    ):
        assert clerk.post(f"{address}/paper", {**head, **wrong}).status_code == 400
    assert clerk.post(f"{address}/paper", {**head, "home": str(home)}).status_code == 303
    clerk.post(f"{address}/items", {"choice": "new_broadband:bb20-year", "home": home})
    page = words(clerk.get(f"{address}?home={home}"))
    assert "P-0031" in page and "郑洁 0211" in page and "CON-03" in page
    basket = orders.open_basket_of(counter_id=room.clerk.counter_id, party_id=party, scope=ALL)  # type: ignore[arg-type]
    assert basket is not None
    paid = post(clerk, f"/desk/baskets/{basket.id}/payment", due=basket.total.text)
    assert paid.status_code < 400
    assert "P-0031" in words(clerk.get(f"/desk/baskets/{basket.id}/payment"))
    assert "补录 P-0031" in words(clerk.get(f"{address}?home={home}"))
    listed = words(room.browser().get("/board/backdated/"))
    assert all(said in listed for said in ("P-0031", "郑洁", "李敏", "已入帐"))
    assert "P-0031" not in words(room.browser().get("/board/backdated/?day=2026-11-22"))
    assert room.browser(CLERK).get("/board/backdated/").status_code == 200
