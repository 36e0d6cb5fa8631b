"""Reading the ledger. Payments and receipts belong to one hall: outside the scope they are not found."""

from collections.abc import Sequence
from typing import Any, TypeVar

from onehall.contexts.ledger.contracts import Means, Payment, Receipt, Tender
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import BasketId, HallId, PartyId, PaymentId, ReceiptId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period

Found = TypeVar("Found")

_PAYMENTS = """
    select p.id, p.hall_id, p.counter_id, p.by_id, p.basket_id, p.party_id, p.at, p.amount, p.policy_version,
           r.at as reversed_at,
           (select array_agg(array[t.means, t.amount::text, t.tendered::text, t.change::text] order by t.id)
            from ledger_tender t where t.payment_id = p.id) as tenders
    from ledger_payment p left join ledger_reversal r on r.payment_id = p.id
    where (%(halls)s::bigint[] is null or p.hall_id = any(%(halls)s))
"""
_RECEIPTS = """
    select r.id, r.hall_id, r.payment_id, r.kind, r.number, r.book_id, r.payer, r.amount, r.copies, r.turn, r.by_id,
           r.issued_at, v.at as voided_at, coalesce(v.reason, '') as void_reason
    from ledger_receipt r
    join ledger_payment p on p.id = r.payment_id
    left join ledger_receiptvoid v on v.receipt_id = r.id
    where (%(halls)s::bigint[] is null or r.hall_id = any(%(halls)s))
"""

_POSTED = """
    select count(distinct b.id) as batches, coalesce(sum(g.amount) filter (where g.amount > 0), 0)::bigint as debits
    from ledger_batch b left join ledger_posting g on g.batch_id = b.id
    where b.hall_id = %(hall)s and b.at >= %(start)s and b.at < %(end)s
"""


def payment(payment: PaymentId, *, scope: Scope) -> Payment:
    """One payment. Raises NotFound, also for another hall's."""
    return _one([_payment(row) for row in _fetch(_PAYMENTS + " and p.id = %(id)s", scope, id=payment)])


def payments_of_baskets(baskets: Sequence[BasketId], *, scope: Scope) -> tuple[Payment, ...]:
    """The payments of these baskets, oldest first; a basket that is not paid has none."""
    rows = _fetch(_PAYMENTS + " and p.basket_id = any(%(ids)s) order by p.id", scope, ids=list(baskets))
    return tuple(_payment(row) for row in rows)


def payments_of_party(party: PartyId, *, scope: Scope) -> tuple[Payment, ...]:
    """What a customer paid, newest first."""
    rows = _fetch(_PAYMENTS + " and p.party_id = %(id)s order by p.id desc", scope, id=party)
    return tuple(_payment(row) for row in rows)


def receipt(receipt: ReceiptId, *, scope: Scope) -> Receipt:
    """One receipt, void or not. Raises NotFound, also for another hall's."""
    return _one([_receipt(row) for row in _fetch(_RECEIPTS + " and r.id = %(id)s", scope, id=receipt)])


def receipt_by_number(kind: str, number: str, *, scope: Scope) -> Receipt:
    """The receipt that bears this number. Raises NotFound."""
    sql = _RECEIPTS + " and r.kind = %(kind)s and r.number = %(number)s"
    return _one([_receipt(row) for row in _fetch(sql, scope, kind=kind, number=number)])


def receipts_of_payment(payment: PaymentId, *, scope: Scope) -> tuple[Receipt, ...]:
    """A payment's receipts in turn: all but the last are void."""
    rows = _fetch(_RECEIPTS + " and r.payment_id = %(id)s order by r.turn", scope, id=payment)
    return tuple(_receipt(row) for row in rows)


def receipts_of_payments(payments: Sequence[PaymentId], *, scope: Scope) -> tuple[Receipt, ...]:
    """The receipts of these payments by number, void ones among them."""
    rows = _fetch(_RECEIPTS + " and r.payment_id = any(%(ids)s) order by r.number", scope, ids=list(payments))
    return tuple(_receipt(row) for row in rows)


def receipts_of_party(party: PartyId, *, scope: Scope) -> tuple[Receipt, ...]:
    """A customer's receipts, newest first."""
    rows = _fetch(_RECEIPTS + " and p.party_id = %(id)s order by r.id desc", scope, id=party)
    return tuple(_receipt(row) for row in rows)


def posted_in(hall: HallId, span: Period, *, scope: Scope) -> tuple[int, Money]:
    """How many batches a hall has in a span, and the sum of their debits. Raises NotFound outside the scope."""
    scope.require(hall)
    (row,) = fetch_all(_POSTED, {"hall": hall, "start": span.start, "end": span.end})
    return row["batches"], Money(row["debits"])


def cash_is_booked(*, scope: Scope) -> bool:
    """Whether any batch of cash was ever booked in these halls."""
    sql = "select b.id from ledger_cashbooking c join ledger_batch b on b.id = c.batch_id where %(halls)s::bigint[] is null or b.hall_id = any(%(halls)s) limit 1"
    return bool(_fetch(sql, scope))


def _fetch(sql: str, scope: Scope, **facts: Any) -> list[dict[str, Any]]:
    return fetch_all(sql, {"halls": scope.hall_list, **facts})


def _one(found: list[Found]) -> Found:
    if not found:
        raise NotFound()
    return found[0]


def _payment(row: dict[str, Any]) -> Payment:
    return Payment(
        id=row["id"],
        hall=row["hall_id"],
        counter=row["counter_id"],
        by=row["by_id"],
        basket=row["basket_id"],
        party=row["party_id"],
        at=row["at"],
        amount=Money(row["amount"]),
        policy_version=row["policy_version"],
        tenders=tuple(_tender(*parts) for parts in row["tenders"]),
        reversed_at=row["reversed_at"],
    )


def _tender(means: str, amount: str, tendered: str, change: str) -> Tender:
    return Tender(Means(means), Money(int(amount)), Money(int(tendered)), Money(int(change)))


def _receipt(row: dict[str, Any]) -> Receipt:
    return Receipt(
        id=row["id"],
        hall=row["hall_id"],
        payment=row["payment_id"],
        kind=row["kind"],
        number=row["number"],
        book=row["book_id"],
        payer=row["payer"],
        amount=Money(row["amount"]),
        copies=row["copies"],
        turn=row["turn"],
        by=row["by_id"],
        issued_at=row["issued_at"],
        voided_at=row["voided_at"],
        void_reason=row["void_reason"],
    )
