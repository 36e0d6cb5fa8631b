"""What a clerk sold on a day: payment, receipt, customer, and what can still be done with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import day_of, local

_SALES = """
    select p.id as payment_id, p.basket_id, p.at, p.amount, p.reversed_at, r.id as receipt_id, r.number,
           r.voided_at, c.name, d.id as document_id
    from pub_ledger_payment p
    left join pub_ledger_receipt r on r.payment_id = p.id
    join pub_customers_party c on c.id = p.party_id
    left join documents_document d on d.subject = 'receipt' and d.subject_id = r.id
    where p.by_id = %(user)s and p.at >= %(start)s and p.at < %(end)s
      and (%(halls)s::bigint[] is null or p.hall_id = any(%(halls)s))
    order by p.id desc limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Sale:
    """A payment taken; `void` when it was taken back."""

    payment_id: int
    basket_id: int
    at: datetime
    amount: Money
    receipt_id: int | None
    number: str
    void: bool
    name: str
    document_id: int | None


def sales_of_clerk(*, user_id: int, day: datetime, scope: Scope, limit: int) -> list[Sale]:
    """The clerk's sales of the local day, newest first."""
    span = day_of(local(day).date())
    facts: dict[str, Any] = {"user": user_id, "start": span.start, "end": span.end}
    rows = fetch_all(_SALES, {**facts, "halls": scope.hall_list, "limit": limit})
    return [
        Sale(
            payment_id=row["payment_id"],
            basket_id=row["basket_id"],
            at=row["at"],
            amount=Money(row["amount"]),
            receipt_id=row["receipt_id"],
            number=row["number"] or "",
            void=row["reversed_at"] is not None,
            name=row["name"],
            document_id=row["document_id"],
        )
        for row in rows
    ]
