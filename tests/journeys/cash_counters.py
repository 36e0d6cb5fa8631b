"""Clerks open, sell, void, reverse, move, count and hand in; a manager confirms: the counters' half of the machine of cash."""

from contextlib import ExitStack
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction as db
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.custody import api as custody
from onehall.contexts.goods import api as goods
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import DrawerId
from onehall.foundation.values.money import Money
from onehall.journeys.confirm_drawer import confirm_drawer
from onehall.journeys.count_drawer import count_drawer
from onehall.journeys.hand_in_drawer import hand_in_drawer
from onehall.journeys.move_cash import move_cash
from onehall.journeys.open_drawer import open_drawer
from onehall.journeys.take_payment import take_payment
from onehall.journeys.void_sale import void_sale
from onehall.steps.reversing import ReversalRefused
from tests.cast import Cast
from tests.journeys.cash_tills import OTHERS, PARTS, SERIALS, WHAT, Bill, Sale, Tills
from tests.journeys.plain_book import FLOAT, Accounts, Sent, Shift, pieces
from tests.journeys.test_reversal import agreed
from tests.journeys.test_reversal import reverse as reversed_sale

ALL = Scope.operator()
SEATS = {"0213": "3", "0211": "2"}
who = st.sampled_from(sorted(SEATS))


class Counters(Tills):
    """What clerks and their manager do; whatever is refused leaves the plain book as it was."""

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
        self.due_since: dict[DrawerId, datetime] = {}
        self.bags: list[Sent] = []
        self.accounts = Accounts()
        self.past: list[Sale] = []
        self.closed_until = self.cast.now.replace(year=2000)
        self.opens()
        self.open(min(SEATS), 0)

    def clerk(self, no: str) -> Actor:
        return self.clerks[no]

    def at_work(self, no: str) -> str:
        """This clerk where a drawer is open there, else the colleague."""
        selling = [one for one, shift in self.shifts.items() if not shift.handed_in]
        return no if no in selling or not selling else selling[0]

    @rule(hours=st.sampled_from([1, 5, -2]))
    def the_clock_jumps(self, hours: int) -> None:
        self.cast.now = max(self.closed_until, self.cast.now + timedelta(hours=hours))

    @rule(no=who, off=st.sampled_from([0, 0, 0, -1_000, 500]))
    def open(self, no: str, off: int) -> None:
        if no in self.shifts:
            with pytest.raises(custody.DrawerOpen):
                self._open(no, off)
            return
        self.shifts[no] = Shift(self._open(no, off).id, cash=FLOAT + off)
        self.accounts.opened(no, off)

    def _open(self, no: str, off: int) -> custody.Drawer:
        return open_drawer(
            intent=uuid4(),
            counted=pieces(FLOAT + off),
            remark="点过" if off else "",
            by=self.clerk(no),
            at=self.cast.now,
        )

    @precondition(lambda self: any(not shift.handed_in for shift in self.shifts.values()))
    @rule(no=who, what=WHAT, parts=PARTS, extra=st.sampled_from([0, 1, 12_000]))
    def sell(self, no: str, what: str, parts: list[tuple[str, str]], extra: int) -> None:
        """Anything to a new customer, paid by any means; what is left after the charges in cash, with change."""
        self._sell(self.at_work(no), what, parts, extra)

    @precondition(lambda self: any(not shift.handed_in for shift in self.shifts.values()))
    @rule(no=who, what=OTHERS, parts=PARTS)
    def sell_what_is_not_ours_alone(self, no: str, what: str, parts: list[tuple[str, str]]) -> None:
        """Bills and handsets more often than they would come up among everything."""
        self._sell(self.at_work(no), what, parts, 0)

    def _sell(self, no: str, what: str, parts: list[tuple[str, str]], extra: int) -> None:
        shift, clerk = self.shifts.get(no), self.clerk(no)
        if shift is None or shift.handed_in:
            return
        serial = SERIALS[int(what[-1])] if what.startswith("handset") else ""
        try:
            basket = self.wanted(clerk, what)
        except catalogue.NotEligible:  # there are fewer homes than sales
            return
        except goods.SerialSold:
            assert serial in self.sold_serials
            return
        charges = self.charged(clerk, basket, parts)
        rest = basket.total.fen - sum(one.amount.fen for one in charges)
        paid = take_payment(
            basket_id=basket.id, due=basket.total, tendered=Money(rest + extra), charges=[one.id for one in charges],
            intent=uuid4(), by=clerk, at=self.cast.now,
        )  # fmt: skip
        assert (paid.fen, paid.change_fen) == (basket.total.fen, extra)
        bill = Bill(paid.fen, self.cast.now) if what == "water" else None
        sale = Sale(paid.payment_id, paid.fen, rest, charges, bill, serial, self.cast.now)
        self.sold(sale)
        shift.cash += rest
        self.accounts.move(rest, to="drawer", out_of="sales")
        shift.sales.append(sale)
        shift.counted = None

    @precondition(lambda self: any(shift.sales and not shift.handed_in for shift in self.shifts.values()))
    @rule(no=who, turn=st.integers(0, 9))
    def void(self, no: str, turn: int) -> None:
        no = self.at_work(no)
        shift = self.shifts[no]
        if not shift.sales:
            return
        sale = shift.sales[turn % len(shift.sales)]
        try:
            void_sale(
                payment_id=sale.payment, reason="收错", copies_present=3, intent=uuid4(), by=self.clerk(no), at=self.cast.now
            )  # fmt: skip
        except goods.GoodsRefused:
            assert sale.bill and sale.bill.settled, "only what the waterworks have does not come back"
            return
        assert not (sale.bill and sale.bill.settled)
        shift.sales.remove(sale)
        shift.cash -= sale.cash
        shift.counted = None
        self.accounts.move(sale.cash, to="sales", out_of="drawer")
        self.undone(sale)

    @precondition(lambda self: self.past)
    @rule(no=who, turn=st.integers(0, 9))
    def reverse(self, no: str, turn: int) -> None:
        """An earlier sale, its cash from whatever drawer is open now."""
        no = self.at_work(no)
        shift = self.shifts.get(no)
        if shift is None or shift.handed_in:
            return
        sale = self.past[turn % len(self.past)]
        try:
            back = reversed_sale(
                self.cast, sale.payment, self.clerk(no), agreed(self.cast, sale.payment, self.clerk(no))
            )
        except custody.DrawerShort:
            assert sale.cash > shift.cash
            return
        except ReversalRefused:
            assert not sale.bill or sale.bill.settled, "a bill goes back until the waterworks have it"
            return
        assert back.amount.fen == sale.fen and sale.cash <= shift.cash
        assert not (sale.bill and sale.bill.settled)
        self.past.remove(sale)
        shift.cash -= sale.cash
        shift.counted = None
        self.accounts.move(sale.cash, to="sales", out_of="drawer")
        self.undone(sale)

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
        self.due_since[shift.id] = at
        self.accounts.move(shift.counted - shift.cash, to="drawer", out_of="pending")
        self.past += shift.sales
        del self.shifts[no]
