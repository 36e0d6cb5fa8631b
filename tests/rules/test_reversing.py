"""When an earlier sale may be taken back whole, and how its paper is undone."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.invoicing.api import MoreThanAll, Undoing, undoing
from onehall.contexts.ledger.api import Means, UndoneAlready
from onehall.foundation.values.period import CHINA
from onehall.foundation.values.text import Text
from onehall.steps.reversing import (
    Part,
    ReversalReason,
    ReversalRefused,
    Sold,
    reason_kept,
    refusal_of,
)

NOW = datetime(2026, 11, 24, 9, tzinfo=CHINA)
NAME = Text("宽带", "broadband")
moments = st.timedeltas(min_value=timedelta(days=-400), max_value=timedelta(days=400)).map(NOW.__add__)
parts = st.builds(Part, name=st.just(NAME), finished=st.booleans(), starts_at=st.one_of(st.none(), moments))
sales = st.builds(
    Sold,
    undone=st.booleans(),
    means=st.frozensets(st.sampled_from(Means), min_size=1),
    parts=st.lists(parts, min_size=1, max_size=4).map(tuple),
)


@pytest.mark.rule("CHG-02", "PAY-03")
@given(sales)
def test_a_sale_goes_back_only_while_nothing_of_it_was_rendered_or_has_begun(sold: Sold) -> None:
    rendered = any(part.finished for part in sold.parts)
    begun = any(part.starts_at is not None and part.starts_at <= NOW for part in sold.parts)
    goes_back = Means.WITHHOLDING not in sold.means
    refusal = refusal_of(sold, at=NOW)
    assert (refusal is None) == (not sold.undone and goes_back and not rendered and not begun)
    if sold.undone:
        assert isinstance(refusal, UndoneAlready)
    elif refusal is not None:
        assert (
            isinstance(refusal, ReversalRefused) and refusal.alternative("zh") and refusal.alternative("en")
        )
        assert "{" not in refusal.sentence("zh") + refusal.sentence("en")


@pytest.mark.rule("CHG-02")
def test_a_term_that_begins_in_a_second_may_go_back_and_one_that_began_may_not() -> None:
    def sold(starts_at: datetime) -> Sold:
        return Sold(False, frozenset({Means.CASH}), (Part(NAME, starts_at=starts_at),))

    assert refusal_of(sold(NOW + timedelta(seconds=1)), at=NOW) is None
    refusal = refusal_of(sold(NOW), at=NOW)
    assert refusal is not None and refusal.rule == "CHG-02"
    assert "2026-11-24" in refusal.sentence("zh") and "拆机" in refusal.alternative("zh")


@pytest.mark.rule("RCP-01")
@given(copies=st.integers(1, 6), present=st.integers(-2, 9))
def test_with_every_copy_it_is_void_with_fewer_a_red_one_is_written(copies: int, present: int) -> None:
    if not 0 <= present <= copies:
        with pytest.raises(MoreThanAll) as refused:
            undoing(number="0000001", copies=copies, present=present)
        assert refused.value.field == "copies_present"
        return
    how = undoing(number="0000001", copies=copies, present=present)
    assert (how is Undoing.VOID) == (present == copies)


@pytest.mark.rule("RCP-01", "SEC-07")
@pytest.mark.parametrize("bad", ["", "   ", "客户 13812345678 要退", "字" * 121])
def test_a_reason_is_there_short_and_without_numbers(bad: str) -> None:
    with pytest.raises(ReversalReason) as refused:
        reason_kept(bad)
    assert refused.value.field == "reason"
    assert reason_kept("  重复 收费 ") == "重复 收费"
