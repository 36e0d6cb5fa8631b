"""Drawers, bags, shortages, false notes, the three-way match and months, read and done by a programme; what needs a second person stays with people (API-01)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import now

from onehall.foundation.values.period import local
from onehall.journeys.sign_bag import sign_bag
from tests.cast import Cast, count
from tests.entrances.money_at_work import short_drawer
from tests.entrances.programme import Answer, Programme
from tests.journeys.test_deposits import brought, closed
from tests.journeys.test_drawer_close import drawer_of

PIECES_880 = [{"fen": 10000, "pieces": 8}, {"fen": 1000, "pieces": 8}]


@pytest.fixture
def today(cast: Cast) -> Cast:
    """The cast at work today: a programme's requests are dated by the clock."""
    cast.now = now() - timedelta(hours=1)
    return cast


def refused(answer: Answer, status: int) -> Any:
    assert (answer.status, answer.type) == (status, "application/problem+json"), answer.content.decode()
    return answer.json


@pytest.mark.rule("API-01", "CSH-04", "LED-02")
def test_takings_go_to_the_bank_and_each_step_is_once(today: Cast) -> None:
    manager, shift = closed(today)
    programme, key = Programme.of("0201"), uuid4()
    (waiting,) = programme.get("/deposits/due").good()
    assert (waiting["id"], waiting["due"], waiting["late"]) == (shift, 88_000, waiting["late"])
    body = {"drawers": [shift], "counted": PIECES_880}
    wrong = programme.post("/deposits/bags", {**body, "counted": PIECES_880[:1]}, key=uuid4())
    assert "少 80.00 元" in refused(wrong, 409)["detail"] and wrong.json["rule"] == "CSH-04"
    assert refused(programme.post("/deposits/bags", body), 422)["code"] == "api.key_needed"
    bag = programme.post("/deposits/bags", body, key=key).good()
    assert programme.post("/deposits/bags", body, key=key).good() == bag and count("banking_bag") == 1
    assert (bag["amount"], bag["drawers"], bag["counted"]) == (88_000, [shift], PIECES_880)
    at = f"/deposits/bags/{bag['id']}"
    assert (
        "一个签名"
        in refused(programme.post(f"{at}/handover", {"carrier": "建行"}, key=uuid4()), 409)["detail"]
    )
    assert programme.post(f"{at}/signature", {}, key=uuid4()).status == 404, "a programme signs for nobody"
    sign_bag(bag_id=bag["id"], intent=uuid4(), by=today.sign_in("0241"), at=today.now)
    assert programme.post(f"{at}/handover", {"carrier": "建行"}, key=uuid4()).good()["carrier"] == "建行"
    (found,) = programme.get("/deposits/findings").good()["items"]
    assert (found["verdict"], found["line"], found["difference"]) == ("awaited", None, -88_000)
    brought(today, manager, f"{local(today.now):%Y-%m-%d},A1,{bag['serial']},880.00")
    (found,) = programme.get("/deposits/findings").good()["items"]
    assert (found["verdict"], found["line"]["reference"], found["difference"]) == ("matched", "A1", 0)
    assert programme.get("/deposits/bags?limit=1").good()["items"] == [programme.get(at).good()]
    refused(Programme.of("0213").post("/deposits/bags", body, key=uuid4()), 403)
    refused(Programme.of("0311", hall="guandi").get(at), 404)


@pytest.mark.rule("API-01", "CSH-03", "LAW-40")
def test_the_halls_drawers_are_read_by_who_confirms_them_alone(today: Cast) -> None:
    clerk = today.clerk()
    today.new_line(clerk)
    programme, shift = Programme.of("0201"), drawer_of(clerk).id
    (line,) = programme.get("/drawers").good()
    assert (line["id"], line["counted"], line["closed_at"]) == (shift, None, None)
    state = programme.get(f"/drawers/{shift}").good()
    (cash,) = state["means"]
    assert (cash["means"], cash["balance"], cash["sales"], state["counts"]) == ("cash", 138_000, 1, 0)
    refused(Programme.of("0213").get(f"/drawers/{shift}"), 403)
    refused(Programme.of("0213").get("/drawers"), 403)
    assert programme.get("/drawers?day=2001-01-01").good() == []
    refused(programme.get("/drawers?day=yesterday"), 422)


