"""Customers are told before their term ends: once each, at a decent hour, never late (BIL-06)."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from onehall.adapters.sms.plug import HttpGateway
from onehall.adapters.sms.simulator import Telephones
from onehall.contexts.subscriptions import api as subscriptions
from onehall.entrances.console.checks_service import look_at_notices
from onehall.foundation.database import fetch_all
from onehall.foundation.notices.rules import may_leave
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import CHINA
from onehall.journeys.end_subscription import end_subscription
from onehall.runs.forget_old_rows import forget_old_rows
from onehall.runs.remind_expiring import remind_expiring
from onehall.runs.send_notices import Flying, send_notices
from tests.cast import Cast, count, dwelling, wang

EXPIRY = datetime(2027, 11, 30, tzinfo=CHINA)
PHONE = "13812346021"


def morning(days_before: int, hour: int = 10) -> datetime:
    return EXPIRY - timedelta(days=days_before) + timedelta(hours=hour)


@pytest.fixture
def sold(cast: Cast) -> Cast:
    """王建国 with a mobile number, broadband until 2027-11-30."""
    clerk = cast.clerk("0211", "4")
    card = cast.registered(clerk, wang(phone=PHONE))
    cast.pay(
        clerk, cast.basket(clerk, card.id, dwelling("dw", "1", "2", "502"), ("new_broadband", "bb20-year")).id
    )
    return cast


@pytest.fixture
def phones() -> Iterator[Telephones]:
    with Telephones() as telephones:
        yield telephones


class Post:
    """The sending job of a story."""

    def __init__(self, phones: Telephones, seconds: float = 2.0) -> None:
        self.gateway = HttpGateway(phones.url, phones.key, seconds=seconds)
        self.flying: Flying = {}

    def send(self, at: datetime) -> None:
        until = time.monotonic() + 5
        while send_notices(gateway=self.gateway, flying=self.flying, at=at) or self.flying:
            assert time.monotonic() < until
            time.sleep(0.005)


def states() -> list[tuple[str, int, str]]:
    rows = fetch_all("select state, attempts, last_failure from notices_notice order by id")
    return [(row["state"], row["attempts"], row["last_failure"]) for row in rows]


@pytest.mark.rule("BIL-06")
def test_a_customer_is_told_on_each_day_of_the_policy_and_once(sold: Cast, phones: Telephones) -> None:
    post = Post(phones)
    told = {}
    for days in (40, 31, 30, 29, 8, 7, 6, 2, 1, 0):
        before = len(phones.inbox)
        for hour in (9, 10, 18):
            remind_expiring(at=morning(days, hour))
            post.send(morning(days, hour))
        told[days] = len(phones.inbox) - before
    assert told == {40: 0, 31: 0, 30: 1, 29: 0, 8: 0, 7: 1, 6: 0, 2: 0, 1: 1, 0: 0}
    number, text = phones.inbox[0]
    assert number == PHONE and "dw0120502" in text and "2027-11-30" in text and "还有30天" in text


@pytest.mark.rule("BIL-06")
def test_a_day_that_was_missed_is_made_up_for_and_not_every_day_of_it(sold: Cast) -> None:
    assert [remind_expiring(at=morning(days)) for days in (20, 19, 5, 4)] == [1, 0, 1, 0]


@pytest.mark.rule("BIL-06", "CHG-01")
def test_whoever_renewed_or_leaves_is_left_in_peace(sold: Cast) -> None:
    (line,) = subscriptions.subscriptions_at(
        dwelling_id=dwelling("dw", "1", "2", "502"), scope=Scope.operator()
    )
    sold.now = morning(35)
    clerk = sold.clerk(counter="1", drawer=False)
    end_subscription(subscription_id=line.id, reason="搬家", intent=uuid4(), by=clerk, at=sold.now)
    assert remind_expiring(at=morning(30)) == 0


@pytest.mark.rule("BIL-06")
def test_a_renewal_moves_the_reminders_to_the_new_end(sold: Cast) -> None:
    (line,) = subscriptions.subscriptions_at(
        dwelling_id=dwelling("dw", "1", "2", "502"), scope=Scope.operator()
    )
    assert remind_expiring(at=morning(30)) == 1
    sold.now = morning(29)
    clerk = sold.clerk(counter="1")
    sold.pay(clerk, sold.basket(clerk, line.party_id, line.dwelling_id, ("renewal", "bb20-year")).id)
    assert [remind_expiring(at=morning(days)) for days in (7, 1)] == [0, 0]
    assert remind_expiring(at=morning(30) + timedelta(days=366)) == 1


@pytest.mark.rule("BIL-06")
def test_nobody_who_just_paid_for_a_month_is_told_that_it_ends_in_thirty_days(cast: Cast) -> None:
    """A month's term from 2026-11-30 to 2026-12-30."""
    cast.new_line(cast.clerk("0211", "4"), offering="bb4-month")
    days = (datetime(2026, 11, 30, 10, tzinfo=CHINA), datetime(2026, 12, 14, 10, tzinfo=CHINA))
    assert [remind_expiring(at=day) for day in days] == [0, 0]
    assert remind_expiring(at=datetime(2026, 12, 23, 10, tzinfo=CHINA)) == 1


