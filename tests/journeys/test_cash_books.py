"""What custody and the bank know has its postings, each once and on its own day; the cash account is what lies in the drawers (LED-02)."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from onehall.contexts.banking import api as banking
from onehall.contexts.custody import api as custody
from onehall.contexts.ledger import api as ledger
from onehall.contexts.workforce import api as workforce
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.profiles import load_profile
from onehall.foundation.refusals import PeriodClosed
from onehall.foundation.scopes import Scope
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA
from onehall.journeys.catch_up_cash_books import catch_up_cash_books
from onehall.journeys.close_month import close_month
from onehall.journeys.decide_shortage import decide_shortage
from onehall.journeys.open_drawer import open_drawer
from onehall.journeys.propose_shortage import propose_shortage
from onehall.readings.verification import verify_money, way
from onehall.steps.cash_books import book_opened
from tests.cast import Cast, count
from tests.journeys.at_once import at_once
from tests.journeys.test_deposits import brought, closed, left, sealed
from tests.journeys.test_drawer_close import FLOAT, SOLD, counted, decided, drawer_of, handed_in
from tests.journeys.test_month_close import IN_DECEMBER, NOVEMBER, december, proposed

ALL = Scope.operator()


def books() -> dict[str, int]:
    """What stands on each account of cash's way, in fen."""
    rows = fetch_all(
        "select r.role, sum(g.amount)::bigint as fen from pub_ledger_posting g join pub_ledger_role r on r.account = g.account"
        " group by r.role having sum(g.amount) <> 0"
    )
    return {row["role"]: row["fen"] for row in rows}


def booked(source: str) -> list[datetime]:
    rows = fetch_all(
        "select at from pub_ledger_cash where source = %(source)s order by source_id", {"source": source}
    )
    return [row["at"] for row in rows]


def sound() -> bool:
    return verify_money(scope=ALL).findings == ()


@pytest.mark.rule("LED-02", "CSH-01", "CSH-04")
def test_a_days_takings_walk_from_the_drawer_to_the_bank_in_the_books(cast: Cast) -> None:
    clerk = cast.clerk()
    assert books() == {"float": 50_000, "granted": -50_000}
    cast.new_line(clerk)
    assert books()["drawer"] == 88_000 and sound()
    manager, shift = cast.sign_in("0201"), drawer_of(clerk).id
    counted(cast, clerk, SOLD)
    handed_in(cast, clerk)
    decided(cast, manager, shift)
    assert books()["drawer"] == 88_000 and booked("closed") == [], "nothing over or short, nothing to book"
    bag = sealed(cast, manager, shift)
    assert {**books()} == {"float": 50_000, "granted": -50_000, "transit": 88_000} and booked("bag") == [
        cast.now
    ]
    brought(cast, manager, f"{cast.now:%Y-%m-%d},A1,{bag.serial},880.00")
    assert books() == {"float": 50_000, "granted": -50_000, "bank": 88_000} and sound()
    brought(cast, manager, f"{cast.now:%Y-%m-%d},A1,{bag.serial},880.00")
    assert count("ledger_cashbooking") == 3, "the same line again is booked once"


@pytest.mark.rule("LED-02", "LAW-40")
def test_over_and_short_at_opening_and_at_the_close_are_pending(cast: Cast) -> None:
    clerk = cast.clerk(drawer=False)
    open_drawer(intent=uuid4(), counted={10000: 4, 1000: 9}, remark="少一张", by=clerk, at=cast.now)
    assert books() == {"float": 50_000, "granted": -50_000, "drawer": -1_000, "pending": 1_000} and sound()
    for _ in range(2):
        counted(cast, clerk, {10000: 4, 1000: 9, 500: 1})
    handed_in(cast, clerk, "多收 5 元")
    decided(cast, cast.sign_in("0201"), drawer_of(clerk).id)
    assert books() == {"float": 50_000, "granted": -50_000, "drawer": -500, "pending": 500} and sound()
    assert booked("closed") == [cast.now]


