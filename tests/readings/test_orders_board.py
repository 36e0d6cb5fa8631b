"""The board's figures of orders say what each order's own state says, whatever happened to it and wherever a period begins."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import product
from uuid import uuid4

import pytest

from onehall.contexts.orders import api as orders
from onehall.contexts.orders.models import OrderArchive, OrderCompletion, OrderVoid, PaperEntry
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local
from onehall.journeys.hold_basket import hold_basket
from onehall.journeys.recharge_line import recharge_line
from onehall.journeys.resume_basket import resume_basket
from onehall.readings.board import business
from onehall.readings.orders_board import handling_times, orders_by_day, orders_listed
from tests.cast import Cast, dwelling
from tests.entrances.recharges import Portal, portal
from tests.entrances.test_portal import home
from tests.journeys.test_recharge_line import owner

__all__ = ["home", "portal"]

ALL = Scope.operator()
STATES = ("accepted", "completed", "archived", "void")


@pytest.fixture
def seen(cast: Cast) -> tuple[Cast, int]:
    """Two evenings and mornings of orders: completed or not, filed or not, taken back or not, in every mixture."""
    clerk = cast.clerk()
    mixtures = list(product((False, True), repeat=3))
    for number, (done, filed, back) in enumerate(mixtures):
        paid = cast.new_line(clerk, f"{number + 1}01")
        (order,) = orders.orders_of_basket(basket_id=paid.basket_id, scope=ALL)
        stamp = {"order_id": order.id, "by_id": clerk.user_id, "at": cast.now}
        if done:
            OrderCompletion.objects.create(**stamp)
        if filed:
            OrderArchive.objects.create(**stamp)
        if back:
            OrderVoid.objects.create(**stamp, reason="试")
        cast.later(hours=5)
    return cast, clerk.hall_id


def truth(hall: int, start: datetime, end: datetime) -> list[tuple[int, str, datetime]]:
    """Newest first, as the orders' own view tells."""
    rows = fetch_all(
        "select id, state, accepted_at from pub_orders_order where hall_id = %(hall)s and accepted_at >= %(start)s"
        " and accepted_at < %(end)s order by accepted_at desc, id desc",
        {"hall": hall, "start": start, "end": end},
    )
    return [(row["id"], row["state"], row["accepted_at"]) for row in rows]


@pytest.mark.rule("ORD-11")
def test_figures_and_lists_say_of_every_mixture_what_the_order_itself_says(seen: tuple[Cast, int]) -> None:
    cast, hall = seen
    for hours, ago in ((60, 0), (24, 0), (17, 6), (5, 20), (30, 11)):
        end = cast.now - timedelta(hours=ago)
        span = {"hall_id": hall, "start": end - timedelta(hours=hours), "end": end, "scope": ALL}
        told = truth(hall, span["start"], end)
        figures = Counter({(one.state, one.day): one.number for one in orders_by_day(**span)})
        assert figures == Counter((state, local(at).date()) for _, state, at in told)
        for state in STATES:
            wanted = [number for number, stands, _ in told if stands == state]
            assert [one.id for one in orders_listed(**span, state=state, limit=50)] == wanted, state
        still = [number for number, stands, _ in told if stands in ("accepted", "completed")]
        assert [one.id for one in orders_listed(**span, state="open", limit=50)] == still
        oldest = {
            one.oldest for one in orders_by_day(**span) if one.state in ("accepted", "completed", "void")
        }
        assert oldest <= {at for _, _, at in told}


@pytest.mark.rule("ORD-11")
def test_a_list_of_one_state_goes_on_where_the_page_ended(seen: tuple[Cast, int]) -> None:
    cast, hall = seen
    span = {"hall_id": hall, "start": cast.now - timedelta(days=9), "end": cast.now, "scope": ALL}
    for state in (*STATES, "open"):
        whole, found, after = orders_listed(**span, state=state, limit=50), [], ""
        while page := orders_listed(**span, state=state, after=after, limit=1):
            found += page
            after = page[-1].place
        assert found == whole, state


