"""A customer's rights over their data, from the counter to the manager (LAW-30, REC-02, REC-03)."""

import json
import re

import pytest
from django.test import Client

from onehall.contexts.customers import api as customers
from onehall.contexts.customers.models import Consent, Contact, IdentityDocument, Party
from onehall.foundation.audit.trail import trail
from onehall.foundation.scopes import Scope
from onehall.readings.search import search
from tests.cast import resident_id, wang
from tests.entrances.board_room import BoardRoom, post, room, words
from tests.entrances.test_known_customers import desk

__all__ = ["room"]
ALL = Scope.operator()
NUMBER, PHONE = resident_id(born="19750203", turn=311), "13866661234"


def verified(room: BoardRoom, browser: Client) -> int:
    """王建国 at the counter, without a line."""
    card = room.cast.registered(room.clerk, wang(document=NUMBER, phone=PHONE))
    assert post(browser, f"/desk/customers/{card.id}/purpose", purpose="id_document").status_code == 303
    return card.id


@pytest.mark.rule("LAW-30", "SEC-02", "SEC-07")
def test_the_customer_gets_a_copy_of_everything_and_nobody_else_does(room: BoardRoom) -> None:
    browser = desk(room)
    stranger = room.cast.registered(room.clerk)
    assert browser.get(f"/desk/customers/{stranger.id}/privacy").status_code == 303
    assert post(browser, f"/desk/customers/{stranger.id}/privacy/copy", kind="json").status_code == 403
    party = verified(room, browser)
    answer = post(browser, f"/desk/customers/{party}/privacy/copy", kind="json")
    held = json.loads(answer.content)
    assert "attachment" in answer["Content-Disposition"]
    assert held["particulars"]["documents"] == [{"kind": "resident_id", "number": NUMBER}]
    assert held["particulars"]["phones"] == [PHONE] and held["particulars"]["names"] == ["王建国"]
    assert any("李敏: 您本人到厅" in why for _, why in held["looks"])
    assert "馨苑" in held["made"] and "李敏" in held["made"]
    (line,) = trail(scope=ALL, limit=5, action="privacy.copy_given")
    assert NUMBER not in str(line.details) and line.subject_id == str(party)


@pytest.mark.rule("LAW-30", "REC-03")
def test_the_copy_is_a_paper_that_says_who_made_it(room: BoardRoom) -> None:
    browser = desk(room)
    party = verified(room, browser)
    for lang in ("zh", "en"):
        browser.cookies["onehall_lang"] = lang
        answer = post(browser, f"/desk/customers/{party}/privacy/copy", kind="pdf")
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF") and len(answer.content) > 2_000


@pytest.mark.rule("LAW-30", "SEC-07")
def test_the_customer_is_told_who_looked_when_and_why(room: BoardRoom) -> None:
    browser = desk(room)
    party = verified(room, browser)
    glass = {"purpose": "break_glass", "reason": "漏水抢修联系住户"}
    assert post(browser, f"/desk/customers/{party}/purpose", **glass).status_code == 303
    (phone,) = Contact.objects.filter(party_id=party)
    assert browser.post(f"/desk/customers/{party}/particulars?field=phone:{phone.pk}").status_code == 200
    page = words(browser.get(f"/desk/customers/{party}/privacy"))
    for told in ("您本人到厅", "紧急查看 漏水抢修联系住户", "看了一项资料 phone"):
        assert told in page, told
    assert NUMBER not in page and PHONE not in page


@pytest.mark.rule("LAW-30")
def test_consent_is_kept_with_its_version_apart_for_sensitive_data_and_can_be_taken_back(
    room: BoardRoom,
) -> None:
    browser = desk(room)
    party = verified(room, browser)
    address = f"/desk/customers/{party}/privacy/consents"
    assert post(browser, address, kind="everything", given="1").status_code == 400
    for kind in ("notice", "sensitive", "calls"):
        assert post(browser, address, kind=kind, given="1").status_code == 303
    assert post(browser, address, kind="calls", given="0").status_code == 303
    held = customers.consents(party, scope=ALL)
    assert {str(kind): one.given for kind, one in held.items()} == {
        "notice": True, "sensitive": True, "calls": False,
    }  # fmt: skip
    assert {one.version for one in held.values()} == {"2026-01"}
    assert Consent.objects.count() == 6, "two at registration, four on the page: nothing is rewritten"


@pytest.mark.rule("LAW-30")
def test_what_a_running_line_rests_on_is_not_withdrawn_and_a_guardians_word_is_marked(
    room: BoardRoom,
) -> None:
    browser = desk(room)
    room.cast.new_line(room.clerk)
    party = Party.objects.get(name="王建国").pk
    post(browser, f"/desk/customers/{party}/purpose", purpose="id_document")
    address = f"/desk/customers/{party}/privacy/consents"
    assert post(browser, address, kind="sensitive", given="1", guardian="1").status_code == 303
    refused = post(browser, address, kind="sensitive", given="0")
    assert refused.status_code == 409 and "还有在用业务" in words(refused)
    assert "监护人同意" in words(browser.get(f"/desk/customers/{party}/privacy"))


