"""Takings on their way to the bank: bagged to the fen, signed by two people, compared with what the bank says (CSH-02, CSH-04)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError

from onehall.contexts.banking import api as banking
from onehall.contexts.custody import api as custody
from onehall.foundation.approvals import OwnRequest
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.scopes import Actor, NotFound, NotPermitted, Scope
from onehall.foundation.sheetreader import Limits, Sheet, read_sheet
from onehall.foundation.values.ids import DrawerId
from onehall.foundation.values.money import Money
from onehall.journeys.explain_bank_finding import explain_bank_finding
from onehall.journeys.hand_over_bag import hand_over_bag
from onehall.journeys.import_bank_record import import_bank_record
from onehall.journeys.move_cash import move_cash
from onehall.journeys.seal_bag import seal_bag
from onehall.journeys.sign_bag import sign_bag
from onehall.readings.deposits import to_deposit
from onehall.readings.todos import todos
from tests.cast import Cast, count
from tests.journeys.at_once import at_once
from tests.journeys.test_drawer_close import FLOAT, SOLD, counted, decided, drawer_of, handed_in

EVERYWHERE = Scope.operator()
TAKINGS = {10000: 8, 1000: 8}
HEAD = "交易日期,流水号,摘要,贷方金额\n"
LIMITS = Limits(size=10**6, unpacked=10**6, ratio=100, rows=1000)


def closed(cast: Cast, pieces: dict[int, int] | None = None) -> tuple[Actor, DrawerId]:
    """李敏 sold one year of broadband for 880.00; 周敏 confirmed her drawer."""
    clerk, manager = cast.clerk(), cast.sign_in("0201")
    cast.new_line(clerk)
    shift = drawer_of(clerk).id
    for _ in range(2):
        counted(cast, clerk, pieces or SOLD)
    handed_in(cast, clerk, "" if pieces is None else "找零差错")
    decided(cast, manager, shift)
    return manager, shift


def sealed(
    cast: Cast,
    by: Actor,
    *drawers: DrawerId,
    pieces: dict[int, int] | None = None,
    intent: UUID | None = None,
) -> banking.Bag:
    return seal_bag(
        drawers=drawers,
        counted=TAKINGS if pieces is None else pieces,
        intent=intent or uuid4(),
        by=by,
        at=cast.now,
    )


def left(cast: Cast) -> tuple[Actor, banking.Bag]:
    """A bag that went to the bank."""
    manager, shift = closed(cast)
    bag = sealed(cast, manager, shift)
    sign_bag(bag_id=bag.id, intent=uuid4(), by=cast.sign_in("0211", counter="2"), at=cast.now)
    return manager, hand_over_bag(bag_id=bag.id, carrier="建行押运", intent=uuid4(), by=manager, at=cast.now)


def sheet(*lines: str) -> Sheet:
    return read_sheet((HEAD + "\n".join(lines)).encode("gb18030"), name="bank.csv", limits=LIMITS)


def brought(cast: Cast, by: Actor, *lines: str) -> banking.Imported:
    return import_bank_record(sheet=sheet(*lines), by=by, at=cast.now)


def said(cast: Cast, by: Actor, days: int = 0) -> list[tuple[str, int]]:
    found = banking.findings(
        by.hall_id, bank_days=1, today=(cast.now + timedelta(days=days)).date(), scope=by.scope
    )
    return [(one.verdict.value, one.difference.fen) for one in found]


@pytest.mark.rule("CSH-04")
def test_a_bag_is_sealed_to_the_fen_signed_by_two_and_matched(cast: Cast) -> None:
    manager, shift = closed(cast)
    with pytest.raises(banking.BagRefused) as short:
        sealed(cast, manager, shift, pieces={10000: 8})
    assert "应缴 880.00 元，点得 800.00 元，少 80.00 元" in short.value.sentence("zh")
    key = uuid4()
    bag = sealed(cast, manager, shift, intent=key)
    assert sealed(cast, manager, shift, intent=key).id == bag.id
    (label,) = documents_of("bag", bag.id, scope=EVERYWHERE)
    assert (label.serial, label.content["total"]["fen"]) == (bag.serial, 88_000)
    with pytest.raises(banking.BagRefused):
        sealed(cast, manager, shift)
    with pytest.raises(OwnRequest):
        sign_bag(bag_id=bag.id, intent=uuid4(), by=manager, at=cast.now)
    with pytest.raises(banking.BagRefused) as one_signature:
        hand_over_bag(bag_id=bag.id, carrier="建行押运", intent=uuid4(), by=manager, at=cast.now)
    assert "只有一个签名" in one_signature.value.sentence("zh")
    second = cast.sign_in("0211", counter="2")
    assert sign_bag(bag_id=bag.id, intent=uuid4(), by=second, at=cast.now).signed_by == second.user_id
    with pytest.raises(banking.BagRefused):
        hand_over_bag(bag_id=bag.id, carrier=" ", intent=uuid4(), by=manager, at=cast.now)
    hand_over_bag(bag_id=bag.id, carrier="建行押运", intent=uuid4(), by=manager, at=cast.now)
    assert said(cast, manager) == [("awaited", -88_000)]
    assert brought(cast, manager, f"{cast.now:%Y-%m-%d},A1,{bag.serial},880.00") == banking.Imported(1, 0, 0)
    assert said(cast, manager) == [("matched", 0)]


@pytest.mark.rule("CSH-04")
def test_the_banks_misbehaviours_end_in_findings_and_none_in_the_books(cast: Cast) -> None:
    manager, bag = left(cast)
    day = f"{cast.now:%Y-%m-%d}"
    brought(
        cast,
        manager,
        f"{day},A1,{bag.serial},880.01",
        f"{day},A2,{bag.serial},880.01",
        f"{day},A3,FB0-1,5.00",
    )
    assert said(cast, manager) == [("unknown_bag", 500), ("twice", 88_001), ("differs", 1)]
    again = brought(cast, manager, f"{day},A1,{bag.serial},880.01", f"{day},A4,,3.00")
    assert again == banking.Imported(new=0, known=1, unlabelled=1)
    with pytest.raises(banking.BankFileRefused) as other:
        brought(cast, manager, f"{day},A9,{bag.serial},1.00", f"{day},A1,{bag.serial},880.00")
    assert "第 3 行：流水号 A1" in other.value.sentence("zh")
    assert count("banking_bankline") == 3
    line = banking.findings(manager.hall_id, bank_days=1, today=cast.now.date(), scope=manager.scope)[2].line
    assert line is not None
    with pytest.raises(banking.BagRefused):
        explain_bank_finding(bag=None, line=line.id, words=" ", by=manager, at=cast.now)
    explain_bank_finding(bag=None, line=line.id, words="银行多记一分，已冲", by=manager, at=cast.now)
    found = banking.findings(manager.hall_id, bank_days=1, today=cast.now.date(), scope=manager.scope)
    assert [one.explained for one in found] == ["", "", "银行多记一分，已冲"]


@pytest.mark.rule("CSH-04")
def test_a_bag_the_bank_never_books_and_one_it_books_late(cast: Cast) -> None:
    manager, bag = left(cast)
    assert said(cast, manager, days=1) == [("awaited", -88_000)]
    assert said(cast, manager, days=2) == [("missing", -88_000)]
    late = (cast.now + timedelta(days=2)).date()
    brought(cast, manager, f"{late:%Y%m%d},A1,{bag.serial},880")
    assert said(cast, manager, days=2) == [("late", 0)]


@pytest.mark.rule("CSH-02", "CSH-04")
def test_takings_past_the_policys_hour_are_on_the_managers_list(cast: Cast) -> None:
    manager, shift = closed(cast)
    (waiting,) = to_deposit(hall=manager.hall_id, hour=19, at=cast.now, scope=manager.scope)
    assert (waiting.id, waiting.due, waiting.late) == (shift, Money.yuan("880"), False)
    assert (waiting.by.hour, waiting.by.date()) == (19, cast.now.date())

    def alarms() -> list[str]:
        found = todos(by=manager, at=cast.now, limit=9, scope=manager.scope)
        return [one.key for one in found if one.kind == "deposit"]

    assert alarms() == []
    cast.later(hours=12)
    assert alarms() == [str(shift)]
    sealed(cast, manager, shift)
    assert alarms() == []


@pytest.mark.rule("CSH-02")
def test_a_drawer_nobody_closed_by_the_hour_is_on_the_list_too(cast: Cast) -> None:
    cast.clerk()
    manager = cast.sign_in("0201")
    (waiting,) = to_deposit(hall=manager.hall_id, hour=19, at=cast.later(hours=11), scope=manager.scope)
    assert (waiting.due, waiting.late) == (None, True)


@pytest.mark.rule("CSH-04", "LAW-40")
def test_what_was_handed_over_in_the_shift_and_a_shortage_are_in_what_is_due(cast: Cast) -> None:
    clerk, manager = cast.clerk(), cast.sign_in("0201")
    cast.new_line(clerk)
    move_cash(intent=uuid4(), direction="out", amount=Money.yuan("800"), reason="上缴", by=clerk, at=cast.now)
    move_cash(intent=uuid4(), direction="in", amount=Money.yuan("10"), reason="添零", by=clerk, at=cast.now)
    shift = drawer_of(clerk).id
    for _ in range(2):
        counted(cast, clerk, {**FLOAT, 1000: 18})
    handed_in(cast, clerk, "少 10 元")
    decided(cast, manager, shift)
    assert custody.takings_due([shift], scope=EVERYWHERE) == {shift: Money.yuan("870")}
    assert sealed(cast, manager, shift, pieces={10000: 8, 1000: 7}).amount == Money.yuan("870")


@pytest.mark.rule("CSH-04", "SEC-10")
def test_another_hall_and_who_may_not_touch_no_bag(cast: Cast) -> None:
    manager, shift = closed(cast)
    with pytest.raises(NotPermitted):
        sealed(cast, cast.sign_in("0211", counter="2"), shift)
    with pytest.raises(NotFound):
        sealed(cast, cast.sign_in("0241", hall="guandi"), shift)
    open_one = cast.clerk("0211", "2")
    with pytest.raises(NotFound):
        sealed(cast, manager, drawer_of(open_one).id)
    bag = sealed(cast, manager, shift)
    stranger = cast.sign_in("0311", hall="guandi", counter="1")
    with pytest.raises(NotFound):
        sign_bag(bag_id=bag.id, intent=uuid4(), by=stranger, at=cast.now)


@pytest.mark.rule("CSH-04")
def test_the_database_itself_keeps_bags_and_the_banks_record(cast: Cast) -> None:
    manager, bag = left(cast)
    brought(cast, manager, f"{cast.now:%Y-%m-%d},A1,{bag.serial},880.00")
    for statement in (
        "update banking_bag set amount = amount + 1 returning id",
        "update banking_bag set carrier = 'x' returning id",
        "delete from banking_bag returning id",
        "update banking_bankline set amount = amount + 1 returning id",
        "delete from banking_bagdrawer returning id",
    ):
        with pytest.raises(ProgrammingError, match="Cannot"), transaction():
            fetch_all(statement)
    with pytest.raises(IntegrityError, match="bag_signed_by_two"), transaction():
        fetch_all(
            "insert into banking_bag (hall_id, serial, counted, amount, sealed_by_id, sealed_at, signed_by_id, signed_at, carrier)"
            " select hall_id, 'x', '{}', 1, sealed_by_id, sealed_at, sealed_by_id, sealed_at, '' from banking_bag returning id"
        )


@pytest.mark.rule("CSH-04")
def test_two_who_seal_the_same_drawer_at_once_make_one_bag(real_cast: Cast) -> None:
    manager, shift = closed(real_cast)
    other = real_cast.sign_in("0241")
    made = at_once(lambda: sealed(real_cast, manager, shift), lambda: sealed(real_cast, other, shift))
    assert sorted(type(one).__name__ for one in made) == ["Bag", "BagRefused"]
    assert count("banking_bag") == count("banking_bagdrawer") == 1
