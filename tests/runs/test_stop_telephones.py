"""A used-up line is stopped on the announced day, never before, and works again with the recharge itself (BIL-02, LAW-11, CAT-06)."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from onehall.contexts.orders import api as orders
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.voice import api as voice
from onehall.foundation.audit import trail
from onehall.foundation.scopes import Actor
from onehall.foundation.todos import Todo
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.money import Money
from onehall.journeys.recharge_line import recharge_line
from onehall.journeys.tell_instead import tell_instead
from onehall.readings.messages import message
from onehall.readings.todos import todos
from onehall.readings.verification import verify_money
from onehall.runs.rate_calls import rate_calls
from onehall.runs.remind_balances import remind_balances
from onehall.runs.stop_telephones import stop_telephones
from tests.cast import Cast, wang
from tests.journeys.test_fixed_lines import EVERYWHERE, NUMBER, choose, home, state
from tests.telephone import called, deliver, opened, paid_in


@pytest.fixture(autouse=True)
def books_agree(cast: Cast) -> Iterator[None]:
    yield
    assert verify_money(scope=EVERYWHERE, row_by_row=True).findings == ()


def used_up(cast: Cast, by: Actor, **given: str) -> PartyId:
    """王建国's line with 50 yuan, all called away on the first morning, and told so, or to be."""
    card = cast.registered(by, wang(**given))
    cast.pay(by, choose(cast, by, card.id, offering="line-rent").id)
    cast.later(hours=2)
    deliver([called(NUMBER, f"{cast.now:%Y-%m-%d} 09:30:00", 60 * 400)], at=cast.now)
    rate_calls(at=cast.now)
    assert remind_balances(at=cast.now) == 1
    return card.id


def network(number: str = NUMBER) -> provisioning.TelephoneWish:
    wish = provisioning.telephone(number=number, scope=EVERYWHERE)
    assert wish is not None
    return wish


@pytest.mark.rule("BIL-02", "LAW-11", "NET-03")
def test_a_used_up_line_is_stopped_on_the_announced_day_and_a_recharge_lets_it_on(cast: Cast) -> None:
    by = cast.clerk()
    party = used_up(cast, by)
    for days in (0, 1, 6):
        assert stop_telephones(at=cast.now + timedelta(days=days)) == 0, "announced for the seventh day"
    at = cast.later(days=7)
    assert [stop_telephones(at=at) for _ in range(2)] == [1, 0]
    assert state(at).stopped and not state(at).suspended
    assert not network().may_call and network().may_be_called, "who owes can still be reached"
    assert remind_balances(at=at) == 0, "nothing more to announce"
    (told,) = trail(scope=EVERYWHERE, limit=9, action="telephone.stopped")
    assert told.rule == "BIL-02"
    basket = recharged(cast, party, "20")
    assert state(cast.now).stopped, "in the basket it is not paid"
    cast.pay(cast.sign_in("0213", counter="3"), basket.id)
    assert not state(cast.now).stopped and network().may_call
    assert stop_telephones(at=cast.later(days=9)) == 0


def recharged(cast: Cast, party: PartyId, amount: str) -> orders.Basket:
    by = cast.sign_in("0213", counter="3")
    line = voice.line(NUMBER, at=cast.now, scope=EVERYWHERE)
    return recharge_line(
        party_id=party, line_id=line.id, amount=Money.yuan(amount), intent=uuid4(), by=by, at=cast.now
    )


@pytest.mark.rule("BIL-02")
def test_a_recharge_that_leaves_a_debt_lets_nobody_on_and_nobody_is_stopped_unannounced(cast: Cast) -> None:
    by = cast.clerk()
    party = used_up(cast, by)
    paid_in(opened(by, "68000001"), "0.01", "2026-11-01")
    deliver([called("68000001", f"{cast.now:%Y-%m-%d} 09:30:00", 60)], at=cast.now)
    rate_calls(at=cast.later(minutes=1))
    assert stop_telephones(at=cast.later(days=8)) == 1, "of the other line nobody was told"
    basket = recharged(cast, party, "10")
    cast.pay(cast.sign_in("0213", counter="3"), basket.id)
    assert state(cast.now).stopped, "it still owes"
    paid_in(voice.line(NUMBER, at=cast.now, scope=EVERYWHERE), "0.01", f"{cast.now:%Y-%m-%d %H:%M:%S}")
    assert stop_telephones(at=cast.later(minutes=10)) == 1 and not state(cast.now).stopped, (
        "money of elsewhere"
    )


@pytest.mark.rule("CAT-06", "VOI-01")
def test_unicom_lines_have_no_international_calls_in_or_out(cast: Cast) -> None:
    by = cast.clerk()
    card = cast.registered(by)
    there = home("101", "rq")
    cast.pay(by, choose(cast, by, card.id, offering="line-6869", number="68690001", where=there).id)
    cast.pay(by, choose(cast, by, card.id, offering="line-rent").id)
    barred, free = network("68690001"), network()
    assert (barred.international_out, barred.international_in) == (False, False)
    assert (free.international_out, free.international_in) == (True, True)
    assert barred.may_call and barred.caller_id


@pytest.mark.rule("BIL-02", "BIL-06", "LAW-11")
def test_who_has_no_mobile_number_is_called_and_the_announced_day_counts_from_the_call(cast: Cast) -> None:
    """A to-do of the hall, anew each day until somebody noted the call; nothing is sent; the line is stopped days after it."""
    by = cast.clerk()
    used_up(cast, by, phone="02988881234")
    assert remind_balances(at=cast.now) == 0, "once a day"
    (todo,) = to_call(cast, by)
    assert "没送到" in todo.words.zh and todo.href.startswith("/desk/messages/")
    assert stop_telephones(at=cast.later(days=1)) == 0 and to_call(cast, by) == [], "nobody was told"
    assert remind_balances(at=cast.now) == 1 and stop_telephones(at=cast.later(hours=20)) == 0
    (todo,) = to_call(cast, by)
    shown = message(int(todo.key), scope=EVERYWHERE)
    assert (shown.notice.to, shown.state.zh) == ("02988881234", "没有手机号，要打电话告知")
    tell_instead(notice_id=shown.notice.id, how="电话告知本人", by=cast.clerk(drawer=False), at=cast.now)
    assert to_call(cast, by) == [] and remind_balances(at=cast.later(days=2)) == 0
    assert stop_telephones(at=cast.later(days=4)) == 0 and stop_telephones(at=cast.later(days=1)) == 1
    assert state(cast.now).stopped


def to_call(cast: Cast, by: Actor) -> list[Todo]:
    return [one for one in todos(by=by, at=cast.now, limit=9, scope=by.scope) if one.kind == "message"]
