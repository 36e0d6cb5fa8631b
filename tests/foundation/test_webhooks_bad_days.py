"""Webhooks on bad days: receivers that are slow, dead, gone; a killed worker; a clock set back (API-01)."""

from datetime import timedelta

import pytest

from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.webhooks import services
from onehall.runs.send_webhooks import Flying, send_webhooks, tidy_webhooks
from tests.foundation.post_room import SENDER, Post, post

__all__ = ["post"]


@pytest.mark.rule("API-01")
@pytest.mark.parametrize(
    ("manner", "why"),
    [("never", "timeout"), ("drip", "timeout"), ("reset", "reset"), ("302", ""), ("429", "")],
)
def test_a_bad_receiver_is_noted_in_a_word_and_others_hear_at_once(post: Post, manner: str, why: str) -> None:
    bad, good = post.subscribed("/"), post.subscribed("/good")
    post.there.manner = manner
    post.happens()
    post.goes()
    (line,) = post.lines(bad)
    assert (line.state, line.last_failure) == ("waiting", why)
    assert post.lines(good)[0].state == "delivered" and post.there.at("/redirected") == []
    if manner == "429":
        assert line.next_at >= post.cast.now + timedelta(seconds=900), "it asked to be left alone"


@pytest.mark.rule("API-01")
def test_killed_between_send_and_note_it_goes_out_again_under_the_same_id(post: Post) -> None:
    made = post.subscribed()
    post.happens()
    assert send_webhooks(sender=SENDER, flying=post.flying, at=post.cast.now) == 1
    for attempt in post.flying:
        attempt.result(10)
    post.flying.clear()  # the process is gone, and its memory
    assert post.goes(seconds=30) == 0, "leased"
    assert post.goes(seconds=40) == 1
    first, second = post.there.heard
    assert first.headers["webhook-id"] == second.headers["webhook-id"] and first.body == second.body
    assert (post.lines(made)[0].state, post.lines(made)[0].attempts) == ("delivered", 2)


@pytest.mark.rule("API-01")
def test_two_clocks_send_nothing_twice(post: Post) -> None:
    post.subscribed()
    for _ in range(4):
        post.happens()
    other: Flying = {}
    begun = [send_webhooks(sender=SENDER, flying=flying, at=post.cast.now) for flying in (post.flying, other)]
    assert begun == [2, 2], "at_once is 2 for each process, and none takes what another has"
    taken = [letter.delivery_id for flying in (post.flying, other) for letter in flying.values()]
    assert len(set(taken)) == 4


@pytest.mark.rule("API-01")
def test_a_dead_endpoint_is_held_back_probed_and_in_the_end_paused_and_said_so(post: Post) -> None:
    made = post.subscribed("/")
    post.there.manner = "500"
    for _ in range(6):
        post.happens()
    post.goes()
    assert post.card(made).failures >= 3 and post.card(made).broken_until is not None
    before = len(post.there.heard)
    assert post.goes(seconds=60) == 0, "held back"
    assert post.goes(seconds=300) == 1 and len(post.there.heard) == before + 1, "one probe"
    post.goes(hours=25)
    card = post.card(made)
    assert (card.state, card.paused_why) == ("paused", "dead")
    (line,) = fetch_all("select details, user_id from audit_auditentry where action = 'webhook.paused'")
    assert line == {"details": {"why": "dead"}, "user_id": None}
    assert post.goes(hours=1) == 0
    post.there.manner = "ok"
    with transaction():
        services.set_state(
            subscription_id=made.subscription_id, state="active", scope=post.manager.scope, at=post.cast.now
        )
    for _ in range(3):
        post.goes()
    assert {line.state for line in post.lines(made)} == {"delivered"}, "nothing was lost while it was dead"


@pytest.mark.rule("API-01")
def test_after_a_good_answer_to_the_probe_everything_goes(post: Post) -> None:
    made = post.subscribed("/")
    post.there.manner = "500"
    for _ in range(4):
        post.happens()
    post.goes()
    post.there.manner = "ok"
    for _ in range(4):
        post.goes(seconds=301)
    assert post.card(made).failures == 0 and {line.state for line in post.lines(made)} == {"delivered"}


@pytest.mark.rule("API-01")
def test_410_pauses_and_what_happens_meanwhile_waits_until_it_is_too_old(post: Post) -> None:
    made = post.subscribed("/")
    post.there.manner = "410"
    post.happens()
    post.goes()
    assert (post.card(made).state, post.card(made).paused_why) == ("paused", "gone")
    post.happens()
    assert post.goes(hours=2) == 0 and post.card(made).waiting == 2
    post.cast.later(hours=71)
    assert tidy_webhooks(at=post.cast.now) == (2, 0)
    assert tidy_webhooks(at=post.cast.later(days=29)) == (0, 0)
    assert tidy_webhooks(at=post.cast.later(days=2)) == (0, 2)


@pytest.mark.rule("API-01")
def test_a_clock_set_back_an_hour_delays_nothing(post: Post) -> None:
    made = post.subscribed("/")
    post.there.manner = "500"
    post.happens()
    post.goes()
    post.there.manner = "ok"
    assert post.goes(hours=-1) == 1, "planned in the future: the clock was set back"
    assert post.lines(made)[0].state == "delivered"
    post.there.manner = "500"
    for _ in range(4):
        post.happens()
    post.goes()
    assert post.card(made).broken_until is not None and post.card(made).state == "active"
    assert post.goes(hours=-1) >= 1, "held back by a clock that is no more"