@pytest.mark.rule("LED-02", "CSH-01")
def test_a_float_is_granted_once_a_counter_and_again_only_by_what_it_grew(cast: Cast) -> None:
    manager, shift = closed(cast)
    sealed(cast, manager, shift)
    clerk = cast.clerk()
    assert books()["granted"] == -50_000, "the float stayed at the counter over night"
    counted(cast, clerk, FLOAT)
    handed_in(cast, clerk)
    decided(cast, manager, drawer_of(clerk).id)
    with transaction():
        taken = custody.open_drawer(
            hall=clerk.hall_id, counter=clerk.counter_id or 0, counted={10000: 6}, expected=Money.yuan("600"), remark="",
            by=clerk, at=cast.now,
        )  # fmt: skip
        book_opened(taken, at=cast.now)
    assert (books()["float"], books()["granted"]) == (60_000, -60_000) and sound()
    cast.clerk("0211", "2")
    assert books()["float"] == 110_000 and sound()


@pytest.mark.rule("LED-02", "CSH-04")
def test_what_the_bank_counts_differently_twice_or_without_a_bag_is_pending(cast: Cast) -> None:
    manager, bag = left(cast)
    day = f"{cast.now:%Y-%m-%d}"
    lines = f"{day},A1,{bag.serial},879.00", f"{day},A2,{bag.serial},880.00", f"{day},A3,FB0-1,5.00"
    for line in lines:
        brought(cast, manager, line)
        assert sound()
    assert books() == {"float": 50_000, "granted": -50_000, "bank": 176_400, "pending": -88_400}


@pytest.mark.rule("CSH-04")
def test_no_bag_gets_a_serial_that_the_bank_named_before(cast: Cast) -> None:
    manager, shift = closed(cast)
    early = f"FB{manager.hall_id}-{cast.now:%Y%m%d}-1"
    brought(cast, manager, f"{cast.now:%Y-%m-%d},A1,{early},880.00")
    assert sealed(cast, manager, shift).serial == f"{early[:-1]}2"
    assert books()["transit"] == 88_000 and books()["pending"] == -88_000 and sound()


@pytest.mark.rule("CSH-05", "LED-02")
def test_the_banks_day_holds_until_its_month_is_closed_then_today(cast: Cast) -> None:
    manager, bag = left(cast)
    cast.now = IN_DECEMBER - timedelta(hours=1)
    early, late = f"2026-11-24,A1,{bag.serial},880.00", "2026-11-30,A2,FB0-1,1.00"
    brought(cast, manager, early)
    assert booked("line")[0] == datetime(2026, 11, 24, 23, 59, 59, 999999, tzinfo=CHINA)
    proposed(cast, december(cast))
    close_month(month=NOVEMBER, differing=0, by=cast.sign_in("0241"), at=cast.now)
    brought(cast, manager, late)
    assert booked("line")[1] == cast.now and sound()


@pytest.mark.rule("CSH-05")
def test_into_a_closed_month_no_drawer_is_opened(cast: Cast) -> None:
    manager, bag = left(cast)
    brought(cast, manager, f"{cast.now:%Y-%m-%d},A1,{bag.serial},880.00")
    proposed(cast, december(cast))
    close_month(month=NOVEMBER, differing=0, by=cast.sign_in("0241"), at=cast.now)
    cast.now = datetime(2026, 11, 30, 9, tzinfo=CHINA)
    with pytest.raises(PeriodClosed) as back:
        cast.clerk("0211", "2")
    assert "已经月结" in back.value.sentence("zh")
    assert count("custody_drawersession") == 1


