"""平台对账: a provider's file that differs by a row, a fen, a day or a fee ends in the right books (PAY-03, LED-02)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from onehall.adapters.payment.simulated_bill import Line
from onehall.adapters.payment.simulator import Provider
from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.clearing import api as clearing
from onehall.foundation.scopes import NotPermitted
from onehall.journeys.import_bank_record import import_bank_record
from onehall.journeys.settle_difference import settle_difference
from onehall.journeys.take_bill import take_bill
from onehall.journeys.void_sale import void_sale
from onehall.readings.todos import todos
from onehall.runs.fetch_bills import fetch_bills
from onehall.steps.clearing import bill_source
from tests.cast import Cast
from tests.entrances.day_after import (
    BANK,
    V,
    a_fee,
    a_fen,
    a_row_more,
    a_stranger,
    balances,
    fetched,
    lost,
    open_now,
    settle,
    verified,
)
from tests.entrances.telephones import ALL, Desk, browser_of, connected
from tests.journeys.test_charges import stands
from tests.journeys.test_deposits import sheet


@pytest.fixture
def provider(
    cast: Cast, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Provider]:
    with connected(cast, tmp_path, settings, monkeypatch) as one:
        yield one


@pytest.fixture
def desk(cast: Cast, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(cast, monkeypatch)


@pytest.mark.rule("PAY-03", "LED-02")
def test_a_day_that_agrees_pays_its_fee_and_leaves_for_the_bank(
    desk: Desk, provider: Provider, cast: Cast
) -> None:
    desk.scan()
    assert fetched(cast) >= 1
    assert fetch_bills(source_of=bill_source, at=cast.now) == 0, "read once"
    assert open_now(cast, desk) == ()
    assert balances() == (88000 - 528, 528, 0, 0)
    (bill,) = [one for one in clearing.bills(limit=20, scope=ALL) if one.rows]
    assert (bill.charged.fen, bill.fees.fen, bill.net.fen, bill.settled) == (88000, 528, 87472, None)
    zhou_min = cast.sign_in("0201")
    page = browser_of(cast, zhou_min).get("/board/charges/bills").content.decode()
    assert "没有要处理的差异" in page and bill.reference in page
    record = sheet(f"{bill.day},B1,{bill.reference},874.72", f"{bill.day},B2,{bill.reference},874.72")
    import_bank_record(sheet=record, by=zhou_min, at=cast.now)
    import_bank_record(sheet=record, by=zhou_min, at=cast.now)
    assert (stands(BANK), *balances()) == (87472, 0, 528, 0, 0)
    assert verified()
    assert browser_of(cast, cast.sign_in("0213", counter="3")).get("/board/charges/bills").status_code == 403


SPOILT = [
    (lost, V.ONLY_OURS, (0, 0, 88000, 0)), (a_fen, V.AMOUNT, (87999 - 528, 528, 1, 0)),
    (a_stranger, V.ONLY_THEIRS, (88500 - 531, 531, -500, 0)), (a_row_more, V.TWICE, (176000 - 1056, 1056, -88000, 0)),
    (a_fee, V.FEE, (88000 - 529, 529, 0, 0)),
]  # fmt: skip


@pytest.mark.rule("PAY-03", "LED-02")
@pytest.mark.parametrize(("spoil", "verdict", "books"), SPOILT)
def test_a_spoilt_file_waits_for_a_named_person_and_the_books_then_hold_what_the_provider_holds(
    desk: Desk, provider: Provider, cast: Cast, spoil: Callable[[list[Line]], list[Line]], verdict: V, books: tuple[int, ...],
) -> None:  # fmt: skip
    provider.spoil = spoil
    desk.scan()
    fetched(cast)
    (one,) = open_now(cast, desk)
    assert one.found.verdict is verdict
    assert verified(), "an open difference is a to-do, no fault of the books"
    zhou_min = cast.sign_in("0201")
    (todo,) = [one for one in todos(by=zhou_min, at=cast.now, limit=9, scope=zhou_min.scope) if one.kind == "difference"]  # fmt: skip
    assert todo.href == "/board/charges/bills"
    browser = browser_of(cast, zhou_min)
    address = f"/board/charges/bills/{one.id}"
    assert browser.post(address, {"intent": str(uuid4()), "reason": " "}).status_code == 409
    form = {"intent": str(uuid4()), "reason": "问过平台"}
    for _ in range(2):
        browser.post(address, form)
    assert browser.post(address, {**form, "intent": str(uuid4())}).status_code == 409
    assert open_now(cast, desk) == ()
    assert balances() == books
    page = browser.get("/board/charges/bills").content.decode()
    assert "问过平台" in page and "周敏" in page
    assert verified()


@pytest.mark.rule("PAY-03", "LED-02")
def test_a_row_of_another_day_is_asked_about_and_moves_nothing(
    desk: Desk, provider: Provider, cast: Cast
) -> None:
    desk.scan()
    day = cast.now.date()
    (charge,) = desk.charges()
    provider.spoil = lambda rows: [Line.of(charge.number, charge.transaction, 88000, cast.now)]
    source = bill_source(acquiring.Provider.WECHAT)
    assert source is not None
    cast.later(days=2)
    file = source.bill(day + timedelta(days=1), seconds=30, at=cast.now)
    assert file is not None
    zhou_min = cast.sign_in("0201")
    take_bill(file=file, by=zhou_min, at=cast.now)
    (one,) = open_now(cast, desk)
    assert one.found.verdict is V.DAY
    provider.spoil = lost
    fetch_bills(source_of=bill_source, at=cast.now)
    assert [one.found.verdict for one in open_now(cast, desk)] == [V.DAY], (
        "its own day's file does not miss it"
    )
    settle(cast, one)
    assert balances() == (88000 - 528, 528, 0, 0)
    assert verified()


@pytest.mark.rule("PAY-03", "LED-02")
def test_what_comes_a_day_late_after_it_was_given_up_is_booked_back(
    desk: Desk, provider: Provider, cast: Cast
) -> None:
    provider.spoil = lost
    desk.scan()
    (charge,) = desk.charges()
    fetched(cast)
    settle(cast, *open_now(cast, desk))
    assert balances() == (0, 0, 88000, 0)
    provider.spoil = lambda rows: [
        Line.of(charge.number, charge.transaction, 88000, cast.now - timedelta(days=1))
    ]
    fetched(cast)
    (one,) = open_now(cast, desk)
    assert (one.found.verdict, one.found.ours.fen, one.found.theirs.fen) == (V.ONLY_THEIRS, 0, 88000)
    settle(cast, one)
    assert balances() == (88000 - 528, 528, 0, 0)
    assert verified()


@pytest.mark.rule("PAY-03", "LED-02")
def test_a_charge_that_only_the_provider_knows_to_be_paid_becomes_money_without_a_sale(
    desk: Desk, provider: Provider, cast: Cast
) -> None:
    desk.scan("94")
    (charge,) = desk.charges()
    desk.send(f"{desk.address}/{charge.id}/cancellation")
    assert desk.charges()[0].state is acquiring.State.CLOSED
    one = provider.orders[charge.number]
    one.state = "USERPAYING"
    provider.pay(charge.number)
    fetched(cast)
    (found,) = open_now(cast, desk)
    assert found.found.verdict is V.ONLY_THEIRS
    with pytest.raises(NotPermitted):
        settle_difference(difference_id=found.id, reason="试", intent=uuid4(), by=desk.by, at=cast.now)
    settle(cast, found)
    assert desk.charges()[0].usable
    assert balances() == (88000 - 528, 528, 0, -88000)
    assert verified()


@pytest.mark.rule("PAY-03", "LED-02")
def test_a_refund_that_only_the_provider_knows_of_ends_the_refund(
    desk: Desk, provider: Provider, cast: Cast
) -> None:
    desk.scan("95")
    paid = desk.payment()
    assert paid is not None
    void_sale(payment_id=paid.id, reason="收错", copies_present=3, intent=uuid4(), by=desk.by, at=cast.now)
    desk.clock(seconds=1)
    (charge,) = desk.charges()
    assert charge.state is acquiring.State.REFUND_REFUSED
    order = provider.orders[charge.number]
    order.refund, order.refunded_at = "SUCCESS", order.paid_at
    fetched(cast)
    (found,) = open_now(cast, desk)
    assert (found.found.verdict, found.found.kind) == (V.ONLY_THEIRS, clearing.Kind.REFUND)
    settle(cast, found)
    assert desk.charges()[0].state is acquiring.State.REFUNDED
    assert balances() == (0, 0, 0, 0)
    assert verified()
