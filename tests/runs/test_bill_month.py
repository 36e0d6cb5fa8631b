"""A month's telephone bills: what is in them, and that nothing changes them: no order, no interruption, no second hand (BIL-04)."""

import csv
from datetime import date
from pathlib import Path

import pytest

from onehall.contexts.voice import api as voice
from onehall.contexts.voice.models import Bill, Charge
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Actor
from onehall.runs.correct_charges import correct_charges
from onehall.runs.rate_calls import rate_calls
from onehall.steps.itemising import Called, itemised
from tests.telephone import (
    ALL,
    LI_MIN,
    NOVEMBER,
    OCTOBER,
    WANG,
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
    paid_in,
)  # fmt: skip

DATA = Path(__file__).parents[1] / "data" / "rating"
FIRST = day("2026-11-01 03:00:00")
SECOND = day("2026-12-01 03:00:00")
__all__ = ["accountant", "manager"]


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def month_of_data(name: str, at: object) -> None:
    """The calls and recharges of the accountant's example."""
    deliver(table(f"calls_{name}.csv"), at=at)  # type: ignore[arg-type]
    for row in table(f"topups_{name}.csv"):
        paid_in(voice.line(row["number"], at=day("2026-12-31"), scope=ALL), row["amount_yuan"], row["at"])
    rate_calls(at=at)  # type: ignore[arg-type]


@pytest.mark.rule("VOI-02", "CAT-04", "CAT-05", "BIL-05")
def test_two_months_as_the_accountant_worked_them_out_and_the_rent_beside_them(
    manager: Actor, accountant: Actor
) -> None:
    plans = {row["number"]: row for row in table("accounts.csv")}
    for number, row in plans.items():
        credit = int(float(row["monthly_credit_yuan"]) * 10_000)
        paid_in(
            opened(manager, number, plan=row["plan"], monthly_credit=credit),
            row["balance_yuan"],
            "2026-09-30",
        )
    month_of_data("2026-10", FIRST)
    october = {bill.number: bill for bill in approved(OCTOBER, manager, accountant, FIRST)}
    month_of_data("2026-11", SECOND)
    november = {bill.number: bill for bill in approved(NOVEMBER, accountant, manager, SECOND)}
    for name, bills, months in (("2026-10", october, 1), ("2026-11", november, 2)):
        for row in table(f"accounts_{name}.csv"):
            bill, rents = bills[row["number"]], 200_000 * months * (plans[row["number"]]["plan"] == "yuezu")
            assert bill.closing == int(row["balance"]) - rents, f"{row['number']} of {name}"
            assert (bill.charge, bill.monthly_used, bill.lapsed) == tuple(
                int(row[key]) for key in ("charge", "credit_used", "credit_lapsed")
            )
    assert october[LI_MIN].closing == 92_500 - 200_000
    assert november[LI_MIN].opening == october[LI_MIN].closing
    assert left() == november[LI_MIN].closing
    li_min = voice.line(LI_MIN, at=SECOND, scope=ALL)
    assert (
        itemised(voice.month_of_line(li_min, NOVEMBER, scope=ALL)).closing
        == november[LI_MIN].closing + 200_000
    )


@pytest.mark.rule("CAT-07")
@pytest.mark.parametrize(
    ("since", "due"),
    [("2026-10-14 23:59:59", 230_000), ("2026-10-15 00:00:00", 115_000), ("2026-09-20", 230_000)],
)
def test_who_comes_before_the_fifteenth_pays_the_month_and_from_then_on_half(
    manager: Actor, since: str, due: int
) -> None:
    opened(manager, since=since, plan="daweitest", features=(voice.CALLER_ID,))
    run = drafted(OCTOBER, manager, FIRST)
    assert run.rents == due


@pytest.mark.rule("CAT-03")
def test_a_bundles_line_pays_no_rent_until_the_broadband_is_taken_out(manager: Actor) -> None:
    opened(manager, plan="daweitest", rent_free=True)
    opened(manager, WANG, plan="system default billingplan", rent_free=True)
    opened(manager, WANG, plan="daweitest", since="2026-10-16")
    drafted(OCTOBER, manager, FIRST)
    assert list(Bill.objects.order_by("line_id").values_list("rent", flat=True)) == [0, 100_000]


@pytest.mark.rule("BIL-02")
def test_rent_runs_on_while_a_line_is_stopped_and_ends_with_the_line(manager: Actor) -> None:
    opened(manager, suspended=True)
    opened(manager, WANG)
    opened(manager, WANG, closed=True, since="2026-09-30")
    run = drafted(OCTOBER, manager, FIRST)
    assert (run.bills, run.rents) == (1, 200_000)


