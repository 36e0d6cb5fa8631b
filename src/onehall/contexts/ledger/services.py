"""Writing the ledger: post, give the paper, undo. Nothing is ever changed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from onehall.contexts.ledger import queries
from onehall.contexts.ledger.contracts import (
    AccountKind,
    CopiesMissing,
    Means,
    PaidAlready,
    PaymentPosted,
    PaymentReversed,
    ReceiptIssued,
    ReceiptStands,
    Tender,
    UndoneAlready,
)
from onehall.contexts.ledger.models import Account, CashAccount, ReceiptVoid
from onehall.contexts.ledger.rules import Role, Source, balancing, check_tenders
from onehall.foundation.database import Asking, asks, call, function, in_transaction
from onehall.foundation.refusals import PeriodClosed, Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId, BookId, CounterId, HallId, PartyId, PaymentId, ReceiptId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

_BROKEN_PROMISES: dict[str, type[Refusal]] = {
    "ledger_payment_intent_key": PaidAlready,
    "payment_of_basket": PaidAlready,
    "receipt_stands": ReceiptStands,
    "receipt_turn": ReceiptStands,
    "ledger_reversal_payment_id_key": UndoneAlready,
    "ledger_receiptvoid_receipt_id_key": UndoneAlready,
}
_CLOSED = {
    "why": "这一天所在的月份已经月结，不能再记账", "why_en": "The month of this day is closed: nothing is posted into it",
    "do": "请检查电脑时间；冲正记在今天。", "do_en": "Check the clock; a reversal is dated today.",
}  # fmt: skip


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
    with _refusing():
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
    with _refusing():
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
    with _refusing():
        row = call("ledger_reverse_payment_at", **facts)
    refunds = tuple((tender.means, tender.amount) for tender in paid.tenders)
    return PaymentReversed(reversal=row["reversal"], payment=payment, amount=paid.amount, refunds=refunds)


@in_transaction
def book_unsold(*, hall: HallId, means: Means, amount: Money, account: str, at: datetime) -> None:
    """Money of this means that belongs to no sale: it came in (`amount` above zero), or found its sale or went back (below).

    It stands on `account`, so that it is neither lost nor kept silently (LED-02).
    """
    with _refusing():
        call(
            "ledger_book_unsold", p_hall=hall, p_means=means, p_amount=amount.fen, p_account=account, p_at=at
        )


@in_transaction
def book_clearing(*, hall: HallId, means: Means, amount: Money, account: str, at: datetime) -> None:
    """What a provider holds of this means grows by `amount` (below zero: shrinks) against `account`: its fee, the bank, a difference."""
    facts = {"p_means": means, "p_amount": amount.fen, "p_account": account, "p_at": at}
    with _refusing():
        call("ledger_book_against", p_hall=hall, p_kind="clearing", **facts)


@in_transaction
def book_cash(
    *, hall: HallId, source: Source, source_id: int, legs: Mapping[Role, Money], against: Role, at: datetime
) -> None:
    """Books what custody or the bank knows on the accounts of these roles, balanced by `against`; a source once. Raises PeriodClosed."""
    found = balancing(legs, against=against)
    facts = {"p_hall": hall, "p_source": str(source), "p_source_id": source_id, "p_at": at}
    if found:
        with _refusing():
            roles, amounts = [str(role) for role in found], [amount.fen for amount in found.values()]
            call("ledger_book_cash", **facts, p_roles=roles, p_amounts=amounts)


@in_transaction
def unbook_cash(*, source: Source, source_id: int, at: datetime) -> None:
    """What was booked for this is booked back, once; nothing where nothing was. Raises PeriodClosed."""
    with _refusing():
        call("ledger_unbook_cash", p_source=str(source), p_source_id=source_id, p_at=at)


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
    with _refusing():
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


@contextmanager
def _refusing() -> Iterator[None]:
    """Turns a promise the database kept into the refusal a person can read; anything else is a fault and crashes."""
    try:
        yield
    except IntegrityError as broken:
        constraint = getattr(getattr(broken.__cause__, "diag", None), "constraint_name", None)
        if constraint == "period_closed":
            raise PeriodClosed(**_CLOSED) from broken
        refusal = _BROKEN_PROMISES.get(constraint or "")
        if refusal is None:
            raise
        raise refusal() from broken