@pytest.mark.rule("PAY-04", "LAW-04", "LED-02")
@pytest.mark.parametrize(("outcome", "role"), [("clerk", "claim"), ("company", "loss"), ("dropped", "loss")])
def test_a_decided_shortage_is_pending_no_longer(cast: Cast, outcome: str, role: str) -> None:
    manager, shift = closed(cast, {**SOLD, 1000: SOLD[1000] - 1})
    assert books()["pending"] == 1_000
    said = propose_shortage(
        drawer_id=shift, cause=workforce.Cause.MISCOUNT, evidence="复点少 10 元", intent=uuid4(), by=cast.sign_in("0241"), at=cast.now
    )  # fmt: skip
    key, at = uuid4(), cast.later(days=3)
    for _ in range(2):
        decide_shortage(
            shortage_id=said.id, outcome=workforce.Outcome(outcome), ground="查过录像", intent=key, by=manager, at=at
        )  # fmt: skip
    assert books()[role] == 1_000 and "pending" not in books() and sound()
    assert booked("shortage") == [at]


@pytest.mark.rule("LED-02", "CSH-04")
def test_two_who_bring_the_banks_record_at_once_clear_a_bag_once(real_cast: Cast) -> None:
    manager, bag = left(real_cast)
    other, day = real_cast.sign_in("0241"), f"{real_cast.now:%Y-%m-%d}"
    at_once(
        lambda: brought(real_cast, manager, f"{day},A1,{bag.serial},880.00"),
        lambda: brought(real_cast, other, f"{day},A2,{bag.serial},880.00"),
    )
    assert books() == {"float": 50_000, "granted": -50_000, "bank": 176_000, "pending": -88_000} and sound()


@pytest.mark.rule("LED-02", "API-04")
def test_a_hall_of_an_older_version_is_caught_up_once(cast: Cast) -> None:
    manager, shift = closed(cast, {**SOLD, 1000: SOLD[1000] - 1})
    bag = sealed(cast, manager, shift, pieces={10000: 8, 1000: 7})
    brought(cast, manager, f"{cast.now:%Y-%m-%d},A1,{bag.serial},870.00")
    before, made = books(), count("ledger_cashbooking")
    old = (
        "with gone as (delete from ledger_cashbooking returning batch_id), legs as (delete from ledger_posting g using gone"
        " where g.batch_id = gone.batch_id returning g.id) delete from ledger_batch b using gone where b.id = gone.batch_id"
    )
    fetch_all("set local session_replication_role = replica")
    assert fetch_all(f"{old} returning 1")
    fetch_all("delete from ledger_cashaccount returning 1")
    fetch_all("set local session_replication_role = origin")
    assert catch_up_cash_books(profile=load_profile("dawei"), at=cast.later(days=1)) == 1
    assert (books(), count("ledger_cashbooking")) == (before, made) and sound()
    assert booked("bag") == [bag.sealed_at]
    assert catch_up_cash_books(profile=load_profile("dawei"), at=cast.now) == 0


@pytest.mark.rule("LED-02", "PAY-03")
def test_a_line_that_paid_for_something_else_is_booked_back_once(cast: Cast) -> None:
    manager, _ = left(cast)
    brought(cast, manager, f"{cast.now:%Y-%m-%d},A1,SETTLEMENT-1,120.00")
    assert books()["bank"] == 12_000 and books()["pending"] == -12_000
    (line,) = banking.lines_labelled(["SETTLEMENT-1"], scope=ALL)
    at = cast.later(days=1)
    with transaction():
        assert banking.claim_line(line=line, what="settlement", about="SETTLEMENT-1", at=at)
        for _ in range(2):
            ledger.unbook_cash(source=ledger.Source.LINE, source_id=line.id, at=at)
        ledger.unbook_cash(source=ledger.Source.LINE, source_id=line.id + 1, at=at)
    assert "bank" not in books() and "pending" not in books() and booked("unline") == [at]
    titles = {check.title.zh for check in way.CHECKS}
    assert not titles & {one.title.zh for one in verify_money(scope=ALL).findings}
    brought(
        cast, manager, f"{cast.now:%Y-%m-%d},A1,SETTLEMENT-1,120.00".replace(f"{at:%Y-%m-%d}", "2026-11-23")
    )
    assert booked("line") == booked("line")[:1] and "bank" not in books(), (
        "a claimed line is no bag's when it comes again"
    )
