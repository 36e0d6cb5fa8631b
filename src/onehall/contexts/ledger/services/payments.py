"""Writing the ledger: post, give the paper, undo. Nothing is ever changed."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from onehall.contexts.ledger import queries
from onehall.contexts.ledger.contracts import (
    AccountKind,
    CopiesMissing,
    PaymentPosted,
    PaymentReversed,
    ReceiptIssued,
    Tender,
)
from onehall.contexts.ledger.models import Account, CashAccount, ReceiptVoid
from onehall.contexts.ledger.rules import check_tenders
from onehall.contexts.ledger.services.promises import refusing
from onehall.foundation.database import Asking, asks, call, function, in_transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId, BookId, CounterId, HallId, PartyId, PaymentId, ReceiptId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text


@in_transaction
@asks
def post_payment(
    *,
    intent: UUID,
    hall: HallId,
    counter: CounterId,
    basket: BasketId,
    party: PartyId,
    lines: Sequence[tuple[str, Money]],
    tenders: Sequence[Tender],
    open_means: Collection[str],
    policy_version: int,
    by: Actor,
    at: datetime,
) -> Asking[PaymentPosted]:
    """Books a payment: its tenders on the accounts of their means, each line on its revenue account.

    `lines` are (account code, amount due). Raises MeansNotOpen, TooLittle, TendersDiffer, PaidAlready.
    """
    amount = Money.total(due for _, due in lines)
    check_tenders(amount, tenders, open_means=open_means)
    with refusing():
        (row,) = yield function(
            "ledger_post_payment",
            p_intent=intent,
            p_hall=hall,
            p_counter=counter,
            p_by=by.user_id,
            p_basket=basket,
            p_party=party,
            p_at=at,
            p_policy_version=policy_version,
            p_accounts=[account for account, _ in lines],
            p_amounts=[due.fen for _, due in lines],
            p_means=[str(tender.means) for tender in tenders],
            p_paid=[tender.amount.fen for tender in tenders],
            p_tendered=[tender.tendered.fen for tender in tenders],
            p_change=[tender.change.fen for tender in tenders],
        )
    change = Money.total(tender.change for tender in tenders)
    return PaymentPosted(payment=row["payment"], batch=row["batch"], amount=amount, change=change)


@in_transaction
@asks
def issue_receipt(
    *,
    payment: PaymentId,
    kind: str,
    number: str,
    book: BookId,
    payer: str,
    copies: int,
    by: Actor,
    at: datetime,
) -> Asking[ReceiptIssued]:
    """Writes the receipt of a payment over exactly its amount, under a number drawn from the counter's book.

    Raises ReceiptStands when a valid one exists or the payment is reversed.
    """
    with refusing():
        (row,) = yield function(
            "ledger_issue_receipt",
            p_payment=payment,
            p_kind=kind,
            p_number=number,
            p_book=book,
            p_payer=payer,
            p_copies=copies,
            p_by=by.user_id,
            p_at=at,
        )
    return ReceiptIssued(receipt=row["receipt"], number=number, amount=Money(row["amount"]), turn=row["turn"])


@in_transaction
def reverse_payment(
    *, payment: PaymentId, counter: CounterId, reason: str, by: Actor, at: datetime
) -> PaymentReversed:
    """Undoes a whole payment, at the counter that gives the money back. Raises NotFound, UndoneAlready, PeriodClosed."""
    paid = queries.payment(payment, scope=by.scope)
    facts = {"p_payment": payment, "p_reason": reason, "p_by": by.user_id, "p_at": at, "p_counter": counter}
    with refusing():
        row = call("ledger_reverse_payment_at", **facts)
    refunds = tuple((tender.means, tender.amount) for tender in paid.tenders)
    return PaymentReversed(reversal=row["reversal"], payment=payment, amount=paid.amount, refunds=refunds)


@in_transaction
def void_receipt(
    *, receipt: ReceiptId, reason: str, copies_present: int, by: Actor, at: datetime
) -> ReceiptIssued:
    """Declares a receipt void; it stays in its book with every copy (RCP-01). Raises NotFound, CopiesMissing, UndoneAlready."""
    spoiled = queries.receipt(receipt, scope=by.scope)
    if copies_present != spoiled.copies:
        raise CopiesMissing(
            field="copies_present", number=spoiled.number, copies=spoiled.copies, present=copies_present
        )
    with refusing():
        ReceiptVoid.objects.create(
            receipt_id=receipt, reason=reason, copies_present=copies_present, by_id=by.user_id, at=at
        )
    return ReceiptIssued(receipt=receipt, number=spoiled.number, amount=spoiled.amount, turn=spoiled.turn)


@in_transaction
def establish_account(*, code: str, name: Text, kind: AccountKind, means: str = "", role: str = "") -> None:
    """Opens an account or renames it; `means` and `role` say what money it holds. Profiles call this."""
    said = {"name_zh": name.zh, "name_en": name.en, "kind": kind, "means": means}
    account, _ = Account.objects.update_or_create(code=code, defaults=said)
    if role:
        CashAccount.objects.update_or_create(role=role, defaults={"account": account})
