"""先外后内、先急后缓 The order of what waits (ORD-16)."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onehall.foundation.todos import Todo, WaitsFor, in_order
from onehall.foundation.values.text import Text

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
MOMENTS = st.integers(-50, 50).map(lambda hours: AT + timedelta(hours=hours))


@st.composite
def todo(draw: st.DrawFn) -> Todo:
    return Todo(
        kind=draw(st.sampled_from(["enquiry", "dispatch", "notice"])), key=str(draw(st.integers(0, 999))),
        words=Text("事", "thing"), href="/", waits_for=draw(st.sampled_from(WaitsFor)), since=draw(MOMENTS),
        due=draw(st.none() | MOMENTS), rank=draw(st.integers(0, 4)),
    )  # fmt: skip


@pytest.mark.rule("ORD-16")
@settings(deadline=None)
@given(st.lists(todo(), max_size=30))
def test_customers_come_before_colleagues_before_paper_and_the_urgent_before_the_slow(
    todos: list[Todo],
) -> None:
    ordered = in_order(todos)
    assert sorted(map(repr, ordered)) == sorted(map(repr, todos)), "nothing is lost and nothing added"
    for first, second in itertools.pairwise(ordered):
        assert first.waits_for <= second.waits_for
        if first.waits_for == second.waits_for:
            assert first.rank >= second.rank, "whoever stands ahead comes first among those who wait alike"
        if (first.waits_for, first.rank) == (second.waits_for, second.rank):
            assert first.due is not None or second.due is None, "what has a limit comes before what has none"
            if first.due and second.due:
                assert first.due <= second.due
            if first.due == second.due:
                assert first.since <= second.since


@pytest.mark.rule("ORD-16")
@settings(deadline=None)
@given(st.lists(todo(), max_size=20), st.randoms())
def test_the_order_does_not_depend_on_where_things_were_read_first(todos: list[Todo], chance: object) -> None:
    shuffled = list(todos)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    once, again = in_order(todos), in_order(shuffled)
    assert [(t.waits_for, t.rank, t.due, t.since, t.kind, t.key) for t in once] == [
        (t.waits_for, t.rank, t.due, t.since, t.kind, t.key) for t in again
    ]


@pytest.mark.rule("ORD-16")
def test_a_late_notice_waits_behind_a_customer_who_just_came() -> None:
    notice = Todo(
        "notice",
        "1",
        Text("通知", "notice"),
        "/",
        WaitsFor.PAPER,
        AT - timedelta(days=9),
        AT - timedelta(days=5),
    )
    customer = Todo("enquiry", "2", Text("咨询", "enquiry"), "/", WaitsFor.CUSTOMER, AT)
    colleague = Todo(
        "approval", "3", Text("审批", "approval"), "/", WaitsFor.COLLEAGUE, AT, AT + timedelta(days=3)
    )
    assert [one.kind for one in in_order([notice, colleague, customer])] == ["enquiry", "approval", "notice"]
    assert notice.late(AT) and not customer.late(AT) and not colleague.late(AT)
