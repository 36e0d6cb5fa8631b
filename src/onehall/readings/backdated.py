"""补录清单: forms typed in afterwards, for the manager's daily look (CON-03): both times, both people, what became of it."""

from dataclasses import dataclass
from datetime import date, datetime

from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import day_of

_FORMS = """
    select e.basket_id, e.number, e.written_at, w.name as written_by, e.typed_at, t.name as typed_by, e.incident,
           e.hand_receipt, e.withdrawn_at, c.name as customer, b.state, p.amount,
           (select r.number from pub_ledger_receipt r where r.payment_id = p.id order by r.id desc limit 1) as receipt
    from pub_orders_paper e
    join pub_orders_basket b on b.id = e.basket_id
    join pub_customers_party c on c.id = b.party_id
    join identity_user w on w.id = e.written_by_id
    join identity_user t on t.id = e.typed_by_id
    left join pub_ledger_payment p on p.basket_id = e.basket_id
    where e.hall_id = %(hall)s and e.typed_at >= %(start)s and e.typed_at < %(end)s
      and (%(halls)s::bigint[] is null or e.hall_id = any(%(halls)s))
    order by e.typed_at desc, e.basket_id desc limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Backdated:
    """A paper form: `amount` and `receipt` once it is paid, `withdrawn` when the basket or the sale was taken back."""

    basket_id: int
    number: str
    written_at: datetime
    written_by: str
    typed_at: datetime
    typed_by: str
    incident: str
    hand_receipt: str
    withdrawn: bool
    customer: str
    state: str
    amount: Money | None
    receipt: str


def backdated(*, hall_id: int, day: date, scope: Scope, limit: int) -> list[Backdated]:
    """What was typed in on that day in the hall, newest first."""
    span = day_of(day)
    facts = {"hall": hall_id, "start": span.start, "end": span.end, "halls": scope.hall_list, "limit": limit}
    return [
        Backdated(
            basket_id=row["basket_id"], number=row["number"], written_at=row["written_at"],
            written_by=row["written_by"], typed_at=row["typed_at"], typed_by=row["typed_by"], incident=row["incident"],
            hand_receipt=row["hand_receipt"], withdrawn=row["withdrawn_at"] is not None, customer=row["customer"],
            state=row["state"], amount=None if row["amount"] is None else Money(row["amount"]),
            receipt=row["receipt"] or "",
        )
        for row in fetch_all(_FORMS, facts)
    ]  # fmt: skip
