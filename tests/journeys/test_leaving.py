"""拆机与挽留 Who leaves is asked why and offered something; it is kept and counted. Who ports out is asked nothing."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, InternalError, transaction

from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.period import CHINA, month_of
from onehall.journeys.end_subscription import end_subscription
from onehall.journeys.keep_customer import keep_customer
from onehall.journeys.keep_subscription import keep_subscription
from onehall.readings.lost import Lost, lost
from tests.cast import Cast, count

EVERYWHERE = Scope.operator()


def monthly(cast: Cast, room: str = "502") -> tuple[Actor, subscriptions.Subscription]:
    """A household that pays by the month, a year after it came."""
    by = cast.clerk(drawer=count("custody_drawersession") == 0)
    cast.new_line(by, room, "bb4-month")
    (row,) = fetch_all("select max(id) as id from subscriptions_subscription")
    return by, subscriptions.subscription(subscription_id=row["id"], scope=EVERYWHERE)


def leave(cast: Cast, by: Actor, line: subscriptions.Subscription, cause: str, **said: str) -> str:
    words = {"reason": "", "offer": "", **said}
    given = {"subscription_id": line.id, "cause": cause, "intent": uuid4(), "by": by, "at": cast.now, **words}
    return end_subscription(**given).kind  # type: ignore[arg-type]


def counted(cast: Cast, by: Actor, cause: str = "") -> Lost:
    return lost(hall_id=by.hall_id, span=month_of(cast.now.date()), cause=cause, scope=by.scope, limit=50)


@pytest.mark.rule("CHG-07")
def test_reason_offer_and_outcome_are_kept_and_counted_with_the_list_behind(cast: Cast) -> None:
    by, first = monthly(cast)
    _, second = monthly(cast, "601")
    assert leave(cast, by, first, "price", reason="邻居家便宜", offer="换半年套餐") == "now"
    keep_customer(
        subscription_id=second.id, cause="quality", reason="晚上慢", offer="上门测线", intent=uuid4(), by=by, at=cast.now
    )  # fmt: skip
    found = counted(cast, by)
    assert [(row.cause, row.left, row.booked, row.stayed) for row in found.rows] == [
        ("price", 1, 0, 0), ("quality", 0, 0, 1),
    ]  # fmt: skip
    assert (found.lost, found.stayed) == (1, 1)
    assert {(one.account, one.words, one.offer, one.outcome.zh) for one in found.talks} == {
        ("dw0120502", "邻居家便宜", "换半年套餐", "已拆机"), ("dw0120601", "晚上慢", "上门测线", "留下了"),
    }  # fmt: skip
    assert [one.account for one in counted(cast, by, "price").talks] == ["dw0120502"]
    assert subscriptions.subscription(subscription_id=second.id, scope=EVERYWHERE).ended_at is None


@pytest.mark.rule("CHG-07", "CHG-02")
def test_who_booked_an_end_and_stays_after_all_is_counted_as_kept(cast: Cast) -> None:
    by = cast.clerk()
    cast.new_line(by)
    (row,) = fetch_all("select id from subscriptions_subscription")
    line = subscriptions.subscription(subscription_id=row["id"], scope=EVERYWHERE)
    assert leave(cast, by, line, "moving") == "at_expiry"
    assert keep_subscription(subscription_id=line.id, by=by, at=cast.now)
    (found,) = counted(cast, by).rows
    assert (found.cause, found.booked, found.stayed) == ("moving", 1, 1)


@pytest.mark.rule("CHG-07", "ORD-13")
def test_without_a_reason_nothing_happens_and_pressed_twice_it_is_counted_once(cast: Cast) -> None:
    by, line = monthly(cast)
    for cause in ("", "other", "电信"):
        with pytest.raises(subscriptions.TalkIncomplete) as no:
            leave(cast, by, line, cause)
        assert no.value.rule == "CHG-07" and no.value.alternative("zh")
    intent = uuid4()
    for _ in range(2):
        end_subscription(
            subscription_id=line.id, cause="unused", reason="", intent=intent, by=by, at=cast.now
        )
    assert counted(cast, by).lost == 1


@pytest.mark.rule("LAW-05")
def test_of_whoever_ports_out_nothing_is_kept_but_the_fact(cast: Cast) -> None:
    by, line = monthly(cast)
    cast.now = datetime(2027, 6, 1, 9, tzinfo=CHINA)
    with pytest.raises(subscriptions.PortingNoTalk):
        leave(cast, by, line, "porting", reason="换一家")
    with pytest.raises(subscriptions.PortingNoTalk):
        keep_customer(
            subscription_id=line.id, cause="porting", reason="", offer="", intent=uuid4(), by=by, at=cast.now
        )
    assert leave(cast, by, line, "porting") == "now"
    (talk,) = counted(cast, by).talks
    assert (talk.words, talk.offer, talk.cause.zh) == ("", "", "携号转网")
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        fetch_all(
            "insert into subscriptions_retention (subscription_id, hall_id, reason, words, offer, outcome, at, by_id)"
            " select subscription_id, hall_id, 'porting', '换一家', '', 'left', at, by_id from subscriptions_retention"
            " returning id"
        )


@pytest.mark.rule("LAW-14")
def test_porting_waits_for_the_days_and_the_term_and_says_from_when(cast: Cast) -> None:
    by, line = monthly(cast)
    cast.later(days=30)
    with pytest.raises(subscriptions.NotPortable) as no:
        leave(cast, by, line, "porting")
    assert "2027-03-23" in no.value.alternative("zh") and counted(cast, by).rows == ()
