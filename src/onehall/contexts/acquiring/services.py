"""Writing charges: ask, note what was heard, use, give back. Nothing is ever changed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from onehall.contexts.acquiring import queries
from onehall.contexts.acquiring.contracts import Answer, Charge, ChargeRefused, Provider, State, Way
from onehall.contexts.acquiring.models import Charge as ChargeRow
from onehall.contexts.acquiring.models import ChargeEvent, ChargeUse, Pending
from onehall.contexts.acquiring.policies import QUERY_SECONDS
from onehall.contexts.acquiring.rules.cards import BY_HAND, Slip, check_first, known_slip
from onehall.contexts.acquiring.rules.charges import check_charge, check_refund, next_state, pause
from onehall.foundation.database import in_transaction
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import BasketId, CounterId, PaymentId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local

_ALL = Scope.operator()


@in_transaction
def ask_charge(
    *, basket: BasketId, due: Money, counter: CounterId, provider: Provider, way: Way, amount: Money | None, intent: UUID,
    book: PolicyBook, by: Actor, at: datetime, slip: Slip | None = None,
) -> Charge:  # fmt: skip
    """Writes down what a provider is about to be asked; it is asked after the commit. Raises ChargeRefused.

    `due` is the basket's sum: with all charges that stand or may still be paid it is never exceeded, also by two who charge
    at once. Without an `amount` all that is left is charged. A `slip` names itself, and is on record once in the whole province.
    """
    queries.wait_for_turn(basket, scope=by.scope)
    counted = [
        one.amount for one in queries.charges_of_basket(basket, scope=by.scope) if one.open or one.usable
    ]
    standing = Money.total(counted)
    amount = due - standing if amount is None else amount
    check_charge(amount=amount, due=due, standing=standing)
    number = slip.number if slip else f"{local(at):%Y%m%d}{intent.hex[:20]}"
    facts = {
        "hall_id": by.hall_id, "counter_id": counter, "by_id": by.user_id, "basket_id": basket, "provider": provider, "way": way,
        "amount": amount.fen, "asked_at": at,
    }  # fmt: skip
    row, new = ChargeRow.objects.get_or_create(number=number, defaults=facts)
    check_first(
        new and not ChargeEvent.objects.filter(transaction=number, state=State.SUCCEEDED).exists(), way
    )
    ChargeEvent.objects.create(charge=row, state=State.ASKED, by_id=by.user_id, at=at)
    Pending.objects.create(charge=row, next_at=at + pause(0, first_seconds=book[QUERY_SECONDS]))
    return queries.charge(row.pk, scope=by.scope)


@in_transaction
def note_answer(
    *, number: str, answer: Answer, by: Actor | None, at: datetime
) -> tuple[Charge, State | None]:
    """Writes down what was heard of a charge: how it stands now, and what that answer changed, if anything.

    Heard twice, late or in another order, a charge succeeds and is given back once. Raises NotFound, AnswerRefused, ChargeRefused
    for a slip or a transaction that another charge bears.
    """
    ChargeRow.objects.select_for_update().filter(number=number).first()
    before = queries.charge_by_number(number, scope=_ALL)
    state = next_state(before.state, answer, amount=before.amount, transaction=before.transaction)
    if state is None:
        return before, None
    success = state is State.SUCCEEDED
    bears = success or (state is State.REFUNDED and before.way in BY_HAND)
    try:
        ChargeEvent.objects.create(
            charge_id=before.id, state=state, transaction=answer.transaction if bears else "", why=answer.why[:200],
            payer=answer.payer, approval=answer.approval, paid_at=(answer.paid_at or at) if success else None, code_url=answer.code_url,
            by_id=by.user_id if by else None, at=at,
        )  # fmt: skip
    except IntegrityError as broken:
        if getattr(getattr(broken.__cause__, "diag", None), "constraint_name", None) != "slip_once":
            raise
        raise known_slip(before.way, answer.transaction) from broken
    if state is not State.WAITING:
        Pending.objects.filter(charge_id=before.id).delete()
    return queries.charge(before.id, scope=_ALL), state


@in_transaction
def use_charges(*, charges: Sequence[int], basket: BasketId, payment: PaymentId, at: datetime) -> None:
    """These charges are part of this payment, and of no other ever: one that is not usable breaks the whole."""
    for charge in usable(charges=charges, basket=basket):
        ChargeUse.objects.create(charge_id=charge.id, payment_id=payment, at=at)


@in_transaction
def usable(*, charges: Sequence[int], basket: BasketId) -> tuple[Charge, ...]:
    """These charges, held against everybody else, if each was paid for this basket and is used by nothing. Raises ChargeRefused."""
    list(ChargeRow.objects.select_for_update().filter(pk__in=charges).order_by("pk").values_list("pk"))
    found = tuple(
        one for one in queries.charges_of_basket(basket, scope=_ALL) if one.id in charges and one.usable
    )
    if len(found) != len(set(charges)):
        raise ChargeRefused(
            why="有一笔手机付款还没有到账，或已经用掉", why_en="A charge was not paid yet, or is used already",
            do="请看“收款中”页每一笔的状态。", do_en="See how each charge stands on the page of the payment.",
        )  # fmt: skip
    return found


@in_transaction
def ask_refund(*, charge_id: int, voided: bool, reason: str, by: Actor, at: datetime) -> Charge:
    """The whole charge is to go back to where it came from; the provider is asked after the commit, who is not connected by a person. Raises ChargeRefused.

    With `voided` the caller has just undone the payment that used it; else it has no sale, or was refused before, and whoever
    gives it back is not who charged it.
    """
    ChargeRow.objects.select_for_update().filter(pk=charge_id).first()
    before = queries.charge(charge_id, scope=by.scope)
    check_refund(before, voided=voided, same_person=before.by == by.user_id, reason=reason)
    ChargeEvent.objects.create(
        charge_id=charge_id, state=State.REFUNDING, why=reason[:200], by_id=by.user_id, at=at
    )
    if before.way not in BY_HAND:
        Pending.objects.create(charge_id=charge_id, next_at=at)
    return queries.charge(charge_id, scope=by.scope)


@in_transaction
def take_due(*, limit: int, book: PolicyBook, at: datetime) -> tuple[Charge, ...]:
    """Charges whose provider is to be asked now, each leased until its next turn: two processes never take the same."""
    due = (
        Pending.objects.select_for_update(skip_locked=True)
        .filter(next_at__lte=at)
        .order_by("next_at")[:limit]
    )
    taken = []
    for row in due:
        row.attempts += 1
        wait = pause(row.attempts, first_seconds=book[QUERY_SECONDS])
        Pending.objects.filter(pk=row.pk).update(attempts=row.attempts, next_at=at + wait)
        taken.append(queries.charge(row.charge_id, scope=_ALL))
    return tuple(taken)
