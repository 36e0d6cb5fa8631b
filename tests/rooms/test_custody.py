"""Nothing passes over the counter without an open drawer, and a drawer's figures follow one formula."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import ProgrammingError, connection, connections

from onehall.contexts.custody.api import (
    Drawer,
    DrawerOpen,
    DrawerShort,
    FloatDiffers,
    NoOpenDrawer,
    NotAMovement,
    Passed,
    Standing,
    drawer,
    drawer_balance,
    drawer_of_clerk,
    drawer_of_counter,
    drawer_standing,
    open_drawer,
    open_drawers,
    pay_out,
    put_in,
    take_in,
    take_out,
)
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import CounterId, DrawerId
from onehall.foundation.values.money import Money
from tests.rooms.till import LATER, NOON, Till, accounts, till

FLOAT = Money.yuan("200.00")
COUNTED = {5000: 2, 1000: 8, 500: 3, 100: 5}


@pytest.fixture
def desk(db: None) -> Iterator[Till]:
    accounts()
    yield till()
    connection.check_constraints()


def opened(desk: Till) -> Drawer:
    return open_drawer(
        hall=desk.hall,
        counter=desk.counter,
        counted=COUNTED,
        expected=FLOAT,
        remark="",
        by=desk.clerk,
        at=NOON,
    )


def lay_in(desk: Till, due: str = "560.00", handed: str = "600.00") -> DrawerId:
    paid = desk.pay(due, handed)
    return take_in(
        counter=desk.counter, payment=paid.payment, by=desk.clerk, at=NOON,
        passed=[Passed("cash", Money.yuan(handed), paid.change)],
    )  # fmt: skip


@pytest.mark.rule("CSH-01")
def test_a_shift_opens_with_its_counted_float(desk: Till) -> None:
    shift = opened(desk)
    assert drawer_of_counter(desk.counter, scope=desk.clerk.scope) == shift
    assert drawer_of_clerk(desk.clerk.user_id, scope=desk.clerk.scope) == shift
    assert open_drawers(scope=desk.clerk.scope) == (shift,)
    assert shift.counted == COUNTED
    assert drawer_balance(shift.id, scope=desk.clerk.scope) == FLOAT


@pytest.mark.rule("CSH-01")
def test_nothing_is_sold_without_an_open_drawer_of_ones_own(desk: Till) -> None:
    with pytest.raises(NoOpenDrawer), transaction():
        lay_in(desk)
    opened(desk)
    stranger = till(no="2", staff_no="0214", name="周敏", hall=desk.hall)
    with pytest.raises(NoOpenDrawer), transaction():
        lay_in(replace(desk, clerk=stranger.clerk))
    with pytest.raises(NoOpenDrawer), transaction():
        lay_in(replace(desk, counter=stranger.counter))
    lay_in(desk)


@pytest.mark.rule("CSH-01")
def test_a_closed_drawer_takes_nothing_more(desk: Till) -> None:
    shift = opened(desk)
    keeper = till(no="9", staff_no="0201", name="周敏", hall=desk.hall).clerk.user_id
    fetch_all(
        "update custody_drawersession set handed_in_at = %(at)s, closed_at = %(at)s, confirmed_by_id = %(by)s"
        " where id = %(id)s returning id",
        {"at": LATER, "by": keeper, "id": shift.id},
    )
    with pytest.raises(NoOpenDrawer), transaction():
        lay_in(desk)
    assert drawer_of_counter(desk.counter, scope=desk.clerk.scope) is None
    assert drawer(shift.id, scope=desk.clerk.scope).closed_at == LATER


@pytest.mark.rule("CSH-01")
def test_a_counter_and_a_clerk_have_one_open_drawer_each(desk: Till) -> None:
    opened(desk)
    other = till(no="2", staff_no="0214", name="周敏", hall=desk.hall)
    with pytest.raises(DrawerOpen), transaction():
        opened(replace(desk, clerk=other.clerk))
    with pytest.raises(DrawerOpen), transaction():
        opened(replace(desk, counter=other.counter))
    opened(other)


@pytest.mark.rule("LAW-40")
def test_a_float_that_differs_is_explained_and_kept_apart(desk: Till) -> None:
    short = {**COUNTED, 5000: 1}
    facts = {
        "hall": desk.hall,
        "counter": desk.counter,
        "counted": short,
        "expected": FLOAT,
        "by": desk.clerk,
        "at": NOON,
    }
    with pytest.raises(FloatDiffers), transaction():
        open_drawer(**facts, remark="")
    shift = open_drawer(**facts, remark="昨日找零多付 50 元")
    assert shift.opening_difference == Money.yuan("-50.00")
    assert drawer_balance(shift.id, scope=desk.clerk.scope) == Money.yuan("150.00")


@pytest.mark.rule("LAW-40", "CSH-01")
def test_a_drawer_stands_at_float_and_takings_less_change_refunds_and_deposits(desk: Till) -> None:
    shift = opened(desk)
    lay_in(desk, "560.00", "600.00")
    lay_in(desk, "50.00", "50.00")
    back = desk.pay("30.00", "50.00")
    take_in(
        counter=desk.counter, payment=back.payment, by=desk.clerk, at=NOON,
        passed=[Passed("cash", Money.yuan("50"), Money.yuan("20"))],
    )  # fmt: skip
    pay_out(
        counter=desk.counter,
        payment=back.payment,
        refunds=[("cash", Money.yuan("30"))],
        by=desk.clerk,
        at=LATER,
    )
    put_in(counter=desk.counter, amount=Money.yuan("100"), reason="添零", by=desk.clerk, at=LATER)
    moved = take_out(counter=desk.counter, amount=Money.yuan("500"), reason="上缴", by=desk.clerk, at=LATER)

    yuan = Money.yuan
    assert drawer_standing(shift.id, scope=desk.clerk.scope) == (
        Standing("cash", FLOAT, yuan("700"), yuan("60"), yuan("30"), yuan("100"), yuan("500"), 3, 1),
    )
    assert moved.balance == drawer_balance(shift.id, scope=desk.clerk.scope) == yuan("410.00")


@pytest.mark.rule("LAW-40")
def test_other_means_stand_beside_the_cash(desk: Till) -> None:
    shift = opened(desk)
    paid = desk.pay()
    take_in(
        counter=desk.counter, payment=paid.payment, by=desk.clerk, at=NOON,
        passed=[Passed("card", Money.yuan("500"), Money(0)), Passed("cash", Money.yuan("100"), Money.yuan("40"))],
    )  # fmt: skip
    cash, card = drawer_standing(shift.id, scope=desk.clerk.scope)
    assert (cash.means, cash.balance) == ("cash", Money.yuan("260"))
    assert (card.means, card.opening, card.balance) == ("card", Money(0), Money.yuan("500"))


@pytest.mark.rule("LAW-40")
def test_no_more_goes_out_than_lies_in_the_drawer(desk: Till) -> None:
    shift = opened(desk)
    with pytest.raises(DrawerShort) as refused, transaction():
        take_out(counter=desk.counter, amount=FLOAT + Money(1), reason="上缴", by=desk.clerk, at=LATER)
    said = refused.value.sentence("zh")
    assert "200.01" in said and "200.00" not in said
    paid = desk.pay()
    with pytest.raises(DrawerShort), transaction():
        pay_out(
            counter=desk.counter,
            payment=paid.payment,
            refunds=[("cash", paid.amount)],
            by=desk.clerk,
            at=LATER,
        )
    assert take_out(
        counter=desk.counter, amount=FLOAT, reason="上缴", by=desk.clerk, at=LATER
    ).balance == Money(0)
    assert drawer_balance(shift.id, scope=desk.clerk.scope) == Money(0)


@pytest.mark.parametrize("verb", [put_in, take_out])
@pytest.mark.parametrize(("amount", "reason"), [("0", "添零"), ("-5", "添零"), ("5", "")])
def test_cash_does_not_move_without_amount_or_reason(
    desk: Till, verb: object, amount: str, reason: str
) -> None:
    opened(desk)
    with pytest.raises(NotAMovement), transaction():
        verb(counter=desk.counter, amount=Money.yuan(amount), reason=reason, by=desk.clerk, at=NOON)  # type: ignore[operator]


@pytest.mark.rule("CSH-01")
@pytest.mark.parametrize(
    "statement",
    [
        "update custody_drawerentry set amount = amount + 1, received = received + 1",
        "delete from custody_drawerentry",
        "update custody_drawersession set opening_float = 0, remark = '改过'",
        "delete from custody_drawersession",
    ],
)
def test_the_database_refuses_to_alter_a_drawers_past(desk: Till, statement: str) -> None:
    opened(desk)
    lay_in(desk)
    with pytest.raises(ProgrammingError, match="Cannot"), transaction():
        fetch_all(statement)


def test_another_halls_drawer_is_not_found(desk: Till) -> None:
    shift = opened(desk)
    stranger = Scope.of(desk.hall + 1)
    with pytest.raises(NotFound):
        drawer_standing(shift.id, scope=stranger)
    assert drawer_of_counter(desk.counter, scope=stranger) is None
    assert open_drawers(scope=stranger) == ()
    assert drawer_of_counter(CounterId(desk.counter + 1000), scope=desk.clerk.scope) is None


@pytest.mark.rule("CSH-01")
def test_two_who_open_one_counter_at_the_same_instant(real_db: str) -> None:
    with transaction():
        desk = till()
        other = till(no="2", staff_no="0214", name="周敏", hall=desk.hall)

    def attempt(one: Till) -> str:
        try:
            with transaction():
                opened(replace(one, counter=desk.counter))
            return "open"
        except DrawerOpen:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, [desk, other])) == ["open", "refused"]


@pytest.mark.rule("LAW-40")
def test_the_same_notes_are_not_deposited_twice(real_db: str) -> None:
    with transaction():
        desk = till()
        shift = opened(desk)

    def attempt(_: int) -> str:
        try:
            with transaction():
                take_out(
                    counter=desk.counter, amount=Money.yuan("150"), reason="上缴", by=desk.clerk, at=LATER
                )
            return "out"
        except DrawerShort:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, range(2))) == ["out", "refused"]
    assert drawer_balance(shift.id, scope=Scope.operator()) == Money.yuan("50")