@pytest.mark.rule("REC-02", "LAW-30")
def test_a_deletion_is_refused_with_every_reason_while_anything_binds_the_hall(room: BoardRoom) -> None:
    browser, manager = desk(room), room.browser()
    room.cast.new_line(room.clerk)
    party = Party.objects.get(name="王建国").pk
    post(browser, f"/desk/customers/{party}/purpose", purpose="id_document")
    assert post(manager, "/board/privacy/holds", party=party, reason="短").status_code == 400
    assert post(manager, "/board/privacy/holds", party=party, reason="公安调查函 2026-118").status_code == 303
    page = words(browser.get(f"/desk/customers/{party}/privacy"))
    for why in ("有法律保留", "还有在用业务", "有没做完的工单", "还在规定的保存期内"):
        assert why in page, why
    assert post(browser, f"/desk/customers/{party}/privacy/deletion").status_code == 303
    listed = words(manager.get("/board/privacy/"))
    assert "不能删除" in listed and "删除并出证明" not in listed
    (asked,) = customers.deletion_requests(scope=ALL, limit=5)
    assert post(manager, f"/board/privacy/{asked.id}/deletion").status_code == 404
    assert Party.objects.get(pk=party).name == "王建国"


@pytest.mark.rule("REC-02")
def test_a_hold_that_comes_after_the_request_still_stops_it_and_lifted_the_deletion_is_certified(
    room: BoardRoom,
) -> None:
    browser, manager = desk(room), room.browser()
    party = verified(room, browser)
    assert post(browser, f"/desk/customers/{party}/privacy/deletion").status_code == 303
    (asked,) = customers.deletion_requests(scope=ALL, limit=5)
    post(manager, "/board/privacy/holds", party=party, reason="民事诉讼 2026-33 号")
    refused = post(manager, f"/board/privacy/{asked.id}/deletion")
    assert refused.status_code == 409 and "有法律保留" in words(refused)
    post(manager, "/board/privacy/holds", party=party, lift="1")
    for _ in range(2):
        assert post(manager, f"/board/privacy/{asked.id}/deletion").status_code == 303
    assert not IdentityDocument.objects.filter(party_id=party).exists()
    assert not Contact.objects.filter(party_id=party).exists()
    assert Party.objects.get(pk=party).name == "（已删除）"
    assert all(not search(typed, scope=ALL, limit=5) for typed in ("王建国", PHONE[-4:]))
    (done,) = customers.deletion_requests(scope=ALL, limit=5)
    assert len(done.code) == 32 and done.gone == {
        "documents": 1,
        "phones": 1,
        "agents": 0,
        "contacts": 0,
        "records": 1,
    }
    assert done.code in words(manager.get("/board/privacy/"))
    (line,) = trail(scope=ALL, limit=5, action="privacy.deleted")
    assert line.details["code"] == done.code


@pytest.mark.rule("REC-02")
def test_the_manager_sees_how_long_each_kind_of_record_is_kept(room: BoardRoom) -> None:
    page = words(room.browser().get("/board/privacy/"))
    for kind in ("最后一笔业务后客户资料保存多久", "网络日志保存多久", "上网记录保留几个月"):
        assert kind in page, kind
    assert room.browser("0241").get("/board/privacy/").status_code == 403


@pytest.mark.rule("REC-02")
def test_the_manager_sees_what_is_deleted_next_by_kind_and_looking_deletes_nothing(room: BoardRoom) -> None:
    party = room.cast.registered(room.clerk, wang("李秀兰")).id
    manager = room.browser()
    post(manager, "/board/privacy/holds", party=party, reason="公安调查函 2026-118")
    room.cast.registered(room.clerk, wang("赵大海"))
    room.cast.later(days=2 * 365 - 15)
    soon = _due(words(room.browser().get("/board/privacy/")))
    assert soon["客户资料"] == ["0", "0", "2"], "none is due, two follow within thirty days"
    room.cast.later(days=20)
    assert _due(words(room.browser().get("/board/privacy/")))["客户资料"] == ["2", "1", "0"]
    assert "停着" in words(room.browser().get("/board/privacy/"))
    assert Party.objects.filter(name__in=["李秀兰", "赵大海"]).count() == 2


def _due(page: str) -> dict[str, list[str]]:
    """Due now, of these held, within thirty days, by kind."""
    part = page.split("接下来要删的")[1].split("</table>")[0]
    rows = [re.findall(r">([^<>]+)</(?:a|td)>", row) for row in part.split("<tr>")[2:]]
    return {row[0]: [cell for cell in row[1:] if cell.isdecimal()][:3] for row in rows}
