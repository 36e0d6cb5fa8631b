"""存根: looked through after the hand-in, written off by first and last number, spoilt papers among them (RCP-01, RCP-02)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from onehall.contexts.numbers import api as numbers
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Actor, NotFound, NotPermitted, Scope
from onehall.foundation.values.period import local
from onehall.journeys.check_stubs import check_stubs
from onehall.journeys.spoil_paper import spoil_paper
from onehall.readings.todos import todos
from onehall.readings.verification import verify_money
from onehall.steps.stubs import StubsRefused
from tests.cast import Cast, receipt_of
from tests.journeys.test_invoices import void
from tests.paper_trail import KEEPER, MANAGER, due, handed_in, keeper_named, written_off


def spoilt(cast: Cast, clerk: Actor, number: str, *, present: int = 3, reason: str = "卡纸") -> str:
    return spoil_paper(
        kind="receipt", number=number, copies_present=present, reason=reason, intent=uuid4(), by=clerk, at=cast.now
    )  # fmt: skip


def day_of_two(cast: Cast) -> tuple[Actor, list[str]]:
    """李敏 sells two lines, one of them void, spoils a paper in between, hands her drawer in."""
    clerk = cast.clerk()
    one = cast.new_line(clerk, "301", "bb4-month")
    first = receipt_of(one).number
    second = f"{int(first) + 1:07d}"
    spoilt(cast, clerk, second)
    cast.new_line(clerk, "302", "bb4-month")
    void(cast, one, clerk)
    cast.later(minutes=1)
    return clerk, [first, second, f"{int(first) + 2:07d}"]


def check(cast: Cast, keeper: Actor, stubs: int, voids: int, reason: str = "") -> Any:
    (one,) = due(cast, keeper.hall_id)
    seen = {one.book.id: numbers.StubsSeen(stubs, voids, reason)}
    return check_stubs(day=local(cast.now).date(), seen=seen, intent=uuid4(), by=keeper, at=cast.now)


@pytest.mark.rule("RCP-02", "RCP-01")
def test_after_the_hand_in_the_keeper_writes_first_and_last_off(cast: Cast) -> None:
    keeper = keeper_named(cast)
    clerk, papers = day_of_two(cast)
    with pytest.raises(StubsRefused) as selling:
        check(cast, keeper, 3, 2)
    assert "1 个钱箱没有交账" in selling.value.sentence("zh")
    handed_in(cast, clerk)
    with pytest.raises(numbers.StubsDiffer):
        check(cast, keeper, 2, 2)
    (line,) = check(cast, keeper, 3, 2)
    assert (line.first_number, line.last_number, line.papers, line.voids_due) == (papers[0], papers[2], 3, 2)
    assert due(cast, keeper.hall_id) == []
    assert verify_money(scope=Scope.operator(), row_by_row=True).sound
    fetch_all("set local session_replication_role = replica")
    fetch_all("update numbers_stubcheck set first = first + 1, last = last + 1 returning id")
    found = verify_money(scope=Scope.operator(), row_by_row=True).findings
    assert [(one.title.en, one.id) for one in found] == [("stubs written off are papers", papers[1])]
    fetch_all("update numbers_stubcheck set first = first - 1, last = last - 1 returning id")
    fetch_all("set local session_replication_role = origin")
    with pytest.raises(IntegrityError), transaction.atomic():
        fetch_all(
            "insert into numbers_stubcheck (book_id, day, first, last, stubs, voids, voids_due, reason, upto, by_id, at)"
            " select book_id, day, last + 2, last + 2, 1, 0, 0, '', upto, by_id, at from numbers_stubcheck returning id"
        )


@pytest.mark.rule("RCP-02")
def test_a_difference_stands_with_its_reason_for_good(cast: Cast) -> None:
    keeper = keeper_named(cast)
    clerk, _ = day_of_two(cast)
    handed_in(cast, clerk)
    (line,) = check(cast, keeper, 2, 1, "一张作废联被客户带走，已报财务")
    assert (line.stubs, line.voids, line.reason) == (2, 1, "一张作废联被客户带走，已报财务")
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        fetch_all("update numbers_stubcheck set stubs = 3 returning id")


@pytest.mark.rule("RCP-02")
def test_the_next_day_goes_on_where_the_last_one_ended(cast: Cast) -> None:
    keeper = keeper_named(cast)
    clerk, papers = day_of_two(cast)
    handed_in(cast, clerk)
    written_off(cast, keeper)
    cast.later(days=1)
    other = cast.clerk("0215", "2")
    receipt_of(cast.new_line(other, "401", "bb4-month"))
    handed_in(cast, other)
    (one,) = due(cast, keeper.hall_id)
    assert one.book.counter_id == other.counter_id and one.stubs == 1
    assert [line.papers for line in written_off(cast, keeper)] == [1]
    assert papers[2] not in {
        line.first_number for line in numbers.stubs_written_off(keeper.hall_id, limit=1, scope=keeper.scope)
    }


@pytest.mark.rule("RCP-02", "ORG-08")
def test_only_the_named_keeper_writes_off(cast: Cast) -> None:
    clerk, _ = day_of_two(cast)
    handed_in(cast, clerk)
    manager = cast.sign_in(MANAGER)
    with pytest.raises(StubsRefused) as unnamed:
        check(cast, manager, 3, 2)
    assert "还没有指定" in unnamed.value.sentence("zh")
    keeper_named(cast)
    with pytest.raises(StubsRefused):
        check(cast, manager, 3, 2)
    with pytest.raises(NotPermitted):
        check(cast, cast.sign_in("0231"), 3, 2)


@pytest.mark.rule("RCP-02", "ORD-13")
def test_pressed_twice_is_written_off_once(cast: Cast) -> None:
    keeper = keeper_named(cast)
    clerk, _ = day_of_two(cast)
    handed_in(cast, clerk)
    (one,) = due(cast, keeper.hall_id)
    seen, intent, day = {one.book.id: numbers.StubsSeen(3, 2)}, uuid4(), local(cast.now).date()
    first = check_stubs(day=day, seen=seen, intent=intent, by=keeper, at=cast.now)
    again = check_stubs(day=day, seen=seen, intent=intent, by=keeper, at=cast.now + timedelta(minutes=1))
    assert first == again and len(first) == 1
    with pytest.raises(StubsRefused) as stale:
        check_stubs(day=day, seen=seen, intent=uuid4(), by=keeper, at=cast.now)
    assert "请刷新" in stale.value.sentence("zh")


@pytest.mark.rule("RCP-02")
def test_it_is_the_keepers_to_do_until_it_is_done(cast: Cast) -> None:
    keeper = keeper_named(cast)
    clerk, _ = day_of_two(cast)
    handed_in(cast, clerk)

    def waiting(who: Actor) -> list[str]:
        found = todos(by=who, at=cast.now, limit=20, scope=who.scope)
        return [one.words.zh for one in found if one.kind == "stubs"]

    assert waiting(keeper) == [], "on the day itself the report may still grow"
    cast.later(days=1)
    keeper = cast.sign_in(KEEPER)
    assert waiting(keeper) == ["核对存根、销号"] and waiting(cast.sign_in(MANAGER)) == []
    written_off(cast, keeper)
    assert waiting(keeper) == []


@pytest.mark.rule("RCP-01")
def test_a_spoilt_paper_uses_its_number_up_and_no_sale_gets_it(cast: Cast) -> None:
    clerk = cast.clerk()
    first = receipt_of(cast.new_line(clerk, "301", "bb4-month")).number
    second, third = f"{int(first) + 1:07d}", f"{int(first) + 2:07d}"
    for bad in ({"present": 2}, {"reason": " "}):
        with pytest.raises(numbers.SpoiltRefused):
            spoilt(cast, clerk, second, **bad)  # type: ignore[arg-type]
    with pytest.raises(numbers.SpoiltRefused) as other:
        spoilt(cast, clerk, third)
    assert f"下一张是 {second}" in other.value.sentence("zh")
    assert spoilt(cast, clerk, second) == second
    assert receipt_of(cast.new_line(clerk, "302", "bb4-month")).number == third
    assert (
        verify_money(scope=Scope.operator()).sound
        and verify_money(scope=Scope.operator(), row_by_row=True).sound
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        fetch_all(
            "insert into numbers_spoiltpaper (book_id, number, copies, reason, by_id, at)"
            " select book_id, '0009999', 3, '伪', by_id, at from numbers_spoiltpaper returning id"
        )
    fetch_all("set local session_replication_role = replica")
    fetch_all("delete from numbers_spoiltpaper returning id")
    assert [one.id for one in verify_money(scope=Scope.operator()).findings] == [second], (
        "a number on no paper is a gap"
    )


@pytest.mark.rule("RCP-01")
def test_another_counters_book_is_not_spoilt_by_who_sits_at_none(cast: Cast) -> None:
    with pytest.raises(NotFound):
        spoilt(cast, cast.sign_in(MANAGER), "0042001")
    with pytest.raises(NotPermitted):
        spoilt(cast, cast.sign_in("0231"), "0042001")
