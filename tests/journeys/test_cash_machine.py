"""Clerks, a cashier-auditor and a manager play days of cash against a book kept in plain Python; both agree after every step (LED-02).

Small in the suite; `ONEHALL_CASH_EXAMPLES=200 pytest tests/journeys/test_cash_machine.py` plays longer and verifies after each step.
"""

import os
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count as turns
from uuid import uuid4

import pytest
from django.db import transaction as db
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from onehall.contexts.banking import api as banking
from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.custody import api as custody
from onehall.contexts.custody.models import DrawerEntry
from onehall.contexts.custody.rules import standing
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import DrawerId, PaymentId
from onehall.foundation.values.money import COINS_AND_NOTES, Money
from onehall.foundation.values.period import day_of
from onehall.journeys.confirm_drawer import confirm_drawer
from onehall.journeys.count_drawer import count_drawer
from onehall.journeys.hand_in_drawer import hand_in_drawer
from onehall.journeys.hand_over_bag import hand_over_bag
from onehall.journeys.move_cash import move_cash
from onehall.journeys.open_drawer import open_drawer
from onehall.journeys.seal_bag import seal_bag
from onehall.journeys.sign_bag import sign_bag
from onehall.journeys.void_sale import void_sale
from onehall.readings.day_books import differences
from onehall.readings.verification import verify_money
from tests.cast import Cast, dwelling
from tests.journeys.test_deposits import brought

LONG = int(os.environ.get("ONEHALL_CASH_EXAMPLES", "0"))
ALL = Scope.operator()
SEATS = {"0213": "3", "0211": "2"}
FLOAT = 50_000
who = st.sampled_from(sorted(SEATS))


def pieces(fen: int) -> dict[int, int]:
    """Any sum in the fewest notes and coins."""
    found = {}
    for piece in sorted((one.fen for one in COINS_AND_NOTES), reverse=True):
        found[piece], fen = divmod(fen, piece)
    return {piece: number for piece, number in found.items() if number}


@dataclass
class Shift:
    """A drawer as the plain book has it: what lies in it, its sales, how often it was counted, what was said last."""

    id: DrawerId
    cash: int = FLOAT
    handed_over: int = 0
    sales: list[tuple[PaymentId, int]] = field(default_factory=list)
    counts: int = 0
    counted: int | None = None
    handed_in: bool = False


