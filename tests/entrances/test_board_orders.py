"""Orders on the board: what the charts find, the lists they open, and the day's sample (ORD-11, ORD-17)."""

import re

import pytest

from onehall.contexts.orders import api as orders
from onehall.contexts.orders.models import OrderCheck
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local
from onehall.journeys.issue_acceptance_form import issue_acceptance_form
from onehall.journeys.sign_acceptance import sign_acceptance
from tests.entrances.board_room import CLERK, BoardRoom, post, room, words

__all__ = ["room"]
ALL = Scope.operator()


def sold(room: BoardRoom, *rooms: str) -> list[orders.Order]:
    """A line in each room, five minutes after the other."""
    found = []
    for number in rooms:
        paid = room.cast.new_line(room.clerk, number)
        found += orders.orders_of_basket(basket_id=paid.basket_id, scope=ALL)
        room.cast.later(minutes=5)
    return found


@pytest.mark.rule("ORD-11")
def test_charts_say_what_they_found_and_each_column_opens_its_list(room: BoardRoom) -> None:
    sold(room, "501", "502")
    room.cast.later(days=3)
    sold(room, "401")
    manager = room.browser()
    page = words(manager.get("/board/orders/?days=7"))
    for finding in ("受理 3 单，3 单还没归档", "等得最久的 3 天", "最忙，2 单", "超过 180 秒的时限"):
        assert finding in page, finding
    columns = re.findall(r'<a href="(/board/orders/list[^"]+)" aria-label="([^"]+): (\d+)"', page)
    assert len(columns) > 12
    for href, label, number in columns:
        rows = words(manager.get(href.replace("&amp;", "&"))).count("<tr><td>")
        if "state=accepted" in href or "day=" in href:
            assert rows == int(number), f"{label}: {href}"


@pytest.mark.rule("ORD-11")
def test_the_list_goes_on_from_page_to_page_without_a_gap_or_a_repetition(
    room: BoardRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sold(room, *(f"{floor}0{flat}" for floor in (1, 2) for flat in (1, 2, 3)))
    monkeypatch.setattr("onehall.entrances.board.orders.views.SIZE", 4)
    manager, href, seen = room.browser(), "/board/orders/list?days=1", []
    while href:
        page = words(manager.get(href))
        seen += re.findall(r'href="/desk/orders/(\d+)"', page)
        following = re.search(r'href="([^"]+)" data-key="ArrowRight"', page)
        href = following[1].replace("&amp;", "&") if following else ""
    assert seen == [str(order.id) for order in reversed(made)]
    assert "王*国" in page or "王＊国" in page or "王建国" not in page


@pytest.mark.rule("SEC-10")
def test_another_halls_orders_are_in_no_figure_and_a_made_up_address_is_no_error(room: BoardRoom) -> None:
    sold(room, "501")
    elsewhere = room.browser("0241", hall="guandi")
    assert "受理 0 单" in words(elsewhere.get("/board/orders/"))
    assert "这段时间没有这样的订单" in words(elsewhere.get("/board/orders/list?days=90"))
    for odd in ("days=x&state=y&day=z&slow=9&after=~", "after=2026-11-21~x", "day=2026-02-30"):
        assert room.browser().get(f"/board/orders/list?{odd}").status_code == 200


@pytest.mark.rule("ORD-17")
def test_the_sample_shows_what_is_missing_and_keeps_the_first_result(room: BoardRoom) -> None:
    good, bad = sold(room, "501", "502")
    for step in (issue_acceptance_form, sign_acceptance):
        more = {"method": "paper", "pad": None} if step is sign_acceptance else {}
        step(basket_id=good.basket_id, by=room.clerk, at=room.cast.now, **more)  # type: ignore[operator]
    manager, day = room.browser(), local(room.cast.now).date()
    page = words(manager.get(f"/board/samples/?day={day}"))
    assert "没有签名" in page and "当天没出受理单" in page and "签名、受理单都有" in page
    assert "还剩 2 张没查" in page
    assert post(manager, f"/board/samples/{good.id}", good="0", note=" ").status_code == 400
    assert post(manager, f"/board/samples/{good.id}", good="1").status_code == 303
    assert post(manager, f"/board/samples/{bad.id}", good="0", note="签名补签").status_code == 303
    assert post(manager, f"/board/samples/{bad.id}", good="1").status_code == 303
    assert {(one.order_id, one.good) for one in OrderCheck.objects.all()} == {
        (good.id, True),
        (bad.id, False),
    }
    assert OrderCheck.objects.get(pk=bad.id).faults == ["unsigned", "late_form"]
    page = words(manager.get(f"/board/samples/?day={day}"))
    assert "还剩 0 张没查，有问题 1 张" in page and "签名补签" in page
    assert post(room.browser(CLERK), f"/board/samples/{bad.id}", good="1").status_code == 403


@pytest.mark.rule("ORD-17")
def test_an_order_outside_the_sample_is_not_checked(room: BoardRoom) -> None:
    made = sold(room, *(f"{floor}0{flat}" for floor in (1, 2) for flat in (1, 2, 3)))
    manager, day = room.browser(), local(room.cast.now).date()
    drawn = orders.sampled([order.id for order in made], day=day, size=5)
    (left,) = [order for order in made if order.id not in drawn]
    assert post(manager, f"/board/samples/{left.id}", good="1").status_code == 404
    assert words(manager.get("/board/samples/")).count('action="/board/samples/') == 5 + 1
