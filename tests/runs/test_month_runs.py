"""A monthly run: a trial that may be killed, a second person who lets it stand, whole fen in the books once (BIL-04, LAW-12)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from onehall.contexts.ledger.models import Posting
from onehall.contexts.voice import api as voice
from onehall.contexts.voice.models import Bill
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Actor
from onehall.journeys.approve_month_run import approve_month_run
from onehall.journeys.start_month_run import start_month_run
from onehall.journeys.withdraw_month_run import withdraw_month_run
from onehall.runs.bill_month import bill_month
from onehall.runs.rate_calls import rate_calls
from tests.telephone import (
    ALL,
    LI_MIN,
    NOVEMBER,
    OCTOBER,
    accountant,
    approved,
    called,
    day,
    deliver,
    drafted,
    left,
    manager,
    opened,
    otherwise,
)  # fmt: skip

FIRST = day("2026-11-01 03:00:00")
SECOND = day("2026-12-01 03:00:00")
__all__ = ["accountant", "manager"]


@pytest.mark.rule("BIL-04")
def test_a_trial_killed_after_any_batch_and_begun_again_gives_the_same_bills(
    manager: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(7):
        opened(manager, f"6800001{n}", monthly_credit=n * 1_000)
    deliver(
        [called(f"6800001{n % 7}", f"2026-10-{n + 1:02d} 10:00:00", 100 * n) for n in range(30)], at=FIRST
    )
    rate_calls(at=FIRST)
    facts = ("closing", "fen", "carried")
    with otherwise():
        drafted(OCTOBER, manager, FIRST)
        told = list(Bill.objects.order_by("line_id").values_list("line_id", *facts))
    assert len(told) == 7
    whole = voice.draft_bills
    for batches in (0, 1, 3):
        with otherwise():
            todo = iter(range(batches))

            def killed(todo: Iterator[int] = todo, **how: object) -> int:
                if next(todo, None) is None:
                    raise KeyboardInterrupt
                return whole(**how)  # type: ignore[arg-type]

            with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
                patch.setattr(voice, "draft_bills", killed)
                drafted(OCTOBER, manager, FIRST, batch=2)
            assert Bill.objects.count() == batches * 2
            bill_month(at=FIRST)
            assert list(Bill.objects.order_by("line_id").values_list("line_id", *facts)) == told


@pytest.mark.rule("BIL-04")
def test_a_second_person_lets_the_bills_stand_and_the_books_get_whole_fen_once(
    manager: Actor, accountant: Actor
) -> None:
    plan = voice.Plan("odd", "零头", "odd", 0, 0, (("local", 1_233),))
    with transaction():
        voice.establish_plan(
            plan=plan, valid_from=day("2026-01-01"), source="测试 test", by=manager, at=FIRST
        )
    opened(manager, plan="odd")
    deliver(
        [called(LI_MIN, "2026-10-05 10:00:00", 60), called(LI_MIN, "2026-11-05 10:00:00", 300)], at=SECOND
    )
    rate_calls(at=SECOND)
    run = start_month_run(month=OCTOBER, by=manager, at=FIRST)
    assert start_month_run(month=OCTOBER, by=accountant, at=FIRST + timedelta(hours=1)) == run
    with pytest.raises(voice.RunRefused, match="还没有做完"):
        approve_month_run(run_id=run.id, fen=0, by=accountant, at=FIRST)
    bill_month(at=FIRST)
    with pytest.raises(voice.RunRefused, match="另一人"):
        approve_month_run(run_id=run.id, fen=12, by=manager, at=FIRST)
    with pytest.raises(voice.RunRefused, match="金额已经变化"):
        approve_month_run(run_id=run.id, fen=13, by=accountant, at=FIRST)
    approve_month_run(run_id=run.id, fen=12, by=accountant, at=FIRST)
    with pytest.raises(voice.RunRefused, match="已经核准"):
        approve_month_run(run_id=run.id, fen=12, by=accountant, at=FIRST)
    legs = Posting.objects.filter(batch__kind="earned").order_by("id").values_list("account__code", "amount")
    assert list(legs) == [("220303", 12), ("600101", -12)]
    later = drafted(NOVEMBER, manager, SECOND)
    (bill,) = voice.bills_of_run(later.id, outliers=False, limit=9, scope=ALL)
    assert (bill.carried_in, bill.due, bill.fen, bill.carried, bill.mean) == (33, 6_165, 61, 98, 1_233)


@pytest.mark.rule("BIL-04")
@pytest.mark.parametrize(("minutes", "outlier"), [(50, False), (51, True)])
def test_a_bill_above_five_times_the_mean_of_three_months_is_pointed_out(
    manager: Actor, accountant: Actor, minutes: int, outlier: bool
) -> None:
    opened(manager, plan="system default billingplan", since="2026-06-01")
    months = (date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1))
    starts = [f"{month:%Y-%m}-05 10:00:00" for month in months]
    deliver([called(LI_MIN, start, 60 * n) for start, n in zip(starts, (5, 10, 15), strict=True)], at=FIRST)
    deliver([called(LI_MIN, "2026-10-05 10:00:00", 60 * minutes)], at=FIRST)
    rate_calls(at=FIRST)
    for month in months:
        approved(month, manager, accountant, FIRST)
    assert drafted(OCTOBER, manager, FIRST).outliers == int(outlier)


@pytest.mark.rule("BIL-04")
def test_a_withdrawn_trial_counts_for_nothing_and_months_are_run_in_turn(
    manager: Actor, accountant: Actor
) -> None:
    opened(manager)
    with pytest.raises(voice.RunRefused, match="还没有结束"):
        start_month_run(month=NOVEMBER, by=manager, at=FIRST)
    run = drafted(OCTOBER, manager, FIRST)
    assert left() == 0
    with pytest.raises(voice.RunRefused, match="原因"):
        withdraw_month_run(run_id=run.id, why=" ", by=manager, at=FIRST)
    withdraw_month_run(run_id=run.id, why="资费没更新", by=manager, at=FIRST)
    with pytest.raises(voice.RunRefused, match="撤回"):
        approve_month_run(run_id=run.id, fen=run.fen, by=accountant, at=FIRST)
    (bill,) = approved(OCTOBER, manager, accountant, FIRST)
    assert (bill.opening, bill.closing, left()) == (0, -200_000, -200_000)
    with pytest.raises(voice.RunRefused, match="2026-11 还没有出帐"):
        start_month_run(month=date(2026, 12, 1), by=manager, at=day("2027-01-02"))
    with pytest.raises(voice.RunRefused, match="已经出帐"):
        start_month_run(month=date(2026, 9, 1), by=manager, at=FIRST)
