"""Writing balances: pay in, spend, and back. A balance's row is held while it moves; nothing else of it is ever changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from onehall.contexts.balances.contracts import Kind
from onehall.contexts.balances.models import Balance, Movement
from onehall.contexts.balances.rules import shares, used_already
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import HallId, OrderId, PartyId, PaymentId
from onehall.foundation.values.money import Money


@dataclass(frozen=True, slots=True)
class _Stamp:
    """Where, by whom and when."""

    hall: HallId
    by: Actor
    at: datetime


@in_transaction
def deposit(*, party: PartyId, order: OrderId, amount: Money, hall: HallId, by: Actor, at: datetime) -> None:
    """A paid deposit counts on the customer's balance, once under its order's number."""
    Balance.objects.get_or_create(party_id=party)
    held = Balance.objects.select_for_update().get(party_id=party)
    _move(held, Kind.DEPOSIT, int(order), amount.fen, _Stamp(hall, by, at))


@in_transaction
def move_in(*, party: PartyId, line: int, amount: Money, hall: HallId, by: Actor, at: datetime) -> None:
    """What a telephone line had left when it ended, once under the line's number."""
    Balance.objects.get_or_create(party_id=party)
    held = Balance.objects.select_for_update().get(party_id=party)
    _move(held, Kind.MOVED_IN, line, amount.fen, _Stamp(hall, by, at))


@in_transaction
def take_back_deposit(*, order: OrderId, hall: HallId, by: Actor, at: datetime) -> None:
    """The sale of a deposit is undone. Raises BalanceRefused where some of it was used."""
    moved = Movement.objects.get(kind=Kind.DEPOSIT, reference=int(order))
    held = Balance.objects.select_for_update().get(pk=moved.balance_id)
    if held.amount < moved.amount:
        raise used_already(Money(moved.amount), Money(held.amount))
    _move(held, Kind.TAKEN_BACK, int(order), -moved.amount, _Stamp(hall, by, at))


@in_transaction
def spend(
    *, parties: Sequence[PartyId], payment: PaymentId, amount: Money, hall: HallId, by: Actor, at: datetime
) -> None:
    """Part of a payment comes from the balances of a customer's records, in order. Raises BalanceRefused where they hold less."""
    _draw(parties, Kind.SPENT, int(payment), amount, _Stamp(hall, by, at))


@in_transaction
def refund(
    *, parties: Sequence[PartyId], request: int, amount: Money, hall: HallId, by: Actor, at: datetime
) -> None:
    """Money paid out to the customer, under the number of the request that was approved. Raises BalanceRefused."""
    _draw(parties, Kind.REFUND, request, amount, _Stamp(hall, by, at))


@in_transaction
def put_back(*, payment: PaymentId, hall: HallId, by: Actor, at: datetime) -> None:
    """A payment was undone: what it took from balances is there again; nothing where it took nothing."""
    spent = Movement.objects.filter(kind=Kind.SPENT, reference=int(payment)).order_by("balance_id")
    for one in spent:
        held = Balance.objects.select_for_update().get(pk=one.balance_id)
        _move(held, Kind.PUT_BACK, int(payment), -one.amount, _Stamp(hall, by, at))


def _draw(parties: Sequence[PartyId], kind: Kind, reference: int, amount: Money, stamp: _Stamp) -> None:
    """Takes a sum from balances that are held meanwhile: of two at once the second sees what the first left."""
    held = list(Balance.objects.select_for_update().filter(party_id__in=list(parties)).order_by("pk"))
    for one, share in zip(held, shares(amount, [Money(one.amount) for one in held]), strict=True):
        if share:
            _move(one, kind, reference, -share.fen, stamp)


def _move(held: Balance, kind: Kind, reference: int, fen: int, stamp: _Stamp) -> None:
    Movement.objects.create(
        balance=held, kind=kind, reference=reference, amount=fen, hall_id=stamp.hall, by_id=stamp.by.user_id, at=stamp.at
    )  # fmt: skip
    Balance.objects.filter(pk=held.pk).update(amount=F("amount") + fen)
