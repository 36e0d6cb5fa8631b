"""What clerks sell and customers pay with: broadband, bills, handsets; cash, cards by slip, telephones whose provider misbehaves.

The plain book's half of it: which money is whose. The machine of cash plays it among everything else (PAY-03, CAT-11, LED-02).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count as turns
from uuid import uuid4

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.goods import api as goods
from onehall.contexts.orders import api as orders
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PaymentId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local, midnight, month_of
from onehall.journeys.ask_charge import ask_charge
from onehall.journeys.change_policy import change_policy
from onehall.journeys.note_charge import note_charge
from onehall.journeys.note_refund_slip import note_refund_slip
from onehall.journeys.refund_charge import refund_charge
from onehall.journeys.settle_principal import Paid, settle_principal
from tests.cast import Cast, dwelling
from tests.goods import ALL, chosen, handset, water

Said = acquiring.Said
UNSOLD, WATER, BANK, HANDSETS = "220401", "224111", "100205", "605105"
HELD = {"wechat": "101201", "alipay": "101202", "card": "100201"}
WATCHED = (UNSOLD, WATER, BANK, HANDSETS, *HELD.values())
SERIALS = ("SN20260001", "SN20260002")
"""Two handsets in the shop: they are sold, come back and are sold again."""
MANNERS = ("at once", "twice", "after silence", "late", "closed, then paid", "declined", "never")
"""How a provider answers; a slip is always at once."""
PARTS = st.lists(st.tuples(st.sampled_from(sorted(HELD)), st.sampled_from(MANNERS)), max_size=2)
WHAT = st.sampled_from(["line", "water", "handset 0", "handset 1"])
OTHERS = st.sampled_from(["water", "handset 0", "handset 1"])


@dataclass
class Bill:
    """Money of the waterworks: when it was taken; back with the customer, or with them."""

    fen: int
    at: datetime
    settled: bool = False


@dataclass
class Sale:
    """A sale as the plain book has it: its cash, what was charged by means, and what of it is not ours."""

    payment: PaymentId
    fen: int
    cash: int
    charges: list[acquiring.Charge]
    bill: Bill | None = None
    serial: str = ""
    at: datetime | None = None


class Tills(RuleBasedStateMachine):
    """Charges, bills and handsets; `books` is what should stand on their accounts, debits above zero."""

    cast: Cast
    clerks: dict[str, Actor]
    manager: Actor
    auditor: Actor

    def opens(self) -> None:
        """Every means is taken here; nothing was sold yet."""
        first = midnight(local(self.cast.now).date())
        change_policy(
            key="payment.means", value=["cash", *HELD], valid_from=first, source="试", hall_id=self.manager.hall_id, by=self.manager,
            at=self.cast.now,
        )  # fmt: skip
        self.books = dict.fromkeys(WATCHED, 0)
        self.late: list[acquiring.Charge] = []
        self.stray: list[acquiring.Charge] = []
        self.refunding: list[acquiring.Charge] = []
        self.bills: list[Bill] = []
        self.sold_serials: set[str] = set()
        self.slips, self.rooms = turns(1), turns(101)

    def wanted(self, clerk: Actor, what: str) -> orders.Basket:
        """A new customer's basket. NotEligible where no home is left, SerialSold where the handset is out."""
        party = self.cast.registered(clerk).id
        if what == "line":
            room = next(self.rooms)
            home = dwelling("dw", "1", "2", str(room // 4 * 100 % 600 + 101 + room % 2))
            return self.cast.basket(clerk, party, home, ("new_broadband", "bb20-year"))
        if what == "water":
            return chosen(self.cast, clerk, party, water("86.40"))
        return chosen(self.cast, clerk, party, handset(SERIALS[int(what[-1])]))

    def charged(
        self, clerk: Actor, basket: orders.Basket, parts: list[tuple[str, str]]
    ) -> list[acquiring.Charge]:
        """Half of what nobody was asked for yet, for each part; those that are paid when the clerk goes on."""
        left, paid = basket.total.fen, []
        for means, manner in parts:
            amount = left // 2
            charge = self._asked(clerk, basket, means, Money(amount))
            if self._answered(charge, manner):
                paid.append(charge)
            left -= amount
        return paid

    def _asked(self, clerk: Actor, basket: orders.Basket, means: str, amount: Money) -> acquiring.Charge:
        slip = way = None
        if means == "card":
            way, reference = acquiring.Way.SLIP, f"{next(self.slips):012d}"
            slip = acquiring.slip_of(card="1234", approval="123456", reference=reference, at=self.cast.now)
        charge, _ = ask_charge(
            basket_id=basket.id, provider=acquiring.Provider(means), way=way or acquiring.Way.SCANNED, amount=amount, intent=uuid4(),
            by=clerk, at=self.cast.now, slip=slip,
        )  # fmt: skip
        return charge

    def _answered(self, charge: acquiring.Charge, manner: str) -> bool:
        """Whether it is paid now; what comes later is kept."""
        if charge.way is acquiring.Way.SLIP:
            self.came(charge)
            return True
        for said in {"after silence": [Said.UNKNOWN, Said.WAITING], "closed, then paid": [Said.CLOSED], "declined": [Said.FAILED]}.get(
            manner, []
        ):  # fmt: skip
            self.hears(charge, said)
        if manner in ("late", "closed, then paid"):
            self.late.append(charge)
        if manner not in ("at once", "twice", "after silence"):
            return False
        for _ in range(1 + (manner == "twice")):
            self.hears(charge, Said.SUCCEEDED)
        self.came(charge)
        return True

    def hears(self, charge: acquiring.Charge, said: acquiring.Said) -> None:
        """The provider says something."""
        answer = acquiring.Answer(said)
        if said is Said.SUCCEEDED:
            answer = acquiring.Answer(
                said, transaction=f"42{charge.number}", paid_at=self.cast.now, amount=charge.amount
            )
        note_charge(number=charge.number, answer=answer, by=None, at=self.cast.now)

    def came(self, charge: acquiring.Charge) -> None:
        """Its money is with us, and has no sale yet."""
        self.books[HELD[charge.provider.value]] += charge.amount.fen
        self.books[UNSOLD] -= charge.amount.fen

    def sold(self, sale: Sale) -> None:
        """The charges found their sale; what is collected is owed, a handset is out."""
        self.books[UNSOLD] += sum(one.amount.fen for one in sale.charges)
        if sale.bill:
            self.bills.append(sale.bill)
            self.books[WATER] -= sale.bill.fen
        if sale.serial:
            self.sold_serials.add(sale.serial)
            self.books[HANDSETS] -= sale.fen

    def undone(self, sale: Sale) -> None:
        """A sale was voided or reversed: its charges are asked back, its bill is owed no longer, its handset is in the shop."""
        self.books[UNSOLD] -= sum(one.amount.fen for one in sale.charges)
        self.refunding += sale.charges
        if sale.bill:
            self.bills.remove(sale.bill)
            self.books[WATER] += sale.bill.fen
        if sale.serial:
            self.sold_serials.remove(sale.serial)
            self.books[HANDSETS] += sale.fen

    @precondition(lambda self: self.late)
    @rule(twice=st.booleans())
    def a_payment_is_told_late(self, twice: bool) -> None:
        charge = self.late.pop(0)
        for _ in range(1 + twice):
            self.hears(charge, Said.SUCCEEDED)
        self.came(charge)
        self.stray.append(charge)

    @precondition(lambda self: self.stray)
    @rule()
    def money_without_a_sale_is_given_back(self) -> None:
        charge = self.stray.pop()
        refund_charge(
            charge_id=charge.id, reason="没有受理", intent=uuid4(), by=self.manager, at=self.cast.now
        )
        self.refunding.append(charge)

    @precondition(lambda self: self.refunding)
    @rule(refused=st.booleans(), twice=st.booleans())
    def a_refund_arrives(self, refused: bool, twice: bool) -> None:
        charge = self.refunding.pop()
        if charge.way is acquiring.Way.SLIP:
            slip = acquiring.slip_of(
                card="1234", approval="654321", reference=f"{next(self.slips):012d}", at=self.cast.now
            )
            note_refund_slip(
                charge_id=charge.id, slip=slip, intent=uuid4(), by=self.clerks["0213"], at=self.cast.now
            )
        else:
            for said in [Said.UNKNOWN] * refused + [Said.REFUNDED] * (1 + twice):
                self.hears(charge, said)
        self.books[HELD[charge.provider.value]] -= charge.amount.fen
        self.books[UNSOLD] += charge.amount.fen

    @rule(wrong=st.sampled_from([0, 0, 1]))
    def the_waterworks_are_paid(self, wrong: int) -> None:
        """What was collected until the end of last month and nobody took back, at exactly that sum."""
        this = month_of(local(self.cast.now).date())
        due = [one for one in self.bills if not one.settled and one.at < this.start]
        owed = sum(one.fen for one in due)
        month = local(this.start - timedelta(days=1)).date().replace(day=1)
        paid = Paid(self.manager.hall_id, month, Money(owed + wrong), "转 6601")
        given = {"code": "water", "paid": paid, "intent": uuid4(), "by": self.auditor, "at": self.cast.now}
        if wrong or not owed:
            with pytest.raises(goods.SettlementRefused):
                settle_principal(**given)
            return
        settle_principal(**given)
        for one in due:
            one.settled = True
        self.books[WATER] += owed
        self.books[BANK] -= owed

    def other_books_agree(self) -> None:
        """Every account beside cash's way holds what the plain book says; so do the serials and what is owed."""
        rows = fetch_all(
            "select account, sum(amount)::bigint as fen from pub_ledger_posting where account = any(%(codes)s) group by account",
            {"codes": list(WATCHED)},
        )
        assert dict.fromkeys(WATCHED, 0) | {row["account"]: row["fen"] for row in rows} == self.books
        assert {one for one in SERIALS if goods.handset_standing(one, scope=ALL)} == self.sold_serials
        principal = goods.principal("water", scope=ALL)
        owed = goods.owed(scope=ALL).get(principal.id, Money.zero()).fen
        assert owed == sum(one.fen for one in self.bills if not one.settled) == -self.books[WATER]
