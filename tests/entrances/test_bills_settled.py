"""平台对账: a provider's file that differs by a row, a fen, a day or a fee uploaded, settled at the bank, tampered with (PAY-03, LED-02)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from onehall.adapters.payment.simulator import Provider
from onehall.contexts.acquiring import api as acquiring
from onehall.foundation.approvals import OwnRequest
from onehall.journeys.import_bank_record import import_bank_record
from onehall.journeys.note_charge import note_charge
from onehall.journeys.settle_difference import settle_difference
from onehall.readings.verification import charges, verify_money
from tests.cast import Cast, dwelling
from tests.entrances.day_after import (
    BANK,
    V,
    a_fen,
    balances,
    fetched,
    lost,
    open_now,
    settle,
    verified,
)
from tests.entrances.programme import Programme
from tests.entrances.telephones import ALL, Desk, browser_of, connected
from tests.journeys.test_charges import WECHAT, stands
from tests.journeys.test_deposits import sheet
from tests.journeys.test_verification import tampered


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
def test_a_settlement_short_of_a_fen_is_a_difference_too(desk: Desk, provider: Provider, cast: Cast) -> None:
    desk.scan()
    zhou_min = cast.sign_in("0201")
    day = f"{cast.now:%Y%m%d}"
    record = sheet(f"{cast.now:%Y-%m-%d},B1,1900000001-{day},874.71")
    import_bank_record(sheet=record, by=zhou_min, at=cast.now)
    fetched(cast)
    (one,) = open_now(cast, desk)
    assert (one.found.verdict, stands(BANK), stands(WECHAT)) == (V.SETTLED, 87471, 1)
    assert verified()
    programme = Programme.of("0201")
    bill = programme.get("/bills").good()["items"][0]
    assert (bill["provider"], bill["charged"], bill["net"], bill["settled"], bill["open"]) == (
        "wechat",
        88000,
        87472,
        87471,
        1,
    )
    (said,) = programme.get("/bill-differences").good()["items"]
    assert (said["id"], said["verdict"], said["settled_at"]) == (one.id, "settled", None)
    assert Programme.of("0213").get("/bills").status == 403
    settle(cast, one)
    assert (stands(BANK), *balances()) == (87471, 0, 528, 1, 0)
    assert verified()


@pytest.mark.rule("PAY-03")
def test_a_file_is_uploaded_once_and_another_of_the_same_day_is_refused(
    desk: Desk, provider: Provider, cast: Cast
) -> None:
    desk.scan()
    day = cast.now.date()
    whole = provider.bill(day)
    provider.spoil = a_fen
    other = provider.bill(day)
    cast.later(days=1)
    zhou_min = cast.sign_in("0201")
    browser = browser_of(cast, zhou_min)

    def send(content: bytes, name: str = "wechat") -> Any:
        file = SimpleUploadedFile("bill.csv", content)
        return browser.post("/board/charges/bills", {"provider": name, "file": file})

    assert send(b"nonsense").status_code == 400
    assert send(whole, "nobody").status_code == 400
    for _ in range(2):
        assert send(whole).status_code in (302, 303)
    refused = send(other)
    assert refused.status_code == 400 and "已经导入过" in refused.content.decode()
    assert balances() == (88000 - 528, 528, 0, 0)
    assert verified()


@pytest.mark.rule("PAY-03", "SEC-04")
def test_nobody_settles_a_difference_over_their_own_money(desk: Desk, provider: Provider, cast: Cast) -> None:
    provider.spoil = lost
    zhou_min = cast.clerk("0201", "4")
    basket = cast.basket(
        zhou_min, desk.basket.party_id, dwelling("dw", "1", "2", "501"), ("new_broadband", "bb20-year")
    )
    browser = browser_of(cast, zhou_min)
    browser.post(f"/desk/baskets/{basket.id}/charges", {"intent": str(uuid4()), "code": "134567890123456700"})
    fetched(cast)
    (one,) = open_now(cast, desk)
    with pytest.raises(OwnRequest):
        settle_difference(
            difference_id=one.id, reason="试", intent=uuid4(), by=cast.sign_in("0201"), at=cast.now
        )


SABOTAGE = [
    ("update clearing_movement set amount = amount - 1", "平台欠款等于收单减退款、手续费和到账"),
    ("update clearing_billrow set amount = amount + 1", "账上与平台账单相符"),
    ("update clearing_settling set booked = booked + 1", "账上与平台账单相符"),
    ("update clearing_billrow set fee = fee + 1", "手续费已记账"),
    ("delete from clearing_movement where why = 'fee'", "手续费已记账"),
]  # fmt: skip


@pytest.mark.rule("LED-02", "PAY-03")
def test_each_way_to_tamper_with_the_clearing_is_found(desk: Desk, provider: Provider, cast: Cast) -> None:
    provider.spoil = a_fen
    desk.scan()
    fetched(cast)
    settle(cast, *open_now(cast, desk))
    connection.check_constraints()
    assert verified()
    for statement, title in SABOTAGE:
        with tampered(statement):
            named = [one for one in verify_money(scope=ALL).findings if one.title.zh == title]
            assert named and named[0].expected != named[0].found, statement
    assert {title for _, title in SABOTAGE} <= {check.title.zh for check in charges.CHECKS}


@pytest.mark.rule("PAY-03", "LED-02")
def test_what_is_heard_after_it_was_booked_as_a_difference_is_a_difference_again(
    desk: Desk, provider: Provider, cast: Cast
) -> None:
    desk.scan("94")
    (charge,) = desk.charges()
    desk.send(f"{desk.address}/{charge.id}/cancellation")
    provider.orders[charge.number].state = "USERPAYING"
    provider.pay(charge.number)
    provider.spoil = a_fen
    fetched(cast)
    settle(cast, *open_now(cast, desk))
    assert balances() == (87999 - 528, 528, -87999, 0)
    answer = acquiring.Answer(acquiring.Said.SUCCEEDED, "42late", cast.now, charge.amount)
    note_charge(number=charge.number, answer=answer, by=None, at=cast.now)
    (again,) = open_now(cast, desk)
    assert (again.found.ours.fen, again.found.theirs.fen) == (88000 + 87999, 87999)
    assert verified()
    settle(cast, again)
    assert balances() == (87999 - 528, 528, 1, -88000)
    assert verified()