@pytest.mark.rule("CAT-04")
def test_annual_credit_pays_after_the_monthly_one_and_lapses_on_its_day(
    manager: Actor, accountant: Actor
) -> None:
    line = opened(
        manager, plan="system default billingplan", monthly_credit=10_000, annual_credit=50_000, annual_credit_until=date(2026, 11, 10)
    )  # fmt: skip
    calls = [
        ("2026-10-05 10:00:00", 30),
        ("2026-11-05 10:00:00", 20),
        ("2026-11-09 23:59:59", 10),
        ("2026-11-10 00:00:00", 10),
    ]
    deliver([called(LI_MIN, start, minutes * 60) for start, minutes in calls], at=SECOND)
    rate_calls(at=SECOND)
    first, second = (approved(month, *pair)[0] for month, pair in (
        (OCTOBER, (manager, accountant, FIRST)), (NOVEMBER, (accountant, manager, SECOND)),
    ))  # fmt: skip
    assert (first.charge, first.monthly_used, first.annual_used) == (30_000, 10_000, 20_000)
    assert (second.charge, second.monthly_used, second.annual_used, second.due) == (
        40_000,
        10_000,
        20_000,
        10_000,
    )
    listed = itemised(voice.month_of_line(line, NOVEMBER, scope=ALL))
    assert [entry.charged.credit_used for entry in listed.entries if isinstance(entry, Called)] == [
        20_000,
        10_000,
        0,
    ]
    assert left() == -10_000


@pytest.mark.rule("BIL-04")
@pytest.mark.rule("VOI-02")
def test_what_comes_after_the_close_is_an_adjustment_and_the_balance_is_as_if_it_had_come_in_time(
    manager: Actor, accountant: Actor
) -> None:
    opened(manager, monthly_credit=10_000)
    calls = [called(LI_MIN, f"2026-10-{n:02d} 10:00:00", 300) for n in range(1, 4)]
    with otherwise():
        deliver(calls, at=FIRST)
        rate_calls(at=FIRST)
        for month, at in ((OCTOBER, FIRST), (NOVEMBER, SECOND)):
            approved(month, manager, accountant, at)
        told = left()
    deliver(calls[:1], at=FIRST)
    rate_calls(at=FIRST)
    assert approved(OCTOBER, manager, accountant, FIRST)[0].charge == 7_500
    deliver(calls, at=SECOND)
    rate_calls(at=SECOND)
    (bill,) = approved(NOVEMBER, manager, accountant, SECOND)
    assert (bill.charge, bill.adjustment) == (0, 22_500 - 10_000)
    assert left() == bill.closing == told


@pytest.mark.rule("BIL-04")
def test_a_corrected_tariff_is_exactly_the_difference_and_corrects_once(
    manager: Actor, accountant: Actor
) -> None:
    opened(manager)
    deliver([called(LI_MIN, f"2026-10-{n:02d} 10:00:00", 61 * n) for n in range(1, 9)], at=FIRST)
    rate_calls(at=FIRST)
    before, minutes = left(), sum(Charge.objects.values_list("minutes", flat=True))
    (october,) = approved(OCTOBER, manager, accountant, FIRST)
    plan = next(one for one in voice.plans(at=SECOND, scope=ALL) if one.code == "yuezu")
    cheaper = voice.Plan(
        plan.code, plan.name_zh, plan.name_en, plan.rent, plan.caller_id, (("local", 1_234),)
    )
    with transaction():
        voice.establish_plan(
            plan=cheaper, valid_from=day("2026-10-03"), source="更正 corrected", by=manager, at=SECOND
        )
    corrected = correct_charges(month=OCTOBER, at=SECOND, batch=3)
    changed = sum(row.minutes for row in Charge.objects.filter(turn=0, amount__gt=0)) - 2 - 3
    assert (corrected.changed, corrected.difference) == (6, changed * (1_234 - 1_500))
    assert minutes == changed + 5
    assert correct_charges(month=OCTOBER, at=SECOND).changed == 0
    assert left() == before - 200_000 - corrected.difference
    assert voice.bills_of_line(october.line, scope=ALL) == (october,)
    (november,) = approved(NOVEMBER, manager, accountant, SECOND)
    assert november.adjustment == corrected.difference
    assert left() == november.closing


@pytest.mark.rule("BIL-04")
def test_calls_of_months_that_were_never_billed_come_with_the_first_bill(
    manager: Actor, accountant: Actor
) -> None:
    opened(manager, monthly_credit=10_000)
    deliver([called(LI_MIN, f"2026-{n:02d}-05 10:00:00", 600) for n in (9, 10)], at=FIRST)
    rate_calls(at=FIRST)
    (bill,) = approved(OCTOBER, manager, accountant, FIRST)
    assert (bill.charge, bill.monthly_used, bill.adjustment) == (15_000, 10_000, 5_000)
    assert left() == bill.closing == -210_000
