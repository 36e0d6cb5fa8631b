"""The end of a shift: counted blind, handed in, confirmed by somebody else; only then may the clerk leave (CSH-01, CSH-03, LAW-40)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError

from onehall.contexts.custody import api as custody
from onehall.foundation.approvals import OwnRequest
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.scopes import Actor, NotFound, NotPermitted, Scope
from onehall.foundation.values.ids import DrawerId
from onehall.foundation.values.money import Money
from onehall.journeys.confirm_drawer import confirm_drawer
from onehall.journeys.count_drawer import count_drawer
from onehall.journeys.delegate_approvals import delegate_approvals
from onehall.journeys.hand_in_drawer import hand_in_drawer
from onehall.journeys.move_cash import move_cash
from onehall.journeys.open_drawer import open_drawer
from onehall.journeys.report_drawer import report_drawer
from onehall.journeys.sign_out import sign_out
from onehall.journeys.void_sale import void_sale
from onehall.steps.counting import CountTold
from tests.cast import Cast, count
from tests.journeys.at_once import at_once

EVERYWHERE = Scope.operator()
FLOAT = {10000: 4, 1000: 10}
SOLD = {10000: 12, 1000: 18}
"""The float and one year of broadband for 880.00."""


def drawer_of(by: Actor) -> custody.Drawer:
    found = custody.drawer_of_clerk(by.user_id, scope=EVERYWHERE)
    assert found is not None
    return found


def counted(cast: Cast, by: Actor, pieces: dict[int, int], intent: UUID | None = None) -> CountTold:
    return count_drawer(intent=intent or uuid4(), counted=pieces, by=by, at=cast.later(minutes=1))


def handed_in(cast: Cast, by: Actor, reason: str = "", intent: UUID | None = None) -> Money:
    return hand_in_drawer(intent=intent or uuid4(), reason=reason, by=by, at=cast.later(minutes=1))


def decided(
    cast: Cast,
    by: Actor,
    drawer: DrawerId,
    *,
    confirm: bool = True,
    note: str = "",
    intent: UUID | None = None,
) -> custody.Drawer:
    return confirm_drawer(
        drawer_id=drawer,
        confirm=confirm,
        note=note,
        intent=intent or uuid4(),
        by=by,
        at=cast.later(minutes=1),
    )


@pytest.mark.rule("CSH-03", "CSH-01")
def test_a_clerk_leaves_only_after_the_duty_manager_confirmed(cast: Cast) -> None:
    clerk, manager = cast.clerk(), cast.sign_in("0201")
    cast.new_line(clerk)
    shift = drawer_of(clerk)
    with pytest.raises(custody.DrawerNotSettled) as still_open:
        sign_out(by=clerk, at=cast.now)
    assert "还没有清点交账" in still_open.value.sentence("zh")
    assert counted(cast, clerk, SOLD).told == "agrees"
    assert handed_in(cast, clerk) == Money(0)
    with pytest.raises(custody.DrawerNotSettled) as waiting:
        sign_out(by=clerk, at=cast.now)
    assert "值班经理还没有确认" in waiting.value.sentence("zh")
    with pytest.raises(custody.DrawerOpen):
        open_drawer(intent=uuid4(), counted=FLOAT, remark="", by=clerk, at=cast.now)
    closed = decided(cast, manager, shift.id)
    assert (closed.closed_at, closed.confirmed_by) == (cast.now, manager.user_id)
    sign_out(by=clerk, at=cast.later(minutes=1))
    (paper,) = documents_of("drawer", shift.id, scope=clerk.scope)
    assert paper.serial == f"Z{shift.id}"
    assert paper.content["grids"][0]["rows"][0][7]["fen"] == 138_000
    again = cast.sign_in("0213", counter="3")
    assert open_drawer(intent=uuid4(), counted=FLOAT, remark="", by=again, at=cast.now).id != shift.id


@pytest.mark.rule("LAW-40")
def test_a_count_is_blind_until_it_was_repeated_and_then_needs_its_reason(cast: Cast) -> None:
    clerk = cast.clerk()
    cast.new_line(clerk)
    first = counted(cast, clerk, {**SOLD, 1000: 17})
    assert (first.told, first.difference) == ("count_again", None)
    with pytest.raises(custody.CountRefused) as once_only:
        handed_in(cast, clerk, "少收一张")
    assert "没有复点" in once_only.value.sentence("zh")
    second = counted(cast, clerk, {**SOLD, 1000: 17})
    assert (second.told, second.difference) == ("differs", Money.yuan("-10"))
    with pytest.raises(custody.CountRefused) as unexplained:
        handed_in(cast, clerk)
    assert unexplained.value.field == "reason"
    assert handed_in(cast, clerk, "找零多付 10 元") == Money.yuan("-10")
    counts = custody.drawer_counts(drawer_of(clerk).id, scope=EVERYWHERE)
    assert [(one.turn, one.difference) for one in counts] == [(1, Money(-1000)), (2, Money(-1000))]


@pytest.mark.rule("CSH-03")
def test_money_that_moves_after_the_count_makes_it_worthless(cast: Cast) -> None:
    clerk = cast.clerk()
    counted(cast, clerk, FLOAT)
    cast.new_line(clerk)
    with pytest.raises(custody.CountRefused) as stale:
        handed_in(cast, clerk)
    assert "重新清点" in stale.value.alternative("zh")
    counted(cast, clerk, SOLD)
    handed_in(cast, clerk)


@pytest.mark.rule("CSH-01", "CSH-03")
def test_nothing_passes_through_a_drawer_that_is_handed_in(cast: Cast) -> None:
    clerk = cast.clerk()
    paid = cast.new_line(clerk)
    counted(cast, clerk, SOLD)
    handed_in(cast, clerk)
    with pytest.raises(custody.NoOpenDrawer):
        cast.new_line(clerk, "301")
    with pytest.raises(custody.NoOpenDrawer):
        move_cash(intent=uuid4(), direction="in", amount=Money(100), reason="添零", by=clerk, at=cast.now)
    with pytest.raises(custody.NoOpenDrawer):
        void_sale(
            payment_id=paid.payment_id, reason="收错", copies_present=3, intent=uuid4(), by=clerk, at=cast.now
        )
    with pytest.raises(custody.CountRefused):
        counted(cast, clerk, SOLD)
    with pytest.raises(custody.CountRefused):
        handed_in(cast, clerk)


@pytest.mark.rule("CSH-03")
def test_what_is_sent_back_is_counted_again_and_sells_again(cast: Cast) -> None:
    clerk, manager = cast.clerk(), cast.sign_in("0201")
    counted(cast, clerk, FLOAT)
    handed_in(cast, clerk)
    shift = drawer_of(clerk)
    with pytest.raises(custody.CountRefused) as unexplained:
        decided(cast, manager, shift.id, confirm=False)
    assert unexplained.value.field == "note"
    decided(cast, manager, shift.id, confirm=False, note="还有客户在等")
    with pytest.raises(custody.CountRefused):
        handed_in(cast, clerk)
    cast.new_line(clerk)
    counted(cast, clerk, SOLD)
    handed_in(cast, clerk)
    assert decided(cast, manager, shift.id).closed_at is not None
    steps = custody.drawer_steps(shift.id, scope=EVERYWHERE)
    assert [step.kind for step in steps] == ["handed_in", "returned", "handed_in", "confirmed"]


@pytest.mark.rule("CSH-03", "SEC-04")
def test_nobody_confirms_their_own_drawer_by_any_way(cast: Cast) -> None:
    manager, clerk = cast.clerk("0201", "4"), cast.clerk()
    counted(cast, manager, FLOAT)
    handed_in(cast, manager)
    shift = drawer_of(manager)
    with pytest.raises(OwnRequest):
        decided(cast, manager, shift.id)
    with pytest.raises(NotPermitted):
        decided(cast, clerk, shift.id)
    delegate_approvals(
        to_staff_no="0213", start=cast.now, end=cast.now + timedelta(days=1), reason="替我", intent=uuid4(),
        by=manager, at=cast.now,
    )  # fmt: skip
    with pytest.raises(OwnRequest):
        decided(cast, clerk, shift.id)
    with pytest.raises(NotPermitted):
        decided(cast, replace(cast.sign_in("0101"), token_id=7), shift.id)
    assert decided(cast, cast.sign_in("0101"), shift.id).closed_at is not None


@pytest.mark.rule("CSH-03", "SEC-10")
def test_another_halls_drawer_is_not_found(cast: Cast) -> None:
    clerk = cast.clerk()
    counted(cast, clerk, FLOAT)
    handed_in(cast, clerk)
    stranger = cast.sign_in("0311", hall="guandi", counter="1")
    with pytest.raises(NotFound):
        decided(cast, stranger, drawer_of(clerk).id)


@pytest.mark.rule("LAW-40", "CSH-03")
def test_the_difference_is_kept_for_good_and_the_database_refuses_the_clerks_own_hand(cast: Cast) -> None:
    clerk, manager = cast.clerk(), cast.sign_in("0201")
    for _ in range(2):
        counted(cast, clerk, {**FLOAT, 1000: 11})
    handed_in(cast, clerk, "客户没拿找零")
    shift = drawer_of(clerk)
    with pytest.raises(IntegrityError), transaction():
        fetch_all(
            "update custody_drawersession set closed_at = %s, confirmed_by_id = by_id where id = %s returning id",
            [cast.now, shift.id],
        )
    decided(cast, manager, shift.id, note="核对监控属实")
    step = custody.drawer_steps(shift.id, scope=EVERYWHERE)[-1]
    assert (step.kind, step.difference, step.reason) == ("confirmed", Money.yuan("10"), "核对监控属实")
    for statement in (
        "update custody_drawerstep set difference = 0 returning id",
        "delete from custody_drawerstep returning id",
        "update custody_drawercount set amount = expected returning id",
        "update custody_drawersession set closed_at = null, confirmed_by_id = null, handed_in_at = null returning id",
    ):
        with pytest.raises(ProgrammingError, match="Cannot"), transaction():
            fetch_all(statement)


@pytest.mark.rule("LAW-40")
def test_x_and_z_are_the_same_paper_from_the_same_figures(cast: Cast) -> None:
    clerk, manager = cast.clerk(), cast.sign_in("0201")
    cast.new_line(clerk)
    shift = drawer_of(clerk)
    with pytest.raises(NotPermitted):
        report_drawer(drawer_id=shift.id, by=clerk, at=cast.now)
    x = report_drawer(drawer_id=shift.id, by=manager, at=cast.later(minutes=1))
    counted(cast, clerk, SOLD)
    handed_in(cast, clerk)
    decided(cast, manager, shift.id)
    z = documents_of("drawer", shift.id, scope=EVERYWHERE)[-1]
    assert (x.serial, z.serial) == (f"X{shift.id}", f"Z{shift.id}")
    assert x.content["grids"][0] == z.content["grids"][0]


@pytest.mark.rule("CSH-01")
def test_the_same_key_pressed_twice_is_one_count_one_hand_in_one_confirmation(cast: Cast) -> None:
    clerk, manager, keys = cast.clerk(), cast.sign_in("0201"), [uuid4() for _ in range(3)]
    for _ in range(2):
        counted(cast, clerk, FLOAT, keys[0])
    for _ in range(2):
        handed_in(cast, clerk, intent=keys[1])
    shift = drawer_of(clerk)
    for _ in range(2):
        decided(cast, manager, shift.id, intent=keys[2])
    assert (count("custody_drawercount"), count("custody_drawerstep")) == (1, 2)


@pytest.mark.rule("CSH-03")
def test_two_managers_and_a_sale_at_the_same_instant(real_cast: Cast) -> None:
    clerk, manager, other = real_cast.clerk(), real_cast.sign_in("0201"), real_cast.sign_in("0101")
    card = real_cast.registered(clerk)
    counted(real_cast, clerk, FLOAT)
    shift = drawer_of(clerk)
    at = real_cast.later(minutes=1)

    def moved() -> custody.Moved:
        return move_cash(intent=uuid4(), direction="in", amount=Money(100), reason="添零", by=clerk, at=at)

    def over() -> Money:
        return hand_in_drawer(intent=uuid4(), reason="", by=clerk, at=at)

    first, second = at_once(moved, over)
    assert isinstance(first, custody.NoOpenDrawer) != isinstance(second, custody.CountRefused), (
        first,
        second,
    )
    if isinstance(second, custody.CountRefused):
        counted(real_cast, clerk, {**FLOAT, 100: 1})
        handed_in(real_cast, clerk)

    def confirming(by: Actor) -> Callable[[], custody.Drawer]:
        return lambda: decided(real_cast, by, shift.id)

    answers = at_once(confirming(manager), confirming(other))
    assert sorted(type(one).__name__ for one in answers) == ["CountRefused", "Drawer"]
    assert count("custody_drawerstep", "kind = 'confirmed'") == 1 and card.id
