"""The every-day walk over the API: from a customer nobody knows to the archive, with its papers (API-01)."""

from typing import Any
from uuid import uuid4

import pytest

from onehall.foundation.audit import trail
from onehall.foundation.identity.models import User
from onehall.foundation.scopes import Scope
from tests.cast import Cast, count
from tests.entrances.programme import Programme, customer, float_500
from tests.journeys.at_once import sound


def user_id(staff_no: str) -> int:
    return int(User.objects.get(staff_no=staff_no).pk)


def room(clerk: Programme, address: str) -> int:
    """The one dwelling that the words mean."""
    (place,) = clerk.get(f"/premises?address={address}").good()["items"]
    return int(place["id"])


def sold(clerk: Programme, address: str = "dw1-2-502", name: str = "王建国") -> dict[str, Any]:
    """A new line, paid: what the till answered."""
    party = clerk.do("/customers", customer(name))["id"]
    item = {"home": room(clerk, address), "business": "new_broadband", "offering": "bb20-year"}
    basket = clerk.do(f"/customers/{party}/items", item)
    paid = {"due_fen": basket["total"], "tendered_fen": 100000}
    return {**clerk.do(f"/baskets/{basket['id']}/payment", paid), "party": party}


@pytest.mark.rule("API-01", "ORD-01", "WRK-02", "WRK-04", "WRK-05")
def test_from_the_customer_to_the_archive_with_receipt_and_sheet(cast: Cast) -> None:
    clerk = Programme.of("0213", counter="3")
    assert clerk.get("/drawer").json["code"] == "custody.no_open_drawer"
    assert clerk.do("/drawer", float_500())["opening_float"] == 50000
    assert clerk.get("/customers?q=王建国").good()["items"] == []

    party = clerk.do("/customers", customer())["id"]
    assert party in [hit["id"] for hit in clerk.get("/customers?q=王建国").good()["items"]]
    assert clerk.get(f"/customers/{party}").json["code"] == "customers.purpose_needed"
    stated = {"kind": "present_verified", "verification": "id_document", "reason": "新装"}
    clerk.post(f"/customers/{party}/purposes", stated).good()
    record = clerk.get(f"/customers/{party}").good()
    assert "*" in record["card"]["document_masked"]
    phone = next(one for one in record["particulars"] if one["field"].startswith("phone"))
    shown = clerk.post(f"/customers/{party}/particulars", {"field": phone["field"]}).good()
    assert "*" in phone["masked"] and shown["value"].startswith("138")

    home = room(clerk, "dw1-2-502")
    options = clerk.get(f"/customers/{party}/options?home={home}").good()["items"]
    able = {(one["business"], one["offering"]): one for one in options}
    assert able["new_broadband", "bb20-year"]["amount"] > 0
    refused = able["renewal", "bb20-year"]["refused"]
    assert refused["rule"] and refused["detail"] and refused["alternative"]
    item = {"home": home, "business": "new_broadband", "offering": "bb20-year"}
    basket = clerk.do(f"/customers/{party}/items", item)
    form = clerk.post(f"/baskets/{basket['id']}/acceptance-form").good()
    signature = {"method": "screen", "strokes": [[[1, 1, 0, 0.5], [90, 40, 90, 0.5]]]}
    clerk.post(f"/baskets/{basket['id']}/signature", signature).good()
    paid = clerk.do(f"/baskets/{basket['id']}/payment", {"due_fen": basket["total"], "tendered_fen": 90000})
    assert (paid["fen"], paid["change_fen"]) == (basket["total"], 90000 - basket["total"])
    (slip,) = paid["secrets"]
    assert slip["account"] == "dw0120502" and slip["password"]

    copy = clerk.do(f"/documents/{paid['document_id']}/prints")
    file = clerk.get(f"/documents/{paid['document_id']}/copies/{copy['id']}.pdf")
    assert (file.status, file.type, file.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert clerk.get(f"/documents/{form['document_id']}").good()["kind"] == "acceptance"
    assert clerk.get("/payments").good()["items"][0]["number"] == paid["receipt_number"]

    (case,) = clerk.get("/work-orders").good()["items"]
    assert case["state"] == "to_dispatch" and "phone" not in str(case)
    manager, installer = Programme.of("0231"), Programme.of("0232")
    agent = Programme.of("0221")
    clerk.do("/work-orders/dispatches", {"work_orders": [case["id"]], "project_manager": user_id("0231")})
    hand = [[[0.1, 0.1, 0, 0.5], [0.9, 0.4, 90, 0.5]]]
    manager.do("/work-orders/signatures", {"work_orders": [case["id"]], "strokes": hand})
    manager.do(f"/work-orders/{case['id']}/assignment", {"installer": user_id("0232")})
    (job,) = installer.get("/jobs").good()["items"]
    assert "*" in job["contact"]["phone"]
    dialled = installer.do(f"/jobs/{case['id']}/number")
    assert "*" not in dialled["phone"] and dialled["phone"][-4:] == job["contact"]["phone"][-4:]
    installer.do(f"/jobs/{case['id']}/visit")
    test = {"down_kbps": 20480, "up_kbps": 4096, "loss_permille": 0}
    installer.do(f"/jobs/{case['id']}/line-test", test)
    done = {"points": 1, "method": "paper", "materials": []}
    assert installer.do(f"/jobs/{case['id']}/finish", done)["state"] == "to_return"
    clerk.do(f"/work-orders/{case['id']}/sheet", {"method": "paper"})
    early = agent.post(f"/work-orders/{case['id']}/archive", key=uuid4())
    assert (early.status, early.json["rule"]) == (409, "WRK-04")
    assert agent.get("/follow-ups").good()["items"][0]["contact"]["phone"].count("*") > 0
    agent.do(f"/work-orders/{case['id']}/calls", {"outcome": "passed", "satisfaction": 5, "handled": "满意"})
    assert agent.do(f"/work-orders/{case['id']}/archive")["state"] == "archived"
    assert [one["id"] for one in clerk.get("/work-orders?closed=true").good()["items"]] == [case["id"]]

    lines = trail(scope=Scope.operator(), limit=100)
    by_token = [line for line in lines if line.details.get("token")]
    assert {"payment.taken", "work.archived", "drawer.opened"} <= {line.action for line in by_token}


@pytest.mark.rule("API-01", "RCP-01", "CHG-02", "ORD-12", "CSH-01")
def test_whatever_else_the_desk_does(cast: Cast) -> None:
    clerk = Programme.of("0213", counter="3")
    clerk.do("/drawer", float_500())
    put_in = {"direction": "in", "amount_fen": 10000, "reason": "添零"}
    assert "balance" not in clerk.do("/drawer/movements", put_in)
    sale = sold(clerk)
    party = sale["party"]
    stated = {"kind": "present_verified", "verification": "id_document"}
    clerk.post(f"/customers/{party}/purposes", stated).good()
    (line,) = clerk.get(f"/customers/{party}/subscriptions").good()["items"]
    ended = clerk.do(f"/subscriptions/{line['id']}/ending", {"reason": "搬家"})
    assert ended["kind"] == "at_expiry"
    assert clerk.ask("DELETE", f"/subscriptions/{line['id']}/ending").good() == {"kept": True}
    reprint = clerk.do(f"/documents/{sale['document_id']}/prints")
    again = clerk.do(f"/documents/{sale['document_id']}/reprints", {"reason": "客户遗失"})
    assert (reprint["copy_no"], again["copy_no"]) == (1, 2)

    item = {"home": line["dwelling_id"], "business": "router_setup", "offering": "router-setup"}
    basket = clerk.do(f"/customers/{party}/items", item)
    (put,) = basket["items"]
    two = clerk.ask("PATCH", f"/baskets/{basket['id']}/items/{put['id']}", {"quantity": 2}).good()
    assert two["total"] == 2 * basket["total"]
    clerk.post(f"/baskets/{basket['id']}/hold", {"reason": "缺证件"}).good()
    assert clerk.get("/baskets").good()["items"][0]["state"] == "held"
    clerk.post(f"/baskets/{basket['id']}/resumption").good()
    empty = clerk.ask("DELETE", f"/baskets/{basket['id']}/items/{two['items'][0]['id']}").good()
    assert empty["items"] == []
    assert clerk.post(f"/baskets/{basket['id']}/abandonment").good()["state"] == "abandoned"

    paid = clerk.get(f"/baskets/{sale['basket_id']}/payment").good()
    assert clerk.get(f"/receipts/{paid['receipts'][0]['id']}").good()["number"] == sale["receipt_number"]
    void = clerk.do(f"/payments/{paid['id']}/void", {"reason": "录错", "copies_present": 3})
    assert void["receipts"] == [sale["receipt_number"]]
    assert clerk.get(f"/payments/{paid['id']}").good()["reversed_at"]


@pytest.mark.rule("API-01", "ORG-05", "SEC-09")
def test_a_manager_reads_and_changes_policies_and_reads_the_trail(cast: Cast) -> None:
    manager = Programme.of("0201")
    assert {hall["code"] for hall in manager.get("/halls").good()["items"]} >= {"xinyuan"}
    assert len(manager.get("/counters").good()["items"]) > 2
    assert any("clerk" in one["roles"] for one in manager.get("/people").good()["items"])
    assert any(one["code"] == "bb20-year" for one in manager.get("/offerings").good()["items"])
    before = manager.get("/policies/fees.router_visit").good()
    value = {"value": before["value"] + 100, "valid_from": "2030-01-01", "source": "营业部 5 号通知"}
    entry = manager.post("/policies/fees.router_visit/values", value).good()["entry"]
    after = manager.get("/policies/fees.router_visit").good()
    assert after["value"] == before["value"] and after["entries"][0]["id"] == entry
    past = manager.post("/policies/fees.router_visit/values", {**value, "valid_from": "2020-01-01"})
    assert past.json["code"] == "policy.in_the_past"
    everywhere = manager.post("/policies/fees.router_visit/values", {**value, "everywhere": True})
    assert everywhere.status == 403
    lines = manager.get("/audit?action=policy.changed&limit=1").good()
    assert lines["items"][0]["staff_no"] == "0201" and count("audit_auditentry") > 0


@pytest.mark.rule("API-01")
def test_lists_go_on_at_next_and_a_cursor_is_good_for_its_list_only(cast: Cast) -> None:
    manager = Programme.of("0201")
    seen: list[str] = []
    address: str | None = "/api/v1/policies?limit=7"
    while address:
        page = manager.get(address).good()
        assert len(page["items"]) <= 7
        seen += [one["key"] for one in page["items"]]
        address = page["next"]
    whole = manager.get("/policies?limit=200").good()["items"]
    assert seen == sorted(one["key"] for one in whole)
    page = manager.get("/policies?limit=7").good()["next"]
    cursor = page.split("cursor=")[1]
    for forged in (cursor + "x", "1", "%00", "x" * 500):
        assert manager.get(f"/policies?cursor={forged}").status in (400, 422)
    assert manager.get(f"/offerings?cursor={cursor}").json["code"] == "api.bad_cursor"
    assert manager.get("/audit?limit=999").json["code"] == "api.too_many"
    assert manager.get("/audit?limit=0").status == 422


@pytest.mark.rule("API-01")
def test_the_books_hold_after_sales_over_the_api(real_cast: Cast) -> None:
    clerk = Programme.of("0213", counter="3")
    clerk.do("/drawer", float_500())
    sold(clerk)
    sound()
