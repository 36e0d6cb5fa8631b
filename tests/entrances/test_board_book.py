"""The hall's own book: audit trail, policies, directory, and the rules that refusals cite."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.orders.api import HANDLING_LIMIT
from onehall.entrances.board.policies.words import stored, typed
from onehall.entrances.board.rulebook.chapters import CHAPTERS, ELIGIBILITY
from onehall.foundation.audit import record, seal
from onehall.foundation.database import fetch_all
from onehall.foundation.policy import declared
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope
from onehall.foundation.values.money import Money
from onehall.journeys.state_purpose import state_purpose
from tests.entrances.board_room import AUDITOR, CLERK, BoardRoom, post, room, words
from tests.house.source import ROOT

__all__ = ["room"]
POINT = "/board/policies/fees.additional_point"


def rows(page: str) -> int:
    """Lines of the trail that are shown."""
    return page.count('data-row="a')


def test_the_trail_is_read_by_person_action_and_subject(room: BoardRoom) -> None:
    case = room.dispatched()
    manager = room.browser()
    assert rows(words(manager.get("/board/audit/?action=work.dispatched"))) == 1
    assert rows(words(manager.get(f"/board/audit/?subject=work_order&subject_id={case.id}"))) == 1
    assert rows(words(manager.get("/board/audit/?staff_no=0213&action=payment.taken"))) == 1
    assert rows(words(manager.get("/board/audit/?staff_no=0213&action=work.dispatched"))) == 0
    assert rows(words(manager.get("/board/audit/?before=nonsense"))) > 1


def test_a_long_trail_comes_in_pages_that_neither_repeat_nor_miss(room: BoardRoom) -> None:
    by, at = room.clerk, room.cast.now
    for number in range(120):
        record(action="basket.held", subject="basket", subject_id=number, hall_id=by.hall_id, by=by, at=at)
    manager, address, seen = room.browser(), "/board/audit/?action=basket.held", []
    while address:
        page = words(manager.get(address))
        seen += re.findall(r'data-row="a(\d+)"', page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == 120


@pytest.mark.rule("SEC-09")
def test_the_chain_is_proved_on_the_page_and_a_broken_link_is_named(room: BoardRoom) -> None:
    room.sold()
    seal(limit=1000)
    auditor = room.browser(AUDITOR)
    assert "审计链完整" in words(post(auditor, "/board/audit/verification"))
    (line,) = fetch_all("select entry_id from audit_auditseal order by entry_id desc limit 1")
    fetch_all("set local session_replication_role = replica")  # what a superuser with ill will could do
    fetch_all(
        "update audit_auditseal set digest = sha256('x') where entry_id = %(id)s", {"id": line["entry_id"]}
    )
    fetch_all("set local session_replication_role = origin")
    page = words(post(auditor, "/board/audit/verification"))
    assert f"审计链在第 {line['entry_id']} 号记录处断开" in page


@pytest.mark.rule("SEC-01")
def test_the_manager_sees_a_broken_glass_the_same_day_and_a_clerk_does_not(room: BoardRoom) -> None:
    card = room.cast.registered(room.clerk)
    given = customers.PurposeStated(kind=customers.PurposeKind.BREAK_GLASS, reason="派出所核对地址")
    state_purpose(party_id=card.id, stated=given, by=room.clerk, at=room.cast.now)
    page = words(room.browser().get("/board/"))
    assert "李敏 破例查看 王**" in page
    assert "派出所核对地址" in page
    assert "破例" not in words(room.browser(CLERK).get("/board/"))


def test_every_policy_stands_in_the_list_with_value_rule_and_source(room: BoardRoom) -> None:
    page = words(room.browser().get("/board/policies/"))
    for key in declared().values():
        assert key.title.zh in page
        assert f"/rules/{key.rule}" in page
    assert "¥30.00" in page
    assert "营业部服务手册" in page


def change(client: Client, **given: Any) -> Any:
    """Asks for ¥35.00 from tomorrow unless told otherwise."""
    return post(client, POINT, **{"value": "35.00", "where": "hall", "source": "2026 年第 5 号通知", **given})


def test_a_policy_changes_from_a_day_on_in_this_hall(room: BoardRoom) -> None:
    manager, tomorrow = room.browser(), room.cast.now + timedelta(days=1)
    assert change(manager, **{"from": tomorrow.date().isoformat()}).status_code == 303
    key = declared()["fees.additional_point"]
    hall = room.clerk.hall_id
    assert policy_book(hall_id=hall, at=room.cast.now)[key] == Money.yuan("30.00")
    assert policy_book(hall_id=hall, at=tomorrow)[key] == Money.yuan("35.00")
    assert policy_book(hall_id=hall + 1, at=tomorrow)[key] == Money.yuan("30.00")
    page = words(manager.get(POINT))
    assert "将生效" in page
    assert "2026 年第 5 号通知" in page
    assert "改政策" in words(manager.get("/board/audit/?action=policy.changed"))


def test_a_policy_is_not_changed_without_reason_backwards_or_out_of_bounds(room: BoardRoom) -> None:
    manager, today = room.browser(), room.cast.now.date()
    day = {"from": today.isoformat()}
    assert change(manager, **day, source=" ").status_code == 400
    assert change(manager, **{"from": (today - timedelta(days=1)).isoformat()}).status_code == 400
    assert change(manager, **day, value="5000.00").status_code == 400
    assert change(manager, **day, value="many").status_code == 400
    assert change(manager, **{"from": "soon"}).status_code == 400
    assert change(manager, **day, where="all").status_code == 403
    assert change(room.browser(AUDITOR), **day).status_code == 403
    assert manager.get("/board/policies/no.such").status_code == 404


def test_the_change_is_shown_before_it_is_made(room: BoardRoom) -> None:
    asked = {"value": "35", "from": room.cast.now.date().isoformat(), "where": "hall"}
    page = words(room.browser().get(f"{POINT}/preview", asked))
    assert "¥30.00" in page
    assert "¥35.00" in page
    assert "不得大于" in words(room.browser().get(f"{POINT}/preview", {**asked, "value": "9999"}))


def test_values_are_typed_as_they_are_read(room: BoardRoom) -> None:
    book = policy_book(hall_id=room.clerk.hall_id, at=room.cast.now)
    for key in declared().values():
        value = book[key]
        assert key.accept(stored(key, typed(key, value))) == value, key.code
    assert stored(HANDLING_LIMIT, " 240 ") == 240


@pytest.mark.rule("ORG-07")
def test_the_directory_shows_the_halls_numbers(room: BoardRoom) -> None:
    entries = fetch_all(
        "select name_zh, number from organisation_directoryentry where hall_id = %(hall)s",
        {"hall": room.clerk.hall_id},
    )
    page = words(room.browser("0232").get("/board/directory/"))
    assert entries
    for entry in entries:
        assert entry["name_zh"] in page
        assert entry["number"] in page


def test_a_rule_shows_what_stands_on_it(room: BoardRoom) -> None:
    manager = room.browser()
    page = words(manager.get("/rules/CAT-02"))
    assert "宽带20M包年" in page
    assert "交回签字单" in words(manager.get("/rules/WRK-02"))
    assert "没有签名或盖章" in words(manager.get("/rules/WRK-02"))
    assert "没有数值、产品或答复引用这条规则" in words(manager.get("/rules/ORG-11"))
    assert "交回签字单" not in words(room.browser("0232").get("/rules/WRK-02"))
    for made_up in ("XYZ-01", "WRK-1", "wrk-02"):
        assert manager.get(f"/rules/{made_up}").status_code == 404


def test_every_rule_of_the_book_has_its_chapter() -> None:
    book = "\n".join(path.read_text() for path in (ROOT / "docs/rules").glob("*0-*.md"))
    assert set(re.findall(r"^- \*\*([A-Z]{3})-", book, re.M)) == set(CHAPTERS)


def test_conditions_of_sale_cite_the_rules_that_their_verdicts_cite(room: BoardRoom) -> None:
    on_sale = catalogue.offerings(at=room.cast.now, scope=Scope.operator())
    used = {code for one in on_sale for sale in one.sales for code in sale.eligibility}
    assert used <= set(ELIGIBILITY)
    shelf = ROOT / "src/onehall/contexts/catalogue/rules"
    source = "".join(file.read_text() for file in sorted(shelf.glob("*.py")))
    for code, rule in ELIGIBILITY.items():
        assert f'"{code}"' in source
        assert f'"{rule}"' in source
