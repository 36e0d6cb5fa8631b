"""Recharge cards against a platform made of software: what is asked, what is believed, what nobody knows (PAY-03)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onehall.adapters.recharge_card import codec, plug, settings
from onehall.adapters.recharge_card.plug import RechargeCards
from onehall.adapters.recharge_card.simulator import Card, Platform
from onehall.contexts.acquiring.ports import Answer, AnswerRefused, Said, Wanted, Way
from onehall.foundation import signed_json
from onehall.foundation.values.money import Money


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def platform() -> Iterator[Platform]:
    with Platform(now) as one:
        yield one


@pytest.fixture
def plugged(platform: Platform, tmp_path: Path) -> RechargeCards:
    platform.write_settings(tmp_path)
    found = plug.acquirer("recharge_card", tmp_path)
    assert isinstance(found, RechargeCards)
    return found


def wanted(card: Card | None = None, number: str = "N1", fen: int = 10000, secret: str = "") -> Wanted:
    code = f"{card.serial} {secret or card.secret}" if card else ""
    return Wanted(number, Way.REDEEMED, Money(fen), "缴费", now() + timedelta(minutes=5), code)


def asked(plugged: RechargeCards, about: Wanted, seconds: int = 30) -> Answer:
    return plugged.ask(about, seconds=seconds, at=now())


@pytest.mark.rule("PAY-03")
def test_a_card_is_redeemed_once_whatever_is_asked_twice(plugged: RechargeCards, platform: Platform) -> None:
    card = platform.sold(10000)
    first, again = (asked(plugged, wanted(card)) for _ in range(2))
    assert (first.said, first.amount, first.payer) == (
        Said.SUCCEEDED,
        Money(10000),
        f"**** {card.serial[-4:]}",
    )
    assert first == again and first.transaction == f"R{card.serial}"
    other = asked(plugged, wanted(card, "N2"))
    assert (other.said, other.why) == (Said.FAILED, "这张卡已经用过")
    assert platform.redeemed() == {"N1": 10000}


@pytest.mark.rule("PAY-03")
def test_a_wrong_secret_or_sum_leaves_the_card_whole(plugged: RechargeCards, platform: Platform) -> None:
    card = platform.sold(10000)
    assert asked(plugged, wanted(card, "N1", secret="000000")).said is Said.FAILED
    assert "100.00 元" in asked(plugged, wanted(card, "N2", fen=5000)).why
    assert platform.redeemed() == {}
    assert asked(plugged, wanted(card, "N3")).said is Said.SUCCEEDED


@pytest.mark.rule("PAY-03")
def test_lost_and_late_answers_are_told_by_a_later_question(
    plugged: RechargeCards, platform: Platform
) -> None:
    silent, slow = platform.sold(10000, ends="2"), platform.sold(10000, ends="4")
    assert asked(plugged, wanted(silent), seconds=1).said is Said.UNKNOWN
    assert plugged.query(wanted(), seconds=30, at=now()).said is Said.SUCCEEDED
    assert asked(plugged, wanted(slow, "N2")).said is Said.WAITING
    assert plugged.query(wanted(number="N2"), seconds=30, at=now()).said is Said.SUCCEEDED
    assert plugged.query(wanted(number="N9"), seconds=30, at=now()).said is Said.ABSENT


@pytest.mark.rule("PAY-03")
def test_what_is_cancelled_is_never_redeemed_under_its_number(
    plugged: RechargeCards, platform: Platform
) -> None:
    card = platform.sold(10000)
    assert plugged.close(wanted(), seconds=30, at=now()).said is Said.CLOSED
    assert asked(plugged, wanted(card)).said is Said.CLOSED and platform.redeemed() == {}
    assert asked(plugged, wanted(card, "N2")).said is Said.SUCCEEDED
    assert plugged.close(wanted(number="N2"), seconds=30, at=now()).said is Said.SUCCEEDED


@pytest.mark.rule("PAY-03")
def test_a_card_is_restored_once_or_refused(plugged: RechargeCards, platform: Platform) -> None:
    card, kept = platform.sold(10000), platform.sold(10000, ends="5")
    asked(plugged, wanted(card))
    asked(plugged, wanted(kept, "N2"))
    for _ in range(2):
        assert plugged.refund(wanted(), reason="作废", seconds=30, at=now()).said is Said.REFUNDED
    assert plugged.refund(wanted(number="N2"), reason="", seconds=30, at=now()).said is Said.REFUND_REFUSED
    assert platform.redeemed() == {"N2": 10000}
    assert asked(plugged, wanted(card, "N3")).said is Said.SUCCEEDED


@pytest.mark.rule("PAY-03")
def test_who_does_not_hold_the_key_is_not_believed(plugged: RechargeCards, platform: Platform) -> None:
    body = signed_json.body(
        {"number": "N1", "state": "REDEEMED", "serial": "61", "fen": 1, "redeemed_at": now().isoformat()}
    )
    good = {signed_json.SIGNATURE: signed_json.sign(platform.key, body)}
    assert plugged.hear(good, body, at=now())[1].said is Said.SUCCEEDED
    for headers, told in ((good, body.replace(b"61", b"62")), ({}, body), (good, b"[]")):
        with pytest.raises(AnswerRefused):
            plugged.hear(headers, told, at=now())
    for spoilt in ({"fen": "x"}, {"serial": ""}, {"redeemed_at": "2026-11-26"}):
        told = {
            "number": "N1",
            "state": "REDEEMED",
            "serial": "61",
            "fen": 1,
            "redeemed_at": now().isoformat(),
            **spoilt,
        }
        assert codec.answer(told, number="N1").said is Said.UNKNOWN
    assert codec.answer({"number": "N2", "state": "REFUSED"}, number="N1").said is Said.UNKNOWN


@pytest.mark.rule("PAY-03")
def test_the_folder_is_whole_or_refused(tmp_path: Path) -> None:
    assert plug.acquirer("recharge_card", tmp_path) is None
    for told in ('dealer = "D"', 'dealer = "D"\nkey = "short"\nurl = "http://x"', "="):
        (tmp_path / "recharge_card.toml").write_text(told)
        with pytest.raises(settings.BadSettings):
            settings.read(tmp_path)
