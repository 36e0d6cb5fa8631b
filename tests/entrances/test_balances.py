"""预存余额 at the desk, over the API and on the customer's own page (PAY-03)."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onehall.contexts.ledger import api as ledger
from onehall.foundation.database import fetch_all
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.scopes import Scope
from onehall.foundation.values.money import Money
from onehall.steps.prepaying import left_to
from onehall.steps.ties import ties_of
from tests.cast import Cast
from tests.entrances.programme import Programme, issued
from tests.entrances.telephones import ALL, Desk, browser_of
from tests.journeys.test_balances import deposited, opened, verified


@pytest.fixture
def desk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Desk:
    found = Desk(cast, monkeypatch)
    opened(cast)
    return found


@pytest.mark.rule("PAY-03", "SEC-01")
def test_the_desk_shows_the_balance_takes_a_deposit_and_pays_from_it(desk: Desk, cast: Cast) -> None:
    party = desk.basket.party_id
    address = f"/desk/customers/{party}/balance"
    assert desk.browser.get(address).status_code == 303
    assert desk.send(f"{address}/deposits", amount="500").status_code == 403
    desk.send(f"/desk/customers/{party}/purpose", purpose="id_document")
    assert "还没有预存" in desk.browser.get(address).content.decode()
    assert desk.send(f"{address}/deposits", amount="一百").status_code in (400, 409)
    assert desk.send(f"{address}/deposits", amount="9999").status_code == 409
    desk.browser.post(f"/desk/baskets/{desk.basket.id}/hold", {"reason": "先预存"})
    assert desk.send(f"{address}/deposits", amount="500").status_code == 303
    page = desk.browser.get(f"/desk/customers/{party}").content.decode()
    assert "预存余额" in page and f'href="{address}"' in page


@pytest.mark.rule("PAY-03", "PAY-02")
def test_a_part_from_the_balance_and_the_rest_in_cash(desk: Desk, cast: Cast) -> None:
    party = desk.basket.party_id
    desk.browser.post(f"/desk/baskets/{desk.basket.id}/hold", {"reason": "先预存"})
    deposited(cast, desk.by, party, "500.00")
    assert ties_of(party).balance
    desk.browser.post(f"/desk/baskets/{desk.basket.id}/resumption")
    page = desk.page()
    ids = re.findall(r' id="([^"]+)"', page)
    assert "用余额付" in page and len(ids) == len(set(ids))
    pay = f"/desk/baskets/{desk.basket.id}/payment"
    much = desk.send(pay, due="880.00", exact="0.00", balance="600", received="280")
    assert much.status_code == 409 and "余额 500.00 元" in much.content.decode()
    negative = desk.send(pay, due="880.00", exact="0.00", balance="-5", received="900")
    assert negative.status_code == 409 and "用余额付的金额不能小于零" in negative.content.decode()
    little = desk.send(pay, due="880.00", exact="0.00", balance="500", received="")
    assert little.status_code == 409 and "还差" in little.content.decode()
    assert left_to(party) == Money.yuan("500") and desk.payment() is None
    assert desk.send(pay, due="880.00", exact="0.00", balance="500", received="400").status_code in (200, 303)
    paid = desk.payment()
    assert paid is not None
    assert {one.means.value: (one.amount.fen, one.change.fen) for one in paid.tenders} == {
        "prepaid": (50000, 0), "cash": (38000, 2000)
    }  # fmt: skip
    assert not left_to(party) and verified()
    shown = desk.browser.get(f"{pay}?taken=30&pending=0").content.decode()
    assert (
        "余额支付" in shown and "应收 880.00 元，余额支付 500.00 元，收您 400.00 元，找您 20.00 元" in shown
    )
    (receipt,) = ledger.receipts_of_payment(paid.id, scope=ALL)
    (paper,) = documents_of("receipt", receipt.id, scope=ALL)
    assert (paper.content["received"]["text"], paper.content["change"]["text"]) == ("400.00", "20.00")
    assert [one["label"]["zh"] for one in paper.content["tenders"]] == ["余额支付", "现金"]


@pytest.mark.rule("PAY-03", "SEC-04")
def test_the_page_asks_for_a_refund_and_pays_it_once_it_is_approved(desk: Desk, cast: Cast) -> None:
    party = desk.basket.party_id
    address = f"/desk/customers/{party}/balance"
    desk.browser.post(f"/desk/baskets/{desk.basket.id}/hold", {"reason": "先预存"})
    deposited(cast, desk.by, party, "500.00")
    desk.send(f"/desk/customers/{party}/purpose", purpose="id_document")
    assert "申请退余额" in desk.browser.get(address).content.decode()
    assert desk.send(f"{address}/refund", amount="600", reason="搬走").status_code == 409
    asked = desk.send(f"{address}/refund", amount="500", reason="搬走")
    assert asked.status_code == 409 and "先不要付钱" in asked.content.decode()
    assert "正等另一人批准" in desk.browser.get(address).content.decode()
    manager = cast.sign_in("0201")
    (request,) = fetch_all("select max(id) as id from approvals_request")
    board = browser_of(cast, manager)
    told = board.get(f"/board/approvals/{request['id']}").content.decode()
    assert "¥500.00" in told and "王*国" in told and "王建国" not in told, "by name, masked (SEC-07)"
    form = {"intent": str(uuid4()), "answer": "approve", "note": ""}
    assert board.post(f"/board/approvals/{request['id']}/decision", form).status_code in (200, 303)
    page = desk.browser.get(address).content.decode()
    assert "照批准退余额" in page
    paid = desk.send(f"{address}/refund", amount="500.00", reason="搬走", approval=str(request["id"]))
    assert paid.status_code == 303 and not left_to(party) and verified()
    (paper,) = documents_of("balance_refund", request["id"], scope=Scope.operator())
    said = str(paper.content)
    assert all(
        word in said for word in ("王建国", "'fen': 50000", "客户签收", "周敏", "搬走", "李敏 0213")
    ), said
    assert f"/desk/documents/{paper.id}" in desk.browser.get(address).content.decode()
    assert desk.browser.get(f"/desk/documents/{paper.id}").status_code == 200
    asked_again = Programme.of("0213", counter="3")
    asked_again.post(
        f"/customers/{party}/purposes", {"kind": "present_verified", "verification": "id_document"}
    ).good()
    moved = asked_again.get(f"/customers/{party}/balance").good()["movements"]
    assert [(one["kind"], one["document_id"]) for one in moved] == [("refund", paper.id), ("deposit", None)]
    assert asked_again.get(f"/documents/{paper.id}").good()["kind"] == "balance_refund"


@pytest.mark.rule("PAY-03", "API-01")
def test_a_programme_pays_from_the_balance(desk: Desk, cast: Cast) -> None:
    party = desk.basket.party_id
    desk.browser.post(f"/desk/baskets/{desk.basket.id}/hold", {"reason": "先预存"})
    deposited(cast, desk.by, party, "900.00")
    desk.browser.post(f"/desk/baskets/{desk.basket.id}/resumption")
    token = issued("0213", counter="3").token

    def sent(path: str, **body: Any) -> Any:
        headers = {"Idempotency-Key": str(uuid4()), "Authorization": f"Bearer {token}"}
        return Client().post(f"/api/v1/{path}", body, content_type="application/json", headers=headers)

    path = f"baskets/{desk.basket.id}/payment"
    assert sent(path, due_fen=88000, tendered_fen=0, balance_fen=90000).status_code == 409
    told = sent(path, due_fen=88000, tendered_fen=0, balance_fen=88000)
    assert told.status_code == 201, told.content
    assert left_to(party).fen == 2000 and verified()
