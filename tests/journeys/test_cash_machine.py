"""Clerks, customers, a cashier-auditor and a manager play days of sales by all means, bills of others, cash, bags, the bank and months
against a book kept in plain Python; both agree after every step (LED-02, PAY-03, CAT-11).

Small in the suite; `ONEHALL_CASH_EXAMPLES=200 pytest tests/journeys/test_cash_machine.py` plays longer and verifies after each step.
"""

import os
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction as db
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from onehall.contexts.banking import api as banking
from onehall.contexts.custody import api as custody
from onehall.contexts.custody.models import DrawerEntry
from onehall.contexts.custody.rules import standing
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import PeriodClosed
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import day_of, month_of
from onehall.journeys.close_month import close_month
from onehall.journeys.explain_bank_finding import explain_bank_finding
from onehall.journeys.hand_over_bag import hand_over_bag
from onehall.journeys.propose_month_close import propose_month_close
from onehall.journeys.seal_bag import seal_bag
from onehall.journeys.sign_bag import sign_bag
from onehall.readings.day_books import differences
from onehall.readings.verification import verify_money
from tests.cast import Cast
from tests.journeys.cash_counters import ALL, SEATS, Counters
from tests.journeys.plain_book import Sent, booked, day, pieces
from tests.journeys.test_deposits import brought

LONG = int(os.environ.get("ONEHALL_CASH_EXAMPLES", "0"))


class Hall(Counters):
    """Bags, the bank and months beside them; after every step the database and the plain book agree."""

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
        self.bags.append(Sent(made, total, day(self.cast.now)))
        self.due.clear()
        self.accounts.move(total, to="transit", out_of="drawer")

    @precondition(lambda self: any(one.booked_on is None for one in self.bags))
    @rule(wrong=st.sampled_from([0, 1]), twice=st.booleans())
    def bank(self, wrong: int, twice: bool) -> None:
        sent = next(one for one in self.bags if one.booked_on is None)
        made, sent.wrong, sent.booked_on = sent.bag, wrong, day(self.cast.now)
        arrived = Money(sent.fen + wrong).text.replace(",", "")
        line = f"{sent.booked_on},R{made.id},{made.serial},{arrived}"
        self.accounts.move(sent.fen, to="bank", out_of="transit")
        self.accounts.move(wrong, to="bank", out_of="pending")
        for _ in range(1 + twice):
            brought(self.cast, self.auditor, line)
        found = banking.findings(
            self.manager.hall_id, bank_days=30, today=self.cast.now.date(), scope=self.manager.scope
        )
        (mine,) = [one for one in found if one.bag and one.bag.id == made.id]
        late = (sent.booked_on - sent.left_on).days > 30
        assert mine.verdict.value == ("differs" if wrong else "late" if late else "matched")
        assert mine.difference.fen == wrong

    @precondition(lambda self: any(one.booked_on and not one.explained for one in self.bags))
    @rule()
    def explain(self) -> None:
        for sent in self.bags:
            if sent.booked_on and not sent.explained:
                sent.explained = True
                (line,) = [
                    line
                    for line, bag in banking.arrivals(self.manager.hall_id, None, scope=ALL)
                    if bag == sent.bag
                ]
                explain_bank_finding(bag=None, line=line.id, words="查过", by=self.auditor, at=self.cast.now)

    @rule()
    def the_month_ends(self) -> None:
        """The first of the next month: closed by two people exactly where nothing is open."""
        month = month_of(day(self.cast.now))
        self.cast.now = month.end + timedelta(hours=9)
        days = policy_book(hall_id=self.manager.hall_id, at=self.cast.now)[banking.BANK_DAYS]
        unbagged = any(
            fen and month.start <= self.due_since[one] < month.end for one, fen in self.due.items()
        )
        able = not (self.shifts or unbagged or any(sent.troubles(days) for sent in self.bags))
        first = day(month.start)
        try:
            propose_month_close(month=first, differing=0, by=self.manager, at=self.cast.now)
            close_month(month=first, differing=0, by=self.auditor, at=self.cast.now)
        except PeriodClosed:
            assert not able
            return
        assert able
        self.closed_until = month.end

    @precondition(lambda self: self.closed_until.year > 2000 and len(self.shifts) < len(SEATS))
    @rule()
    def nothing_goes_into_a_closed_month(self) -> None:
        now, no = self.cast.now, next(no for no in SEATS if no not in self.shifts)
        self.cast.now = self.closed_until - timedelta(hours=1)
        with pytest.raises(PeriodClosed):
            self._open(no, -1_000)
        self.cast.now = now

    @invariant()
    def the_books_agree(self) -> None:
        if not hasattr(self, "shifts"):
            return
        for shift in self.shifts.values():
            assert custody.drawer_balance(shift.id, scope=ALL).fen == shift.cash
            told = custody.drawer_standing(shift.id, scope=ALL)[0]
            rows = DrawerEntry.objects.filter(drawer_id=shift.id, means="cash").order_by("pk")
            start = Money(custody.drawer(shift.id, scope=ALL).opening_float.fen)
            moved = [(custody.EntryKind(one.kind), Money(one.received), Money(one.given)) for one in rows]
            assert told == standing("cash", start, moved)
        opened = {one.id for one in custody.open_drawers(scope=ALL)}
        assert opened == {shift.id for shift in self.shifts.values()}
        dues = custody.takings_due(sorted(self.due), scope=ALL)
        assert {drawer: money.fen for drawer, money in dues.items()} == self.due
        assert booked() == self.accounts.standing()
        self.other_books_agree()
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
            max_examples=LONG or 30, stateful_step_count=40 if LONG else 20, deadline=None, derandomize=not LONG,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
