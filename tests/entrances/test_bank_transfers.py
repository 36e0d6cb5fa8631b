"""转账 at the desk, over the API and on the manager's pages (PAY-01, PAY-03)."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.ledger import api as ledger
from onehall.journeys.void_sale import void_sale
from onehall.readings.todos_of_money import of_money
from tests.cast import Cast
from tests.entrances.day_after import verified
from tests.entrances.programme import issued
from tests.entrances.telephones import ALL, Desk, browser_of
from tests.journeys.test_charges import UNSOLD, stands
from tests.journeys.test_transfers import COMPANY, TRANSFERS, opened

State = acquiring.State


@pytest.fixture
def desk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(cast, monkeypatch)


def sent(desk: Desk, **form: str) -> Any:
    return desk.send(f"/desk/baskets/{desk.basket.id}/transfers", **form)


@pytest.mark.rule("PAY-01", "PAY-03", "RCP-01")
def test_the_desk_claims_a_transfer_and_the_receipt_is_there_at_once(desk: Desk, cast: Cast) -> None:
    assert "/transfers" not in desk.page()
    closed = sent(desk, reference="A1", transfer_amount="880.00")
    assert closed.status_code == 409 and "不受理“银行转账”" in closed.content.decode()
    manager = opened(cast, f"A1,,880.00,{COMPANY}", "A2,,10.00,王建国")
    page = desk.page()
    ids = re.findall(r' id="([^"]+)"', page)
    customer = f"/desk/customers/{desk.basket.party_id}"
    desk.send(f"{customer}/purpose", purpose="id_document")
    assert f'href="{desk.address}?by=transfer"' in desk.browser.get(customer).content.decode()
    unfolded = desk.browser.get(f"{desk.address}?by=transfer").content.decode()
    assert re.findall(r'<details open><summary class="quiet" data-key="(.)">', unfolded) == ["T"]
    assert "认领转账" in page and len(ids) == len(set(ids))
    wrong = sent(desk, reference="A1", transfer_amount="88.00")
    assert wrong.status_code == 409 and "这笔是 880.00 元" in wrong.content.decode()
    assert sent(desk, transfer_amount="一百").status_code in (400, 409)
    assert desk.charges() == ()
    assert sent(desk, reference="A1", payer=COMPANY, transfer_amount="880.00").status_code in (200, 303)
    paid = desk.payment()
    assert paid is not None and [one.means for one in paid.tenders] == [ledger.Means.TRANSFER]
    board = browser_of(cast, manager).get("/board/deposits/bank").content.decode()
    assert "没有人认领的转账" in board and "王**" in board and "王建国" not in board
    assert COMPANY not in desk.page() and verified()


@pytest.mark.rule("PAY-03", "SEC-04")
def test_the_manager_notes_the_transfer_back_on_the_board(desk: Desk, cast: Cast) -> None:
    manager = opened(cast, f"A1,,880.00,{COMPANY}")
    sent(desk, reference="A1", transfer_amount="880.00")
    paid = desk.payment()
    assert paid is not None
    void_sale(payment_id=paid.id, reason="办错", copies_present=3, intent=uuid4(), by=desk.by, at=cast.now)
    assert "请经理从公司账户转回" in desk.page()
    cast.later(minutes=8)
    (charge,) = desk.charges()
    facts = {"hall": manager.hall_id, "user": manager.user_id, "at": cast.now, "limit": 9, "decides": True}
    assert "charge" in {todo.kind for todo in of_money(manager, facts, ALL)}
    board = browser_of(cast, manager)
    assert "退款流水号" in board.get("/board/charges/").content.decode()
    address = f"/board/charges/{charge.id}/transfer-back"
    assert board.post(address, {"intent": str(uuid4()), "reference": "1"}).status_code == 409
    assert desk.send(address, reference="20261126000001").status_code == 403
    assert board.post(address, {"intent": str(uuid4()), "reference": "20261126000001"}).status_code == 303
    assert desk.charges()[0].state is State.REFUNDED
    assert (stands(TRANSFERS), stands(UNSOLD)) == (0, 0) and verified()


@pytest.mark.rule("PAY-03", "API-01")
def test_a_programme_claims_a_transfer_once(desk: Desk, cast: Cast) -> None:
    opened(cast, f"A1,,880.00,{COMPANY}")
    token = issued("0213", counter="3").token

    def asked(path: str, **body: Any) -> Any:
        headers = {"Idempotency-Key": str(uuid4()), "Authorization": f"Bearer {token}"}
        return Client().post(f"/api/v1/{path}", body, content_type="application/json", headers=headers)

    path = f"baskets/{desk.basket.id}/transfers"
    assert asked(path, amount_fen=88000).status_code == 409
    told = asked(path, amount_fen=88000, reference="A1")
    assert told.status_code == 201, told.content
    assert (told.json()["way"], told.json()["payer"], told.json()["usable"]) == ("record", "西**", True)
    assert asked(path, amount_fen=88000, payer=COMPANY).status_code == 409
    assert asked(f"charges/{told.json()['id']}/transfer-back", reference="00001").status_code == 403
    assert verified()
