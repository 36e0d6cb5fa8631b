"""更正资料 on the desk's page, over the API, and what the manager sees of it (SEC-05, CUS-03)."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from onehall.contexts.customers import api as customers
from onehall.foundation.scopes import Scope
from tests.cast import count, mobile, resident_id, wang
from tests.entrances.board_room import BoardRoom, room, words
from tests.entrances.programme import Programme

__all__ = ["room"]
ALL = Scope.operator()


def desk(room: BoardRoom) -> Client:
    client = Client()
    client.cookies["onehall_session"] = room.cast.tokens[room.clerk.session_id or 0]
    return client


def form(page: str, **typed: str) -> dict[str, str]:
    """The page's own hidden fields with what is typed."""
    hidden = dict(re.findall(r'type="hidden" name="(seen|intent)" value="([^"]+)"', page))
    return {**hidden, "cause": "entry", **typed}


@pytest.mark.rule("SEC-05", "SEC-07", "CUS-03")
def test_the_page_corrects_shows_what_was_corrected_masked_and_the_manager_sees_whose_it_was(
    room: BoardRoom,
) -> None:
    number, phone, right = resident_id(), mobile(), mobile()
    card = room.cast.registered(room.clerk, wang("王建过", number, phone))
    clerk, page = desk(room), f"/desk/customers/{card.id}/correction"
    assert clerk.get(page).status_code == 403, "a purpose first"
    clerk.post(f"/desk/customers/{card.id}/purpose", {"purpose": "id_document"})
    assert page in words(clerk.get(f"/desk/customers/{card.id}"))
    shown = words(clerk.get(page))
    field = re.search(r'name="new\.(phone:\d+)"', shown)
    assert field is not None and phone not in shown and number not in shown
    wrong = clerk.post(page, form(shown, **{f"new.{field[1]}": "123"}))
    assert wrong.status_code == 400 and "CUS-02" in words(wrong)
    assert clerk.post(page, {**form(shown), "cause": "because"}).status_code == 400
    sent = form(shown, **{"new.name": "王建国", f"new.{field[1]}": right})
    done = clerk.post(page, sent)
    assert done.status_code == 303
    assert clerk.post(page, sent)["Location"] == done["Location"], "pressed twice it is one order"
    after = words(clerk.get(done["Location"]))
    assert "王*过" in after and "已更正" in after and "原来录错了" in after
    assert phone not in after and right not in after
    assert clerk.get(f"{page}?done=999999").status_code == 404
    late = clerk.post(page, {**form(shown, **{"new.name": "王建军"}), "intent": str(uuid4())})
    assert late.status_code == 409 and "李敏" in words(late)
    manager = room.browser()
    listed = words(manager.get("/board/accuracy/"))
    behind = re.search(r"/board/accuracy/\d+\?month=[\d-]+", listed)
    assert behind is not None and "没有达到" in listed
    detail = words(manager.get(behind[0]))
    assert "姓名" in detail and "联系电话" in detail and right not in detail
    assert "Accuracy of entries" in words(room.browser(lang="en").get("/board/accuracy/"))
    assert "这个月没有登记" in words(manager.get("/board/accuracy/?month=2001-02"))
    for month in ("9999-12", "2026-13", "x", ""):
        assert manager.get(f"/board/accuracy/?month={month}").status_code == 200
    assert clerk.get("/board/accuracy/").status_code == 403


@pytest.mark.rule("SEC-05", "API-01")
def test_a_programme_corrects_by_the_same_rules(room: BoardRoom) -> None:
    card = room.cast.registered(room.clerk)
    programme = Programme.of("0213", counter="3")
    asked = {"changes": [{"field": "phone:new", "value": mobile()}], "cause": "changed"}
    no = programme.post(f"/customers/{card.id}/corrections", asked, key=uuid4())
    assert (no.status, no.json["code"]) == (403, "customers.correction_not_verified")
    stated = {"kind": "present_verified", "verification": "one_time_code"}
    programme.post(f"/customers/{card.id}/purposes", stated).good()
    made = programme.do(f"/customers/{card.id}/corrections", asked)
    assert len(made["corrections"]) == 1 and count("customers_correction") == 1
    assert customers.corrections_of(card.id, scope=ALL, limit=1)[0].order_id == made["order_id"]