@pytest.mark.rule("BIL-06")
def test_a_gateway_that_answers_late_is_asked_again_and_the_telephone_rings_once(
    sold: Cast, phones: Telephones
) -> None:
    remind_expiring(at=morning(30))
    phones.manners.late = 0.5
    post = Post(phones, seconds=0.1)
    post.send(morning(30))
    assert states() == [("waiting", 1, "timeout")]
    phones.manners.late = 0
    post.send(morning(30) + timedelta(minutes=1))
    assert states() == [("sent", 2, "")] and phones.asked == 2 and len(phones.inbox) == 1


@pytest.mark.rule("BIL-06")
def test_a_gateway_that_doubles_what_it_sends_is_not_asked_twice_by_us(
    sold: Cast, phones: Telephones
) -> None:
    phones.manners.doubled = phones.manners.forgetful = True
    remind_expiring(at=morning(30))
    post = Post(phones)
    post.send(morning(30))
    post.send(morning(30) + timedelta(hours=1))
    assert phones.asked == 1 and len(phones.inbox) == 2, "its own doubling is all there is"


@pytest.mark.rule("BIL-06")
def test_a_number_that_is_refused_is_not_tried_again(sold: Cast, phones: Telephones) -> None:
    phones.manners.refusing = True
    remind_expiring(at=morning(30))
    post = Post(phones)
    for minutes in (0, 10, 100):
        post.send(morning(30) + timedelta(minutes=minutes))
    assert states() == [("refused", 1, "422")] and phones.asked == 1


@pytest.mark.rule("BIL-06", "CON-10")
def test_a_gateway_that_is_away_costs_a_notice_at_most_its_time(sold: Cast, phones: Telephones) -> None:
    phones.manners.busy = True
    remind_expiring(at=morning(1))
    post = Post(phones)
    post.send(morning(1))
    assert states() == [("waiting", 1, "503")]
    phones.manners.busy = False
    post.send(EXPIRY + timedelta(hours=10))
    assert [state for state, *_ in states()] == ["late"] and phones.inbox == []


@pytest.mark.rule("CON-10")
def test_without_a_gateway_notices_wait_and_late_ones_go(sold: Cast) -> None:
    remind_expiring(at=morning(30))
    assert send_notices(gateway=None, flying={}, at=morning(30)) == 0
    assert states() == [("waiting", 0, "")]
    send_notices(gateway=None, flying={}, at=EXPIRY)
    assert [state for state, *_ in states()] == ["late"]


@pytest.mark.rule("BIL-06")
def test_nobody_is_woken(sold: Cast, phones: Telephones) -> None:
    remind_expiring(at=morning(30, 3))
    post = Post(phones)
    post.send(morning(30, 3))
    assert phones.inbox == []
    post.send(morning(30, 9))
    assert len(phones.inbox) == 1
    hours = {"opens": 540, "closes": 1200}
    assert may_leave(morning(3, 12), **hours) == morning(3, 12)
    assert may_leave(morning(3, 20), **hours) == morning(2, 9)
    assert may_leave(morning(3, 0), **hours) == morning(3, 9)


@pytest.mark.rule("SEC-07")
def test_numbers_and_words_are_encrypted_and_forgotten(sold: Cast) -> None:
    remind_expiring(at=morning(30))
    kept = str(fetch_all("select recipient::text, text::text from notices_notice"))
    assert PHONE not in kept and "dw0120502" not in kept
    send_notices(gateway=None, flying={}, at=EXPIRY)
    forget_old_rows(at=EXPIRY + timedelta(days=100))
    assert count("notices_notice") == 1
    forget_old_rows(at=EXPIRY + timedelta(days=200))
    assert count("notices_notice") == 0


@pytest.mark.rule("CON-10")
def test_the_doctor_says_that_nobody_can_be_reminded(phones: Telephones, settings: Any) -> None:
    settings.SMS_GATEWAY = ""
    assert "短信网关" in str(look_at_notices()[0])
    settings.SMS_GATEWAY = phones.url
    assert "应答" in str(look_at_notices()[0])
    settings.SMS_GATEWAY = "http://127.0.0.1:9/"
    assert "连不上" in str(look_at_notices()[0])
