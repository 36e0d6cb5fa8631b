"""王建国 by his identity card and by his passport: two records of one customer, for stories about merging (CUS-06)."""

from dataclasses import dataclass
from uuid import uuid4

from onehall.contexts.customers import api as customers
from onehall.contexts.customers.api import Suspicion
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PartyId
from onehall.journeys.merge_customers import merge_customers
from onehall.journeys.state_purpose import state_purpose
from onehall.journeys.undo_customer_merge import undo_customer_merge
from onehall.readings.customer_360 import Customer360, customer_360
from onehall.readings.duplicates import suspected
from tests.cast import Cast, dwelling, mobile, receipt_of, wang

ALL = Scope.operator()
PRESENT = customers.PurposeStated(
    customers.PurposeKind.PRESENT_VERIFIED, verification=customers.Verification.ID_DOCUMENT
)


@dataclass
class Twice:
    """王建国 by his identity card with a line in 502, and by his passport with one in 501; the manager looks at it."""

    cast: Cast
    clerk: Actor
    manager: Actor
    card: PartyId
    passport: PartyId
    phone: str

    def merge(
        self, absorbed: PartyId, survivor: PartyId, *, seen: bool = True, reason: str = "两证同一人"
    ) -> int:
        return merge_customers(
            absorbed=absorbed, survivor=survivor, documents_seen=seen, reason=reason, intent=uuid4(), by=self.manager,
            at=self.cast.later(minutes=1),
        )  # fmt: skip

    def undo(self, merge: int) -> customers.Merged:
        return undo_customer_merge(
            merge_id=merge, reason="弄错了，是两人", by=self.manager, at=self.cast.later(minutes=1)
        )

    def sell(self, party: PartyId, room: str) -> str:
        """Broadband for a year in this room: the number of its receipt."""
        basket = self.cast.basket(
            self.clerk, party, dwelling("dw", "1", "2", room), ("new_broadband", "bb20-year")
        )
        return receipt_of(self.cast.pay(self.clerk, basket.id)).number

    def known(self, party: PartyId) -> Customer360:
        """What the customer's page shows."""
        purpose = state_purpose(party_id=party, stated=PRESENT, by=self.clerk, at=self.cast.now)
        return customer_360(purpose=purpose, scope=self.clerk.scope)


def passport(name: str = "王建国", phone: str = "") -> customers.CustomerGiven:
    given = wang(name, phone=phone)
    document = customers.DocumentGiven(customers.DocumentKind.PASSPORT, f"E{mobile()[3:]}")
    return customers.CustomerGiven(given.kind, given.name, document, given.phones, given.papers)


def arrange(cast: Cast) -> Twice:
    clerk, phone = cast.clerk(), mobile()
    card = cast.registered(clerk, wang(phone=phone)).id
    other = cast.registered(clerk, passport(phone=phone)).id
    return Twice(cast, clerk, cast.sign_in("0201"), card, other, phone)


def pairs(suspicion: Suspicion) -> set[frozenset[int]]:
    found = suspected(suspicion=suspicion, after="", limit=50, scope=ALL)
    return {frozenset((pair.one, pair.other)) for pair in found}


def history(party: PartyId) -> dict[str, list[dict[str, object]]]:
    """Every row that says who: nothing of it may ever change."""
    tables = ("orders_serviceorder", "ledger_payment", "subscriptions_subscription", "fieldwork_workorder")
    rows = {t: fetch_all(f"select * from {t} where party_id = {party} order by id") for t in tables}
    joined = "ledger_receipt r join ledger_payment p on p.id = r.payment_id"
    rows["receipts"] = fetch_all(f"select r.* from {joined} where p.party_id = {party} order by r.id")
    return rows
