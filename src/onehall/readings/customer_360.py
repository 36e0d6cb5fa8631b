"""Everything about a customer on one screen (CUS-04): services and their points, orders, receipts, work in the field.

What was merged into the record stands beside its own (CUS-06). Who asks shows the purpose under which the record is open (SEC-01): without one there is no customer to ask about.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onehall.contexts.customers.api import Purpose
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text


@dataclass(frozen=True, slots=True)
class Service:
    """A service at a dwelling; `expires_at` of its last paid term, `ending_at` when its ending is announced."""

    subscription_id: int
    kind: str
    account_name: str
    serial: str
    address: Text
    offering: str
    name: Text
    expires_at: datetime | None
    ending_at: datetime | None
    ended_at: datetime | None
    points: int


@dataclass(frozen=True, slots=True)
class Written:
    """An order typed from paper: the form's number, when and by whom it was written, by whom it was typed (CON-03)."""

    number: str
    at: datetime
    by: str
    typed_by: str


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order of one of the scope's halls."""

    order_id: int
    hall_id: int
    serial: str
    kind: str
    name: Text
    amount: Money
    accepted_at: datetime
    state: str
    written: Written | None = None


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A receipt of one of the scope's halls; `voided_at` where it was spoiled."""

    receipt_id: int
    payment_id: int
    number: str
    amount: Money
    issued_at: datetime
    voided_at: datetime | None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A work order of one of the scope's halls, its state, and until when its next step waits."""

    work_order_id: int
    order_id: int
    kind: str
    serial: str
    state: str
    waiting_until: datetime | None
    satisfaction: int | None


@dataclass(frozen=True, slots=True)
class Customer360:
    """Newest first in every part; services still running stand before those that ended."""

    party_id: int
    services: tuple[Service, ...]
    orders: tuple[OrderLine, ...]
    receipts: tuple[ReceiptLine, ...]
    cases: tuple[CaseLine, ...]


_SERVICES = """
    select s.id, s.kind, s.account_name, s.serial, n.label, n.label_en, s.offering,
           coalesce(o.name_zh, s.offering, '') as name_zh, coalesce(o.name_en, s.offering, '') as name_en, s.expires_at, s.ending_at,
           s.ended_at, coalesce((select sum(p.quantity) from pub_subscriptions_points p
                                 where p.subscription_id = s.id), 0) as points
    from pub_subscriptions_subscription s join pub_customers_premises n on n.id = s.dwelling_id
    left join pub_catalogue_offering o on o.code = s.offering
    where s.party_id = any(pub_customers_group(%(party)s))
    order by s.ended_at is not null, s.id desc limit %(limit)s
"""
_ORDERS = """
    select o.id, o.hall_id, o.serial, o.kind, o.name_zh, o.name_en, o.amount_fen, o.accepted_at, o.state, e.number,
           e.written_at, w.name as written_by, t.name as typed_by
    from pub_orders_order o
    left join pub_orders_paper e on e.basket_id = o.basket_id
    left join identity_user w on w.id = e.written_by_id
    left join identity_user t on t.id = e.typed_by_id
    where o.party_id = any(pub_customers_group(%(party)s))
      and (%(halls)s::bigint[] is null or o.hall_id = any(%(halls)s))
    order by o.accepted_at desc, o.id desc limit %(limit)s
"""
_RECEIPTS = """
    select r.id, r.payment_id, r.number, r.amount, r.issued_at, r.voided_at
    from pub_ledger_payment p join pub_ledger_receipt r on r.payment_id = p.id
    where p.party_id = any(pub_customers_group(%(party)s)) and (%(halls)s::bigint[] is null or r.hall_id = any(%(halls)s))
    order by r.issued_at desc, r.id desc limit %(limit)s
"""
_CASES = """
    select w.id, w.order_id, w.kind, w.serial, w.state, w.waiting_until,
           (select c.satisfaction from pub_fieldwork_call c
            where c.work_order_id = w.id and c.satisfaction is not null order by c.id desc limit 1) as satisfaction
    from pub_fieldwork_work_order w
    where w.party_id = any(pub_customers_group(%(party)s)) and (%(halls)s::bigint[] is null or w.hall_id = any(%(halls)s))
    order by w.id desc limit %(limit)s
"""


def customer_360(*, purpose: Purpose, scope: Scope, limit: int = 50) -> Customer360:
    """Up to `limit` lines of each part for the customer whose record `purpose` opened."""
    facts = {"party": purpose.party_id, "halls": scope.hall_list, "limit": limit}
    return Customer360(
        party_id=purpose.party_id,
        services=tuple(_service(row) for row in fetch_all(_SERVICES, facts)),
        orders=tuple(_order(row) for row in fetch_all(_ORDERS, facts)),
        receipts=tuple(_receipt(row) for row in fetch_all(_RECEIPTS, facts)),
        cases=tuple(CaseLine(*row.values()) for row in fetch_all(_CASES, facts)),
    )


def _service(row: dict[str, Any]) -> Service:
    return Service(
        subscription_id=row["id"],
        kind=row["kind"],
        account_name=row["account_name"],
        serial=row["serial"],
        address=Text(row["label"], row["label_en"]),
        offering=row["offering"] or "",
        name=Text(row["name_zh"], row["name_en"]),
        expires_at=row["expires_at"],
        ending_at=row["ending_at"],
        ended_at=row["ended_at"],
        points=int(row["points"]),
    )


def _order(row: dict[str, Any]) -> OrderLine:
    return OrderLine(
        order_id=row["id"],
        hall_id=row["hall_id"],
        serial=row["serial"],
        kind=row["kind"],
        name=Text(row["name_zh"], row["name_en"]),
        amount=Money(row["amount_fen"]),
        accepted_at=row["accepted_at"],
        state=row["state"],
        written=_written(row) if row["number"] else None,
    )


def _written(row: dict[str, Any]) -> Written:
    return Written(row["number"], row["written_at"], row["written_by"], row["typed_by"])


def _receipt(row: dict[str, Any]) -> ReceiptLine:
    return ReceiptLine(
        receipt_id=row["id"],
        payment_id=row["payment_id"],
        number=row["number"],
        amount=Money(row["amount"]),
        issued_at=row["issued_at"],
        voided_at=row["voided_at"],
    )