@pytest.mark.rule("API-01", "LAW-02", "ORD-13")
def test_a_false_note_is_logged_once(today: Cast) -> None:
    today.clerk("0211", "2")
    programme, key = Programme.of("0211", counter="2"), uuid4()
    note = {"fen": 10000, "pieces": 1, "mark": "ab12 345678"}
    first = programme.post("/drawer/refused-notes", note, key=key).good()
    assert programme.post("/drawer/refused-notes", note, key=key).good() == first
    assert (
        refused(programme.post("/drawer/refused-notes", {**note, "fen": 300}, key=uuid4()), 400)["rule"]
        == "LAW-02"
    )
    assert count("custody_refusednote") == 1
    (line,) = Programme.of("0201").get("/refused-notes").good()["items"]
    assert (line["id"], line["counter"], line["piece"], line["pieces"]) == (first["line"], "2", 10000, 1)


@pytest.mark.rule("API-01", "PAY-04", "LAW-04")
def test_a_shortage_is_proposed_and_neither_answered_nor_decided_by_a_programme(today: Cast) -> None:
    shift = short_drawer(today, today.sign_in("0201"))
    programme, key = Programme.of("0201"), uuid4()
    (short,) = programme.get("/shortages/drawers").good()
    assert (short["drawer_id"], short["short"], short["reason"]) == (shift, 1_000, "找零多付")
    body = {"drawer_id": shift, "cause": "miscount", "evidence": "复点少 10 元"}
    made = programme.post("/shortages", body, key=key).good()
    assert programme.post("/shortages", body, key=key).good() == made
    assert (made["amount"], made["standing"], made["outcome"]) == (1_000, "awaited", None)
    assert refused(programme.post("/shortages", body, key=uuid4()), 409)["rule"] == "LAW-04"
    refused(programme.post("/shortages", {**body, "cause": "theft"}, key=uuid4()), 422)
    assert programme.get("/shortages").good()["items"] == [programme.get(f"/shortages/{made['id']}").good()]
    clerk = Programme.of("0211", counter="2")
    refused(clerk.get("/shortages"), 403)
    for step in ("answer", "decision"):
        assert programme.post(f"/shortages/{made['id']}/{step}", {}, key=uuid4()).status == 404


@pytest.mark.rule("API-01", "LED-02", "CSH-05")
def test_the_match_and_the_month_tell_what_stands_in_the_way(today: Cast) -> None:
    manager, shift = closed(today)
    programme, day = Programme.of("0241"), local(today.now).date().isoformat()
    match = programme.get(f"/match?day={day}").good()
    (line,) = match["lines"]
    assert (line["account"], line["cash"], line["stubs"], line["agrees"]) == (88_000, 88_000, 88_000, True)
    assert match["hall"] == {"account": 88_000, "cash": 88_000, "stubs": 88_000, "agrees": True}
    assert {"1001", "220301"} <= {one["code"] for one in match["accounts"]} and match["differences"] == []
    month = programme.get(f"/month-close?day={day}").good()
    assert [one["day"] for one in month["days"]] == [day] and month["proposed_at"] is None
    (left,) = month["open"]
    assert (
        left["stage"] == "bags"
        and f"钱箱 {shift}" in left["words"]["zh"]
        and left["href"] == "/board/deposits/"
    )
    assert refused(programme.post("/month-close/proposal", {"day": day}), 409)["rule"] == "CSH-05"
    proposed = programme.post("/month-close/proposal", {"day": "2001-01-15"}).good()
    assert proposed["first"] == "2001-01-01" and proposed["proposed_by"] and proposed["closed_at"] is None
    assert programme.post("/month-close/closing", {"day": "2001-01-15"}).status == 404, (
        "a second person closes"
    )
    refused(Programme.of("0213").get("/match"), 403)
    assert manager.hall_id