@pytest.mark.rule("ORD-11", "SEC-10")
def test_what_another_hall_sold_in_between_is_in_no_figure(cast: Cast) -> None:
    here, there = cast.clerk(), cast.clerk("0311", "1", hall="guandi")
    for number, by in enumerate((here, there, there, here), start=1):
        cast.new_line(by, f"{number}02")
        cast.later(minutes=5)
    for by in (here, there):
        span = {"hall_id": by.hall_id, "start": cast.now - timedelta(days=1), "end": cast.now, "scope": ALL}
        assert sum(handling_times(**span)) == 2
        assert sum(one.number for one in orders_by_day(**span)) == 2
        assert len(orders_listed(**span, state="open", limit=50)) == 2


def served(cast: Cast, by: Actor, party: PartyId, room: str, *, working: int, held: int = 0) -> orders.Order:
    """A new line in that room: so many seconds of work, and so many on hold in between."""
    basket = cast.basket(by, party, dwelling("dw", "1", "2", room), ("new_broadband", "bb20-year"))
    if held:
        hold_basket(basket_id=basket.id, reason="取证件", by=by, at=cast.now)
        resume_basket(basket_id=basket.id, by=by, at=cast.later(seconds=held))
    cast.later(seconds=working)
    (order,) = orders.orders_of_basket(basket_id=cast.pay(by, basket.id).basket_id, scope=ALL)
    return order


@pytest.mark.rule("ORD-11")
def test_the_slow_are_those_that_the_chart_counts_without_time_on_hold_and_without_paper(cast: Cast) -> None:
    clerk = cast.clerk()
    party = cast.registered(clerk).id
    served(cast, clerk, party, "101", working=179)
    slow = served(cast, clerk, party, "102", working=240)
    served(cast, clerk, party, "201", working=100, held=400)
    slower = served(cast, clerk, party, "202", working=181, held=30)
    typed = served(cast, clerk, party, "301", working=900)
    PaperEntry.objects.create(
        basket_id=typed.basket_id, hall_id=clerk.hall_id, number="S1", written_at=cast.now, written_by_id=clerk.user_id,
        incident="停电", hand_receipt="", typed_at=cast.now, typed_by_id=clerk.user_id,
    )  # fmt: skip
    cast.later(seconds=1)
    span = {"hall_id": clerk.hall_id, "start": cast.now - timedelta(days=1), "end": cast.now, "scope": ALL}
    assert [one.id for one in orders_listed(**span, slow=180, limit=50)] == [slower.id, slow.id]
    assert sum(handling_times(**span)[3:]) == 2 and sum(handling_times(**span)) == 4
    (first,) = orders_listed(**span, slow=180, limit=1)
    assert [one.id for one in orders_listed(**span, slow=180, after=first.place, limit=1)] == [slow.id]
    assert orders_listed(**span, slow=240, limit=50) == []


@pytest.mark.rule("ORD-11")
def test_how_long_he_took_to_pay_is_no_handling_time_of_the_hall(portal: Portal) -> None:
    by = portal.cast.clerk("0211", "4")
    for seconds in (3, 200):
        recharged = recharge_line(
            party_id=owner(portal.line), line_id=portal.line.id, amount=Money.yuan("50"), intent=uuid4(), by=by, at=portal.cast.now
        )  # fmt: skip
        portal.ask("20")
        portal.cast.later(seconds=seconds)
        portal.pay()
        assert "充值成功" in portal.press("query")
        portal.cast.pay(by, recharged.id)
    span = {
        "hall_id": by.hall_id,
        "start": portal.cast.now - timedelta(hours=1),
        "end": portal.cast.later(seconds=1),
    }
    today = business(hall_id=by.hall_id, limit=180, at=portal.cast.now, scope=ALL)
    assert (today.sales, today.taken, today.slow) == (4, Money.yuan("140"), 1)
    assert sum(number for _, number in today.by_hour) == 2 and today.seconds == pytest.approx(101.5, abs=1)
    times = handling_times(**span, scope=ALL)
    assert (sum(times), sum(times[3:])) == (2, 1)
    (slow,) = orders_listed(**span, slow=180, limit=9, scope=ALL)
    assert slow.amount == Money.yuan("50")
