"""From a sale to a receiver that has bad days: signed, at least once, in time, replayable (API-01)."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.foundation.database import fetch_all, fetch_one, transaction
from onehall.foundation.outbox.relay import relay
from onehall.foundation.policy.services import establish_value, policy_book
from onehall.foundation.scopes import NotFound, NotPermitted
from onehall.foundation.webhooks import services
from onehall.foundation.webhooks.contracts import (
    Answer,
    BadAddress,
    BadTopic,
    TooMany,
)
from onehall.foundation.webhooks.models import Secret
from onehall.foundation.webhooks.queries import subscription
from onehall.foundation.webhooks.rules import Patience, Verdict, judge, pause
from onehall.foundation.webhooks.sending import spread
from onehall.foundation.webhooks.topics import TOPICS
from tests.foundation.post_room import Post, post, verified
from tests.house.source import called, calls, in_package

__all__ = ["post"]

PATIENCE = Patience(20, timedelta(seconds=5), timedelta(hours=1), timedelta(hours=72))


@pytest.mark.rule("API-01")
def test_a_sale_reaches_the_receiver_signed_and_with_ids_only(post: Post) -> None:
    made = post.subscribed(topics=["payment.taken"])
    paid = post.cast.new_line(post.cast.clerk())
    relay(at=post.cast.now, spread=spread)
    assert post.goes() == 1
    (heard,) = post.there.heard
    assert verified(heard, made.secret) and not verified(heard, "whsec_AAAA")
    told = json.loads(heard.body)
    assert (told["type"], told["hall"], told["data"]) == (
        "payment.taken", post.manager.hall_id, {"basket": paid.basket_id},
    )  # fmt: skip
    assert datetime.fromisoformat(told["timestamp"]) == post.cast.now.astimezone(UTC)
    (line,) = post.lines(made)
    assert (line.state, line.attempts, line.last_status) == ("delivered", 1, 204)
    assert post.card(made).delivered_at == post.cast.now and post.goes(hours=1) == 0


@pytest.mark.rule("API-01")
def test_each_hears_its_topics_and_halls_once_and_screens_own_topics_stay_inside(post: Post) -> None:
    everything, void, other = (
        post.subscribed(),
        post.subscribed("/void", topics=["sale.voided"]),
        post.subscribed("/other"),
    )
    fetch_all(
        "update webhooks_subscription set hall_id = %s where id = %s",
        (post.manager.hall_id + 1, other.subscription_id),
    )
    for topic in ("payment.taken", "sale.voided", "webhook.changed", "print.printed"):
        post.happens(topic)
    relay(at=post.cast.now, spread=spread)
    post.goes()
    assert [line.topic for line in post.lines(everything)] == ["sale.voided", "payment.taken"]
    assert [line.topic for line in post.lines(void)] == ["sale.voided"]
    assert post.there.at("/other") == []


@pytest.mark.rule("API-01")
def test_what_fails_is_tried_again_with_the_same_id_at_growing_distances(post: Post) -> None:
    made = post.subscribed("/")
    post.there.manner = "500"
    post.happens(basket=1)
    waits = []
    for _ in range(2):
        post.goes()
        (line,) = post.lines(made)
        assert (line.state, line.last_status) == ("waiting", 500)
        waits.append((line.next_at - post.cast.now).total_seconds())
        assert post.goes(seconds=waits[-1] - 1) == 0, "too early"
        post.cast.later(seconds=1)
    assert 2.5 <= waits[0] <= 5 and 5 <= waits[1] <= 10
    post.there.manner = "ok"
    post.goes()
    ids = {heard.headers["webhook-id"] for heard in post.there.heard}
    assert len(ids) == 1 and len(post.there.heard) == 3 and post.lines(made)[0].state == "delivered"
    assert all(verified(heard, made.secret) for heard in post.there.heard)


@pytest.mark.rule("API-01")
def test_what_was_delivered_or_given_up_is_replayed_one_or_since(post: Post) -> None:
    made = post.subscribed()
    times = []
    for turn in range(3):
        post.happens(basket=turn)
        times.append(post.cast.now)
        post.goes()
        post.cast.later(minutes=10)

    def replay(**which: Any) -> int:
        asked = {"delivery_id": None, "since": None, **which}
        with transaction():
            return services.replay(
                subscription_id=made.subscription_id, scope=post.manager.scope, at=post.cast.now, **asked
            )

    assert replay(since=times[1]) == 2
    post.goes()
    assert replay(delivery_id=post.lines(made)[-1].id) == 1
    assert replay(delivery_id=post.lines(made)[-1].id) == 0, "it waits already"
    post.goes()
    baskets = [json.loads(heard.body)["data"]["basket"] for heard in post.there.heard]
    assert sorted(baskets) == [0, 0, 1, 1, 2, 2]
    assert len({heard.headers["webhook-id"] for heard in post.there.heard}) == 3, "receivers know them again"
    with pytest.raises(NotFound):
        replay(delivery_id=10**9)


@pytest.mark.rule("API-01", "SEC-07")
def test_a_secret_is_encrypted_and_for_a_while_the_old_and_the_new_both_sign(post: Post) -> None:
    made = post.subscribed()
    stored = fetch_one("select value from webhooks_secret")
    assert stored is not None and made.secret.encode() not in bytes(stored["value"])
    assert Secret.objects.get().value == made.secret
    with transaction():
        book = policy_book(hall_id=None, at=post.cast.now)
        fresh = services.rotate(
            subscription_id=made.subscription_id, book=book, scope=post.manager.scope, at=post.cast.now
        )
    post.happens()
    post.goes()
    assert verified(post.there.heard[0], made.secret) and verified(post.there.heard[0], fresh)
    assert post.card(made).secrets == 2
    post.cast.later(hours=25)
    post.happens()
    post.goes()
    assert verified(post.there.heard[1], fresh) and not verified(post.there.heard[1], made.secret)


@pytest.mark.rule("API-01", "SEC-10")
def test_who_may_subscribe_to_what(post: Post) -> None:
    made = post.subscribed()
    stranger = post.cast.sign_in("0311", hall="guandi")
    for refused, facts in (
        (BadAddress, {"path": "/ x"}),
        (BadTopic, {"topics": ["customer.secrets"]}),
        (NotPermitted, {"hall_id": None}),
        (NotFound, {"hall_id": stranger.hall_id}),
    ):
        with pytest.raises(refused):
            post.subscribed(**facts)
    book = policy_book(hall_id=None, at=post.cast.now)
    verbs: list[Callable[[], object]] = [
        lambda: subscription(subscription_id=made.subscription_id, scope=stranger.scope, at=post.cast.now),
        lambda: services.rotate(
            subscription_id=made.subscription_id, book=book, scope=stranger.scope, at=post.cast.now
        ),
        lambda: services.set_state(
            subscription_id=made.subscription_id, state="paused", scope=stranger.scope, at=post.cast.now
        ),
        lambda: services.ping(subscription_id=made.subscription_id, by=stranger, at=post.cast.now),
    ]
    for verb in verbs:
        with pytest.raises(NotFound), transaction():
            verb()
    establish_value(
        key="webhooks.endpoints",
        value=1,
        valid_from=post.cast.now,
        source="试",
        verified=True,
        at=post.cast.now,
    )
    with pytest.raises(TooMany):
        post.subscribed()


@pytest.mark.rule("API-01")
def test_a_paused_endpoint_can_be_tested_and_an_ended_one_hears_no_more(post: Post) -> None:
    made = post.subscribed()
    with transaction():
        services.set_state(
            subscription_id=made.subscription_id, state="paused", scope=post.manager.scope, at=post.cast.now
        )
        services.ping(subscription_id=made.subscription_id, by=post.manager, at=post.cast.now)
    post.happens()
    assert post.goes() == 1
    assert json.loads(post.there.heard[0].body)["type"] == "webhook.ping"
    with transaction():
        services.set_state(
            subscription_id=made.subscription_id, state="ended", scope=post.manager.scope, at=post.cast.now
        )
    post.happens()
    assert post.goes(hours=1) == 0
    with pytest.raises(NotFound):
        post.card(made)


@pytest.mark.rule("API-01")
def test_every_event_that_is_published_is_offered_or_kept_inside_on_purpose() -> None:
    inside = {"webhook.changed"}
    published = {
        keyword.value.value
        for source in in_package()
        for call in calls(source.tree)
        if called(call) == "publish"
        for keyword in call.keywords
        if keyword.arg == "topic" and hasattr(keyword.value, "value") and isinstance(keyword.value.value, str)
    }
    assert len(published) > 5
    assert published - inside <= set(TOPICS)


@given(
    status=st.one_of(st.none(), st.integers(100, 599)),
    attempts=st.integers(1, 200),
    hours=st.floats(-100, 1000),
)
def test_what_an_answer_means(status: int | None, attempts: int, hours: float) -> None:
    verdict = judge(Answer(status), attempts=attempts, age=timedelta(hours=hours), patience=PATIENCE)
    good = status is not None and status // 100 == 2
    spent = attempts >= 20 or hours >= 72
    expected = Verdict.GIVEN_UP if spent else Verdict.AGAIN
    assert verdict is (Verdict.DELIVERED if good else Verdict.GONE if status == 410 else expected)


@given(st.integers(1, 10**6), st.floats(0, 1), st.one_of(st.none(), st.integers(0, 10**7)))
def test_pauses_grow_to_the_longest_and_never_beyond(attempts: int, chance: float, asked: int | None) -> None:
    found = pause(attempts=attempts, patience=PATIENCE, chance=chance, asked=asked)
    least = min(PATIENCE.first_pause * 2 ** min(attempts - 1, 20), PATIENCE.longest_pause) / 2
    assert least <= found <= PATIENCE.longest_pause
    if asked is not None:
        assert found >= min(timedelta(seconds=asked), PATIENCE.longest_pause)
