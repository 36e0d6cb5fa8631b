"""WeChat Pay against a provider made of software: what is asked, what is believed, and what nobody knows."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onehall.adapters.payment import plug, settings
from onehall.adapters.payment.simulator import Provider
from onehall.contexts.acquiring.ports import Acquirer, Answer, AnswerRefused, Said, Wanted, Way
from onehall.foundation.values.money import Money

SUM = Money.yuan("20.00")
NUMBER = "2026112600000000000000000001"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider(now) as one:
        yield one


@pytest.fixture
def wechat(provider: Provider, tmp_path: Path) -> Acquirer:
    provider.write_settings(tmp_path)
    found = plug.acquirer("wechat", tmp_path)
    assert found is not None
    return found


def wanted(habit: str = "00", way: Way = Way.SCANNED) -> Wanted:
    return Wanted(
        NUMBER, way, SUM, "宽带续费", datetime.now(UTC) + timedelta(minutes=5), f"1345678901234567{habit}"
    )


def asked(wechat: Acquirer, about: Wanted, seconds: int = 30) -> Answer:
    return wechat.ask(about, seconds=seconds, at=datetime.now(UTC))


def queried(wechat: Acquirer) -> Answer:
    return wechat.query(wanted(), seconds=30, at=datetime.now(UTC))


@pytest.mark.rule("PAY-03")
def test_a_scanned_code_is_charged_at_once(wechat: Acquirer, provider: Provider) -> None:
    answer = asked(wechat, wanted())
    assert (answer.said, answer.amount) == (Said.SUCCEEDED, SUM)
    assert answer.transaction == queried(wechat).transaction
    assert provider.paid() == {NUMBER: SUM.fen}


@pytest.mark.rule("PAY-03")
def test_asked_twice_the_customer_pays_once(wechat: Acquirer, provider: Provider) -> None:
    assert asked(wechat, wanted()).transaction == asked(wechat, wanted()).transaction
    assert provider.paid() == {NUMBER: SUM.fen}


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(
    ("habit", "first", "later"),
    [
        ("91", Said.WAITING, Said.SUCCEEDED), ("93", Said.FAILED, Said.FAILED), ("94", Said.WAITING, Said.WAITING),
        ("96", Said.UNKNOWN, Said.SUCCEEDED),
    ],
)  # fmt: skip
def test_what_customers_and_providers_do(wechat: Acquirer, habit: str, first: Said, later: Said) -> None:
    assert asked(wechat, wanted(habit)).said is first
    queried(wechat)
    assert queried(wechat).said is later


@pytest.mark.rule("PAY-03")
def test_an_answer_that_never_comes_says_nothing_of_the_money(wechat: Acquirer, provider: Provider) -> None:
    assert asked(wechat, wanted("92"), seconds=1).said is Said.UNKNOWN
    assert provider.paid() == {NUMBER: SUM.fen}
    assert queried(wechat).said is Said.SUCCEEDED


@pytest.mark.rule("PAY-03")
def test_nobody_there_is_no_answer_either(wechat: Acquirer, provider: Provider) -> None:
    provider.__exit__(None, None, None)
    assert asked(wechat, wanted()).said is Said.UNKNOWN
    assert wechat.close(wanted(), seconds=1, at=datetime.now(UTC)).said is Said.UNKNOWN


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize("way", list(Way))
def test_what_is_closed_cannot_be_paid_and_what_was_paid_cannot_be_closed(
    wechat: Acquirer, provider: Provider, way: Way
) -> None:
    about = wanted("94", way)
    assert asked(wechat, about).said is Said.WAITING
    assert wechat.close(about, seconds=30, at=datetime.now(UTC)).said is Said.CLOSED
    provider.pay(NUMBER)
    assert provider.paid() == {}
    provider.orders.clear()
    asked(wechat, about)
    provider.pay(NUMBER)
    assert wechat.close(about, seconds=30, at=datetime.now(UTC)).said is Said.SUCCEEDED
    assert provider.paid() == {NUMBER: SUM.fen}


@pytest.mark.rule("PAY-03")
def test_what_never_was_asked_is_absent_and_closes(wechat: Acquirer) -> None:
    assert queried(wechat).said is Said.ABSENT
    assert wechat.close(wanted(), seconds=30, at=datetime.now(UTC)).said is Said.CLOSED


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(
    ("habit", "first", "second"),
    [("00", Said.REFUNDED, Said.REFUNDED), ("95", Said.REFUND_REFUSED, Said.REFUND_REFUSED), ("97", Said.WAITING, Said.REFUNDED)],
)  # fmt: skip
def test_refunds(wechat: Acquirer, provider: Provider, habit: str, first: Said, second: Said) -> None:
    asked(wechat, wanted(habit))
    for said in (first, second):
        assert wechat.refund(wanted(), reason="作废", seconds=30, at=datetime.now(UTC)).said is said
    assert provider.paid() == ({NUMBER: SUM.fen} if second is Said.REFUND_REFUSED else {})


@pytest.mark.rule("PAY-03")
def test_a_notice_is_believed_by_its_signature_alone(wechat: Acquirer, provider: Provider) -> None:
    moment = now()
    asked(wechat, wanted(way=Way.SHOWN))
    provider.pay(NUMBER)
    headers, body = provider.notice(NUMBER)
    number, answer = wechat.hear(headers, body, at=moment)
    assert (number, answer.said, answer.amount) == (NUMBER, Said.SUCCEEDED, SUM)
    other = json.dumps({**json.loads(body), "id": "other"}).encode()
    stranger = Provider(now, api_key=provider.api_key, keys=1)
    with stranger:
        stranger.orders = provider.orders
        forged = stranger.notice(NUMBER)
    for false_headers, false_body, at in (
        (headers, other, moment), (headers, body, moment + timedelta(minutes=6)), (headers, body, moment - timedelta(minutes=6)),
        ({}, body, moment), (*forged, moment),
    ):  # fmt: skip
        with pytest.raises(AnswerRefused):
            wechat.hear(false_headers, false_body, at=at)


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b'{"resource": {}}', b'{"resource": {"nonce": "a", "ciphertext": "AAAA"}}']
)
def test_a_signed_notice_without_its_content_is_refused_not_an_error(
    wechat: Acquirer, provider: Provider, body: bytes
) -> None:
    with pytest.raises(AnswerRefused):
        wechat.hear(provider.signed(body), body, at=datetime.now(UTC))


@pytest.mark.rule("PAY-03")
def test_a_folder_that_is_not_there_is_not_connected_and_a_wrong_one_says_so(
    provider: Provider, tmp_path: Path
) -> None:
    assert plug.acquirer("wechat", tmp_path / "none") is None
    provider.write_settings(tmp_path)
    (tmp_path / "merchant.pem").write_text("not a key")
    with pytest.raises(settings.BadSettings):
        plug.acquirer("wechat", tmp_path)