class Hall(RuleBasedStateMachine):
    """The rules are what people do; whatever is refused leaves the book as it was."""

    cast: Cast

    @initialize()
    def morning(self) -> None:
        self.undo = ExitStack()
        whole = db.Atomic(using=None, savepoint=True, durable=False)
        whole._from_testcase = True  # type: ignore[attr-defined]
        self.undo.enter_context(whole)
        self.cast = Cast()
        self.clerks = {no: self.cast.sign_in(no, counter=seat) for no, seat in SEATS.items()}
        self.manager, self.auditor = self.cast.sign_in("0201"), self.cast.sign_in("0241")
        self.shifts: dict[str, Shift] = {}
        self.due: dict[DrawerId, int] = {}
        self.bags: list[tuple[banking.Bag, int]] = []
        self.rooms = turns(101)
        self.at_bank = 0

    def clerk(self, no: str) -> Actor:
        return self.clerks[no]

    @rule(hours=st.sampled_from([1, 5, -2]))
    def the_clock_jumps(self, hours: int) -> None:
        self.cast.now += timedelta(hours=hours)

    @rule(no=who)
    def open(self, no: str) -> None:
        if no in self.shifts:
            with pytest.raises(custody.DrawerOpen):
                self._open(no)
            return
        self.shifts[no] = Shift(self._open(no).id)

    def _open(self, no: str) -> custody.Drawer:
        return open_drawer(
            intent=uuid4(), counted=pieces(FLOAT), remark="", by=self.clerk(no), at=self.cast.now
        )

    @rule(no=who, extra=st.sampled_from([0, 1, 12_000]))
    def sell(self, no: str, extra: int) -> None:
        shift = self.shifts.get(no)
        if shift is None or shift.handed_in:
            return
        card = self.cast.registered(self.clerk(no))
        room = next(self.rooms)
        home = dwelling("dw", "1", "2", str(room // 4 * 100 % 600 + 101 + room % 2))
        try:
            basket = self.cast.basket(self.clerk(no), card.id, home, ("new_broadband", "bb20-year"))
            paid = self.cast.pay(self.clerk(no), basket.id, Money(basket.total.fen + extra).text)
        except catalogue.NotEligible:  # there are fewer homes than sales
            return
        shift.cash += paid.fen
        shift.sales.append((paid.payment_id, paid.fen))
        shift.counted = None

    @precondition(lambda self: any(shift.sales and not shift.handed_in for shift in self.shifts.values()))
    @rule(no=who)
    def void(self, no: str) -> None:
        shift = self.shifts.get(no)
        if shift is None or not shift.sales or shift.handed_in:
            return
        payment, fen = shift.sales[-1]
        void_sale(
            payment_id=payment, reason="收错", copies_present=3, intent=uuid4(), by=self.clerk(no), at=self.cast.now
        )  # fmt: skip
        shift.sales.pop()
        shift.cash -= fen
        shift.counted = None

    @rule(no=who, fen=st.integers(1, 100_000), out=st.booleans())
    def move(self, no: str, fen: int, out: bool) -> None:
        shift = self.shifts.get(no)
        able = shift is not None and not shift.handed_in and (not out or fen <= shift.cash)
        try:
            move_cash(
                intent=uuid4(),
                direction="out" if out else "in",
                amount=Money(fen),
                reason="试",
                by=self.clerk(no),
                at=self.cast.now,
            )
        except (custody.NoOpenDrawer, custody.DrawerShort):
            assert not able
            return
        assert able and shift is not None
        shift.cash += -fen if out else fen
        shift.handed_over += fen if out else -fen
        shift.counted = None

    @rule(no=who, wrong=st.sampled_from([0, 0, 1, -1, 1000]))
    def count(self, no: str, wrong: int) -> None:
        shift = self.shifts.get(no)
        if shift is None or shift.handed_in or shift.cash + wrong < 0:
            return
        told = count_drawer(
            intent=uuid4(), counted=pieces(shift.cash + wrong), by=self.clerk(no), at=self.cast.now
        )
        shift.counts += 1
        shift.counted = shift.cash + wrong
        assert told.told == ("agrees" if not wrong else "differs" if shift.counts >= 2 else "count_again")
        assert told.difference_fen == (None if told.told == "count_again" else wrong)

    @rule(no=who, reason=st.sampled_from(["", "找零"]))
    def hand_in(self, no: str, reason: str) -> None:
        shift = self.shifts.get(no)
        if shift is None:
            return
        difference = None if shift.counted is None else shift.counted - shift.cash
        able = not shift.handed_in and (
            difference == 0 or (difference is not None and shift.counts >= 2 and bool(reason))
        )
        try:
            hand_in_drawer(intent=uuid4(), reason=reason, by=self.clerk(no), at=self.cast.now)
        except custody.CountRefused:
            assert not able
            return
        assert able
        shift.handed_in = True

    @rule(no=who, confirm=st.booleans())
    def decide(self, no: str, confirm: bool) -> None:
        shift = self.shifts.get(no)
        if shift is None or not shift.handed_in:
            return
        at = max(self.cast.now, custody.drawer(shift.id, scope=ALL).opened_at)
        confirm_drawer(
            drawer_id=shift.id, confirm=confirm, note="看过", intent=uuid4(), by=self.manager, at=at
        )
        shift.handed_in = False
        if not confirm:
            shift.counted = None
            return
        assert shift.counted is not None
        self.due[shift.id] = shift.counted - FLOAT + shift.handed_over
        del self.shifts[no]

    @precondition(lambda self: self.due)
    @rule(wrong=st.sampled_from([0, 0, 1]))
    def bag(self, wrong: int) -> None:
        total = sum(self.due.values())
        if total + wrong <= 0:
            return
        try:
            made = seal_bag(
                drawers=sorted(self.due),
                counted=pieces(total + wrong),
                intent=uuid4(),
                by=self.manager,
                at=self.cast.now,
            )
        except banking.BagRefused:
            assert wrong or total <= 0
            return
        assert not wrong
        sign_bag(bag_id=made.id, intent=uuid4(), by=self.auditor, at=self.cast.now)
        hand_over_bag(bag_id=made.id, carrier="建行", intent=uuid4(), by=self.auditor, at=self.cast.now)
        self.bags.append((made, total))
        self.due.clear()

    @precondition(lambda self: len(self.bags) > self.at_bank)
    @rule(wrong=st.sampled_from([0, 1]), twice=st.booleans())
    def bank(self, wrong: int, twice: bool) -> None:
        made, total = self.bags[self.at_bank]
        self.at_bank += 1
        line = (
            f"{self.cast.now:%Y-%m-%d},R{made.id},{made.serial},{Money(total + wrong).text.replace(',', '')}"
        )
        for _ in range(1 + twice):
            brought(self.cast, self.auditor, line)
        found = banking.findings(
            self.manager.hall_id, bank_days=30, today=self.cast.now.date(), scope=self.manager.scope
        )
        (mine,) = [one for one in found if one.bag and one.bag.id == made.id]
        assert (mine.verdict.value, mine.difference.fen) == ("differs" if wrong else "matched", wrong)

    @invariant()
    def the_books_agree(self) -> None:
        if not hasattr(self, "shifts"):
            return
        for shift in self.shifts.values():
            assert custody.drawer_balance(shift.id, scope=ALL).fen == shift.cash
            told = custody.drawer_standing(shift.id, scope=ALL)[0]
            rows = DrawerEntry.objects.filter(drawer_id=shift.id, means="cash").order_by("pk")
            moved = [(custody.EntryKind(one.kind), Money(one.received), Money(one.given)) for one in rows]
            assert told == standing("cash", Money(FLOAT), moved)
        opened = {one.id for one in custody.open_drawers(scope=ALL)}
        assert opened == {shift.id for shift in self.shifts.values()}
        dues = custody.takings_due(sorted(self.due), scope=ALL)
        assert {drawer: money.fen for drawer, money in dues.items()} == self.due
        if LONG:
            self._verified()

    def _verified(self) -> None:
        assert verify_money(scope=ALL).findings == ()
        today = day_of(self.cast.now.date())
        assert differences(hall=self.manager.hall_id, span=today, limit=3, scope=self.manager.scope) == ()

    def teardown(self) -> None:
        if not hasattr(self, "undo"):
            return
        try:
            self._verified()
        finally:
            db.set_rollback(True)
            self.undo.close()


@pytest.mark.rule("LED-02", "CSH-01", "CSH-03", "CSH-04", "LAW-40")
def test_whatever_people_do_the_database_and_a_plain_book_agree(cast: Cast) -> None:
    run_state_machine_as_test(
        Hall,
        settings=settings(
            max_examples=LONG or 20, stateful_step_count=40 if LONG else 18, deadline=None, derandomize=not LONG,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
