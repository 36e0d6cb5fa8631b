"""Alipay against a gateway made of software: what is asked, what is believed, and what nobody knows (PAY-03)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest

from onehall.adapters.alipay import codec, plug, settings
from onehall.adapters.alipay.simulator import Gateway
from onehall.contexts.acquiring.ports import Acquirer, Answer, AnswerRefused, Said, Wanted, Way
from onehall.foundation.values.money import Money

SUM = Money.yuan("1280.05")
NUMBER = "2026112600000000000000000001"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with Gateway(now) as one:
        yield one


@pytest.fixture
def alipay(gateway: Gateway, tmp_path: Path) -> Acquirer:
    gateway.write_settings(tmp_path)
    found = plug.acquirer("alipay", tmp_path)
    assert found is not None
    return found


def wanted(habit: str = "00", way: Way = Way.SCANNED) -> Wanted:
    until = now() + timedelta(minutes=5)
    return Wanted(NUMBER, way, SUM, "宽带续费&=", until, f"2845678901234567{habit}")


def asked(alipay: Acquirer, about: Wanted, seconds: int = 30) -> Answer:
    return alipay.ask(about, seconds=seconds, at=now())


def queried(alipay: Acquirer) -> Answer:
    return alipay.query(wanted(), seconds=30, at=now())


@pytest.mark.rule("PAY-03")
def test_a_scanned_code_is_charged_at_once_and_asked_twice_once(alipay: Acquirer, gateway: Gateway) -> None:
    first, second = (asked(alipay, wanted()) for _ in range(2))
    assert (first.said, first.amount, first.transaction) == (Said.SUCCEEDED, SUM, second.transaction)
    assert queried(alipay).transaction == first.transaction
    assert first.paid_at is not None and abs(first.paid_at - now()) < timedelta(minutes=1)
    assert gateway.paid() == {NUMBER: SUM.fen}


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(
    ("habit", "first", "later"),
    [
        ("91", Said.WAITING, Said.SUCCEEDED), ("93", Said.FAILED, Said.CLOSED), ("94", Said.WAITING, Said.WAITING),
        ("96", Said.UNKNOWN, Said.SUCCEEDED),
    ],
)  # fmt: skip
def test_what_customers_and_the_gateway_do(alipay: Acquirer, habit: str, first: Said, later: Said) -> None:
    assert asked(alipay, wanted(habit)).said is first
    queried(alipay)
    assert queried(alipay).said is later


@pytest.mark.rule("PAY-03")
def test_an_answer_that_never_comes_says_nothing_of_the_money(alipay: Acquirer, gateway: Gateway) -> None:
    assert asked(alipay, wanted("92"), seconds=1).said is Said.UNKNOWN
    assert gateway.paid() == {NUMBER: SUM.fen}
    assert queried(alipay).said is Said.SUCCEEDED
    gateway.__exit__(None, None, None)
    assert asked(alipay, wanted(), seconds=2).said is Said.UNKNOWN


@pytest.mark.rule("PAY-03")
def test_an_answer_in_anothers_name_is_none(
    alipay: Acquirer, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = gateway.heard
    monkeypatch.setattr(gateway, "heard", lambda params: whole(params).replace(b"1280.05", b"1280.06"))
    assert asked(alipay, wanted()).said is Said.UNKNOWN
    assert queried(alipay).said is Said.UNKNOWN


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize("way", [Way.SCANNED, Way.SHOWN])
def test_what_is_closed_cannot_be_paid_and_what_was_paid_is_not_cancelled(
    alipay: Acquirer, gateway: Gateway, way: Way
) -> None:
    about = wanted("94", way)
    first = asked(alipay, about)
    assert first.said is Said.WAITING
    assert first.code_url.startswith("https://qr.alipay.com/") is (way is Way.SHOWN)
    assert alipay.close(about, seconds=30, at=now()).said is Said.CLOSED
    gateway.pay(NUMBER)
    assert gateway.paid() == {}
    gateway.trades.clear()
    asked(alipay, about)
    gateway.pay(NUMBER)
    assert alipay.close(about, seconds=30, at=now()).said is Said.SUCCEEDED
    assert gateway.paid() == {NUMBER: SUM.fen}


@pytest.mark.rule("PAY-03")
def test_what_never_was_asked_is_absent_and_closes(alipay: Acquirer) -> None:
    assert queried(alipay).said is Said.ABSENT
    assert alipay.close(wanted(), seconds=30, at=now()).said is Said.CLOSED


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(
    ("habit", "first", "second"),
    [("00", Said.REFUNDED, Said.REFUNDED), ("95", Said.REFUND_REFUSED, Said.REFUND_REFUSED), ("97", Said.WAITING, Said.REFUNDED)],
)  # fmt: skip
def test_refunds(alipay: Acquirer, gateway: Gateway, habit: str, first: Said, second: Said) -> None:
    asked(alipay, wanted(habit))
    for said in (first, second):
        assert alipay.refund(wanted(), reason="作废", seconds=30, at=now()).said is said
    assert gateway.paid() == ({NUMBER: SUM.fen} if second is Said.REFUND_REFUSED else {})


@pytest.mark.rule("PAY-03")
def test_a_notice_is_believed_by_its_signature_alone(alipay: Acquirer, gateway: Gateway) -> None:
    asked(alipay, wanted(way=Way.SHOWN))
    gateway.pay(NUMBER)
    body = gateway.notice(NUMBER)
    number, answer = alipay.hear({}, body, at=now())
    assert (number, answer.said, answer.amount) == (NUMBER, Said.SUCCEEDED, SUM)
    assert alipay.thanks == "success"
    told = dict(parse_qsl(body.decode()))
    for false in (
        urlencode({**told, "total_amount": "1280.06"}).encode(), urlencode({**told, "sign": "AAAA"}).encode(), b"", b"\xff", b"a",
        gateway.notice(NUMBER, app_id="2021000000000002"),
    ):  # fmt: skip
        with pytest.raises(AnswerRefused):
            alipay.hear({}, false, at=now())


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize("amount", ["", "1280.055", "much"])
def test_an_amount_that_is_no_whole_fen_is_no_payment(amount: str) -> None:
    told = {"code": "10000", "trade_no": "1", "gmt_payment": "2026-11-26 10:00:00", "total_amount": amount}
    assert codec.charged(told).said is Said.UNKNOWN


@pytest.mark.rule("PAY-03")
def test_a_folder_that_is_not_there_is_not_connected_and_a_wrong_one_says_so(
    gateway: Gateway, tmp_path: Path
) -> None:
    assert plug.acquirer("alipay", tmp_path / "none") is None
    gateway.write_settings(tmp_path)
    (tmp_path / "alipay-merchant.pem").write_text("not a key")
    with pytest.raises(settings.BadSettings):
        plug.acquirer("alipay", tmp_path)
