"""Money for a settled basket: booked, laid into the drawer, receipted; and the same taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onehall.contexts.custody import api as custody
from onehall.contexts.customers import api as customers
from onehall.contexts.ledger import api as ledger
from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.foundation.database import Asked, ahead
from onehall.foundation.documents.services import issue_document, reserve_paper
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import CounterId, DocumentId, OrderId, PaymentId
from onehall.foundation.values.period import Period
from onehall.steps import sale_papers

RECEIPT = "receipt"
"""The kind of book that receipts are drawn from, and the subject of their papers."""


@dataclass(frozen=True, slots=True)
class Collection:
    """What was asked of the rooms when the money was taken; the answers come with what is asked next."""

    posted: Asked[ledger.PaymentPosted]
    payer: Asked[tuple[str, str]]
    issuer: Asked[organisation.Issuer]
    drawn: Asked[numbers.DrawnNumber]
    paper: Asked[DocumentId]


def collect(
    *,
    settlement: orders.Settlement,
    tenders: Sequence[ledger.Tender],
    counter_id: CounterId,
    intent: UUID,
    book: PolicyBook,
    by: Actor,
    at: datetime,
) -> Collection:
    """Books the payment (PAY-01), draws the receipt's number from the counter's book (RCP-01), asks what the receipt says.

    All that a refusal could come from was asked before the book's row, which is locked last of them.
    """
    home, means = settlement.orders[0].dwelling_id, book[ledger.OPEN_MEANS]
    return Collection(
        payer=ahead(customers.payer, settlement.party_id, dwelling_id=home, scope=by.scope),
        issuer=ahead(organisation.issuer, hall_id=by.hall_id, counter_id=counter_id, scope=by.scope),
        posted=ahead(
            ledger.post_payment,
            intent=intent,
            hall=by.hall_id,
            counter=counter_id,
            basket=settlement.basket_id,
            party=settlement.party_id,
            lines=[(order.revenue_account, order.amount) for order in settlement.orders],
            tenders=tenders,
            open_means=means,
            policy_version=book.version,
            by=by,
            at=at,
        ),
        paper=ahead(reserve_paper),
        drawn=ahead(numbers.draw_number, kind=RECEIPT, counter_id=counter_id),
    )


def give_receipt(
    *,
    collected: Collection,
    settlement: orders.Settlement,
    tenders: Sequence[ledger.Tender],
    terms: Mapping[OrderId, Period],
    counter_id: CounterId,
    copies: int,
    by: Actor,
    at: datetime,
) -> tuple[PaymentId, numbers.DrawnNumber, DocumentId]:
    """Lays the money into the clerk's drawer (CSH-01), writes the receipt over exactly the payment, stores its paper."""
    payment, drawn = collected.posted.answer().payment, collected.drawn.answer()
    payer, address = collected.payer.answer()
    passed = [custody.Passed(means=one.means, received=one.tendered, returned=one.change) for one in tenders]
    ahead(custody.take_in, counter=counter_id, payment=payment, passed=passed, by=by, at=at)
    issued = ledger.issue_receipt(
        payment=payment,
        kind=RECEIPT,
        number=drawn.number,
        book=drawn.book_id,
        payer=payer,
        copies=copies,
        by=by,
        at=at,
    )
    form = sale_papers.receipt(
        settlement=settlement,
        terms=terms,
        tenders=tenders,
        issuer=collected.issuer.answer(),
        payer=payer,
        address=address,
        by=by,
        at=at,
    )
    paper = issue_document(
        form,
        hall_id=by.hall_id,
        serial=drawn.number,
        subject=RECEIPT,
        subject_id=issued.receipt,
        by=by,
        at=at,
        reserved=collected.paper.answer(),
    )
    return payment, drawn, paper.id


def is_same_shift(*, paid: ledger.Payment, by: Actor) -> bool:
    """Whether the clerk's open drawer is the one the money came into."""
    drawer = custody.drawer_of_clerk(by.user_id, scope=by.scope)
    if drawer is None or paid.by != by.user_id:
        return False
    return drawer.counter == paid.counter and drawer.opened_at <= paid.at


def give_back(
    *, paid: ledger.Payment, reason: str, copies_present: int, by: Actor, at: datetime
) -> tuple[str, ...]:
    """Reverses the payment, voids its receipt with every copy, hands the money back; the void receipts' numbers."""
    undone = ledger.reverse_payment(payment=paid.id, counter=paid.counter, reason=reason, by=by, at=at)
    standing = [
        receipt
        for receipt in ledger.receipts_of_payment(paid.id, scope=by.scope)
        if receipt.voided_at is None
    ]
    for receipt in standing:
        ledger.void_receipt(receipt=receipt.id, reason=reason, copies_present=copies_present, by=by, at=at)
    custody.pay_out(counter=paid.counter, payment=paid.id, refunds=undone.refunds, by=by, at=at)
    return tuple(receipt.number for receipt in standing)
