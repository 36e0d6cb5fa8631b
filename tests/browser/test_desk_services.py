"""Every change of a line with the keyboard alone, in strokes that are counted from the empty desk."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Actor, Scope
from tests.browser.desk_room import DeskRoom, Hands, Household, no_sideways, room

__all__ = ["room"]
pytestmark = pytest.mark.parts("chromium")

STROKES = 25


def living(room: DeskRoom, by: Actor, offering: str = "bb20-year") -> Household:
    """Somebody whose term began a month ago and whose installation is behind them."""
    found = room.household(by, offering=offering)
    line = line_of(found)
    assert line.order_id is not None
    case = fieldwork.work_order_of(line.order_id, scope=Scope.operator())
    assert case is not None
    with transaction():
        moved = subscriptions.move_start(
            subscription_id=line.id, order_id=line.order_id, finished=room.cast.now - timedelta(days=30),
            rule="installation", by=by, at=room.cast.now,
        )  # fmt: skip
        starts = {old.start: new.start for old, new in moved}
        provisioning.move_access(
            account=line.account_name, starts=starts, valid_until=moved[-1][1].end, at=room.cast.now
        )
        fieldwork.withdraw_work_order(work_order_id=case.id, reason="已装好", by=by, at=room.cast.now)
    return found


def line_of(found: Household) -> subscriptions.Subscription:
    return subscriptions.subscriptions_of(party_id=found.party_id, scope=Scope.operator())[0]


def found_by(page: Page, found: Household) -> Hands:
    """From the empty desk to the customer's page, verified."""
    hands = Hands(page)
    hands.press("Control+k")
    hands.type(found.digits)
    expect(page.locator("[role=option]").first).to_contain_text(found.name)
    hands.press("Enter")
    expect(page.get_by_text("为什么打开这位客户的资料")).to_be_visible()
    hands.press("1")
    expect(page.locator("#options .act").first).to_be_visible()
    return hands


def paid(page: Page, hands: Hands, due: str) -> None:
    expect(page.locator(".due")).to_have_text(f"¥{due}")
    hands.press("F9")
    expect(page.locator(".figures")).to_contain_text(f"¥{due}")
    assert hands.strokes <= STROKES, hands.strokes


@pytest.mark.rule("ORD-01", "CHG-03")
def test_a_suspension_takes_a_few_strokes(room: DeskRoom) -> None:
    li_min = room.clerk()
    found = living(room, li_min)
    page = room.page(li_min)
    hands = found_by(page, found)
    rest = page.locator("[name=choice]", has_text="停机保号 3 个月")
    hands.press(rest.get_attribute("data-key") or "")
    expect(page.locator("#basket")).to_contain_text("到期顺延至")
    paid(page, hands, "10.00")
    assert line_of(found).resting is not None


@pytest.mark.rule("ORD-01", "CHG-04", "FEE-01")
def test_a_move_asks_where_to_keeps_what_was_typed_and_is_paid_with_the_rest(room: DeskRoom) -> None:
    li_min = room.clerk()
    found, there = living(room, li_min), room.room()
    page = room.page(li_min)
    hands = found_by(page, found)
    hands.press(page.locator("a.act", has_text="移机").get_attribute("data-key") or "")
    expect(page.locator("[name=address]")).to_be_focused()
    page.keyboard.type("曲江观邸 1-1-101")
    page.keyboard.press("Enter")
    expect(page.locator("#refusal .notice")).to_contain_text("CHG-04")
    expect(page.locator("[name=address]")).to_have_value("曲江观邸 1-1-101")
    no_sideways(page)
    page.locator("[name=address]").fill("")
    hands.type(there)
    hands.press("Enter")
    expect(page.locator("#basket")).to_contain_text("→")
    paid(page, hands, "30.00")
    assert line_of(found).dwelling_id != found.home


@pytest.mark.rule("ORD-01", "CAT-02")
def test_another_speed_is_booked_in_a_few_strokes(room: DeskRoom) -> None:
    li_min = room.clerk()
    found = living(room, li_min, "bb4-year")
    page = room.page(li_min)
    hands = found_by(page, found)
    faster = page.locator("[name=choice]", has_text="到期改速率 宽带20M包年")
    key = faster.get_attribute("data-key")
    if key:
        hands.press(key)
    else:
        focused = "document.activeElement.value || ''"
        while page.evaluate(focused) != "speed_change:bb20-year":
            hands.press("ArrowDown")
        hands.press("Enter")
    paid(page, hands, "880.00")
    assert line_of(found).terms[-1].offering == "bb20-year"


@pytest.mark.rule("CHG-07", "LAW-05")
def test_leaving_is_asked_about_by_keyboard_and_who_stays_is_one_key(room: DeskRoom) -> None:
    li_min = room.clerk()
    found = living(room, li_min)
    page = room.page(li_min)
    hands = found_by(page, found)
    hands.press("0")
    expect(page.locator("[name=cause]")).to_be_focused()
    hands.press("ArrowDown", "ArrowDown", "Enter")
    expect(page.locator("[name=reason]")).to_be_focused()
    hands.copy("嫌贵")
    hands.press("Enter")
    hands.copy("换半年套餐")
    hands.press("F8")
    expect(page.locator(".svc").first).to_be_visible()
    assert line_of(found).ending is None and hands.strokes <= STROKES
    page.keyboard.press("0")
    expect(page.locator("[name=cause]")).to_be_focused()
    page.keyboard.press("F6")
    expect(page.get_by_text("LAW-05").first).to_be_visible()
    expect(page.locator("[name=reason]")).to_have_count(0)
