"""A counter with what a payment refers to: 李敏 at counter 1 of 营业厅 with 王建国's basket and a receipt book."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from onehall.contexts.customers.models import Party
from onehall.contexts.ledger.api import (
    AccountKind,
    Means,
    PaymentPosted,
    ReceiptIssued,
    Tender,
    establish_account,
    issue_receipt,
    pay_in_cash,
    post_payment,
)
from onehall.contexts.numbers.models import Book
from onehall.contexts.orders.models import Basket
from onehall.contexts.organisation.models import Counter, Hall, Region
from onehall.foundation.identity.models import User
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId, BookId, CounterId, HallId, PartyId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA
from onehall.foundation.values.text import Text

NOON = datetime(2026, 11, 21, 12, tzinfo=CHINA)
LATER = NOON + timedelta(minutes=5)
OPEN = ("cash",)
BROADBAND = "6001.broadband"
POINTS = "6001.points"


@dataclass(frozen=True)
class Till:
    """One counter, its clerk, its receipt book, and a customer."""

    clerk: Actor
    hall: HallId
    counter: CounterId
    party: PartyId
    book: BookId

    def basket(self) -> BasketId:
        """Another basket of the customer, ready to be paid."""
        basket = Basket.objects.create(
            hall_id=self.hall, counter_id=self.counter, party_id=self.party, by_id=self.clerk.user_id,
            state="held", policy_version=1, opened_at=NOON,
        )  # fmt: skip
        return BasketId(basket.pk)

    def pay(
        self,
        due: str = "560.00",
        handed: str = "600.00",
        *,
        basket: BasketId | None = None,
        tenders: list[Tender] | None = None,
    ) -> PaymentPosted:
        """Posts a payment of one broadband line."""
        return post_payment(
            intent=uuid4(), hall=self.hall, counter=self.counter, basket=basket or self.basket(), party=self.party,
            lines=[(BROADBAND, Money.yuan(due))],
            tenders=tenders or [pay_in_cash(Money.yuan(due), Money.yuan(handed))],
            open_means=OPEN, policy_version=1, by=self.clerk, at=NOON,
        )  # fmt: skip

    def receipt(self, paid: PaymentPosted, number: str = "0042037") -> ReceiptIssued:
        """Gives the receipt for a payment."""
        return issue_receipt(
            payment=paid.payment, kind="receipt", number=number, book=self.book, payer="王建国", copies=3,
            by=self.clerk, at=NOON,
        )  # fmt: skip


def accounts() -> None:
    """The accounts that the tests' payments touch. Inside a transaction."""
    establish_account(
        code="1001", name=Text("库存现金", "Cash on hand"), kind=AccountKind.ASSET, means=Means.CASH, role="drawer",
    )  # fmt: skip
    for role, account in (("float", "1005"), ("pending", "1009"), ("granted", "1010")):
        establish_account(code=account, name=Text(account, account), kind=AccountKind.ASSET, role=role)
    establish_account(code=BROADBAND, name=Text("宽带收入", "Broadband revenue"), kind=AccountKind.REVENUE)
    establish_account(code=POINTS, name=Text("布点收入", "Points revenue"), kind=AccountKind.REVENUE)


def till(no: str = "1", staff_no: str = "0213", name: str = "李敏", hall: HallId | None = None) -> Till:
    """A counter with a clerk; in a new hall unless one is given."""
    changed = {"changed_at": NOON}
    if hall is None:
        region = Region.objects.create(
            code=f"r{staff_no}", name_zh="试验县", name_en="Test county", **changed
        )
        row = Hall.objects.create(code=f"h{staff_no}", region=region, compounds=[], **changed)
        hall = HallId(row.pk)
    counter = Counter.objects.create(hall_id=hall, no=no, capabilities=[], **changed)
    user = User.objects.create(staff_no=staff_no, name=name)
    clerk = Actor(
        user_id=UserId(user.pk), name=name, staff_no=staff_no, hall_id=hall, counter_id=CounterId(counter.pk),
        halls=frozenset({hall}),
    )  # fmt: skip
    party = Party.objects.create(
        kind="individual", name="王建国", name_keys=[], initials="wjg", name_pinyin="wangjianguo",
        registered_hall_id=hall, registered_at=NOON, by_id=user.pk,
    )  # fmt: skip
    first = 42_000 + counter.pk * 100
    book = Book.objects.create(
        kind="receipt", hall_id=hall, counter_id=counter.pk, prefix="", width=7, first=first, last=first + 99,
        next=first, issued_at=NOON,
    )  # fmt: skip
    return Till(clerk, hall, CounterId(counter.pk), PartyId(party.pk), BookId(book.pk))
