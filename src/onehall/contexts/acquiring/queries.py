"""Reading charges. They belong to one hall: outside the scope they are not found."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from onehall.contexts.acquiring.contracts import Charge, Provider, State, Way
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import BasketId, CounterId, HallId, PaymentId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import day_of

_CHARGES = """
    select c.id, c.hall_id as hall, c.counter_id as counter, c.by_id as by, c.basket_id as basket, c.provider, c.way, c.number,
           c.amount, c.asked_at, e.state, e.at as changed_at, coalesce(s.transaction, '') as transaction, s.paid_at, e.code_url,
           e.why, u.payment_id as payment, coalesce(s.payer, '') as payer, coalesce(s.approval, '') as approval
    from acquiring_charge c
    join lateral (
        select state, at, code_url, why from acquiring_chargeevent where charge_id = c.id order by id desc limit 1) e on true
    left join acquiring_chargeevent s on s.charge_id = c.id and s.state = 'succeeded'
    left join acquiring_chargeuse u on u.charge_id = c.id
    where (%(halls)s::bigint[] is null or c.hall_id = any(%(halls)s))
"""


def wait_for_turn(basket: BasketId, *, scope: Scope) -> None:  # unscoped: it reads nothing
    """Until the transaction ends nobody else adds a charge to this basket."""
    fetch_all(
        "select pg_advisory_xact_lock(hashtextextended('acquiring', %(basket)s)) is null", {"basket": basket}
    )


def charge(charge_id: int, *, scope: Scope) -> Charge:
    """One charge. Raises NotFound, also for another hall's."""
    return _one(_charges(" and c.id = %(id)s", scope, id=charge_id))


def charge_by_number(number: str, *, scope: Scope) -> Charge:
    """The charge that bears our number. Raises NotFound."""
    return _one(_charges(" and c.number = %(number)s", scope, number=number))


def charges_of_basket(basket: BasketId, *, scope: Scope) -> tuple[Charge, ...]:
    """Everything that was charged for a basket, oldest first."""
    return _charges(" and c.basket_id = %(id)s order by c.id", scope, id=basket)


def charges_of_payment(payment: PaymentId, *, scope: Scope) -> tuple[Charge, ...]:
    """The charges that a payment used."""
    return _charges(" and u.payment_id = %(id)s order by c.id", scope, id=payment)


def charge_shown_at(counter: CounterId, *, scope: Scope) -> Charge | None:
    """The newest code that this counter's display is to show."""
    where = (
        " and c.counter_id = %(id)s and c.way = 'shown' and c.id in (select charge_id from acquiring_pending)"
    )
    found = _charges(where + " order by c.id desc limit 1", scope, id=counter)
    return found[0] if found and found[0].state is State.WAITING else None


def charges_of_hall(hall: HallId, *, limit: int, scope: Scope) -> tuple[Charge, ...]:
    """The newest charges of a hall first. Raises NotFound outside the scope."""
    scope.require(hall)
    return _charges(
        " and c.hall_id = %(hall)s order by c.id desc limit %(limit)s", scope, hall=hall, limit=limit
    )


def charges_to_see_to(hall: HallId, *, limit: int, scope: Scope) -> tuple[Charge, ...]:
    """Money without a sale and refunds that did not go through, oldest first. Raises NotFound outside the scope."""
    scope.require(hall)
    where = """ and c.hall_id = %(hall)s and (e.state = 'succeeded' and u.payment_id is null
        or e.state in ('refunding', 'refund_refused')) order by c.id limit %(limit)s"""
    return _charges(where, scope, hall=hall, limit=limit)


def charges_to_clear(
    provider: Provider, day: date, numbers: Collection[str], *, scope: Scope
) -> tuple[Charge, ...]:
    """What a provider's file of a day is compared with: the charges that bear these numbers, and all paid or given back that day."""
    where = """ and c.provider = %(provider)s and (c.number = any(%(numbers)s)
        or s.paid_at >= %(start)s and s.paid_at < %(end)s
        or e.state = 'refunded' and e.at >= %(start)s and e.at < %(end)s) order by c.id"""
    span = day_of(day)
    return _charges(where, scope, provider=provider, numbers=list(numbers), start=span.start, end=span.end)


def _charges(where: str, scope: Scope, **facts: Any) -> tuple[Charge, ...]:
    return tuple(_charge(row) for row in fetch_all(_CHARGES + where, {"halls": scope.hall_list, **facts}))


def _one(found: Sequence[Charge]) -> Charge:
    if not found:
        raise NotFound(what="这笔收单", what_en="This charge")
    return found[0]


def _charge(row: dict[str, Any]) -> Charge:
    return Charge(**{
        **row, "provider": Provider(row["provider"]), "way": Way(row["way"]), "amount": Money(row["amount"]),
        "state": State(row["state"]),
    })  # fmt: skip
