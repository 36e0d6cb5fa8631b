"""What a customer paid in and has not used, and a deposit into the basket. It pays with `balance_fen` of a payment."""

from typing import Any

from onehall.contexts.balances import api as balances
from onehall.contexts.customers import api as customers
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Amount, Fen, Given, Key, Moment, Shown
from onehall.foundation.values.ids import DocumentId, PartyId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.deposit_balance import deposit_balance
from onehall.steps.balance_papers import refund_papers
from onehall.steps.prepaying import left_to, records_of

noun = Noun(Text("预存余额", "Balances"))
_MANY = 200  # structural: movements that a programme is told at once


class BalanceMovement(Shown):
    """What moved it; `kind` is deposit, taken_back, spent, put_back, moved_in or refund, `reference` its order, payment, line or request.

    `document_id` is the paper of a refund, as `/documents` knows it; of another hall it is not told.
    """

    id: int
    kind: str
    reference: int
    amount: Amount
    at: Moment
    document_id: int | None


class CustomerBalance(Shown):
    """What is left, and the newest movements first."""

    left: Amount
    movements: list[BalanceMovement]


class DepositGiven(Given):
    """How much the customer pays in."""

    amount_fen: Fen


class DepositDrafted(Shown):
    """The basket that holds the deposit: it counts once that is paid."""

    basket_id: int
    total: Amount


@noun.operation(
    "GET", "/customers/{int:party_id}/balance", permission="payment.take", words=Text("客户的预存余额", "A customer's balance"), shows=CustomerBalance
)  # fmt: skip
def show(request: Request, party_id: int) -> Any:
    scope = request.actor.scope
    card = customers.card(PartyId(party_id), scope=scope)
    if customers.purpose_in_force(card.id, user_id=request.actor.user_id, at=request.at, scope=scope) is None:
        raise customers.PurposeNeeded()
    moved = balances.movements_of(records_of(PartyId(party_id)), limit=_MANY, scope=scope)
    papers = refund_papers([one.reference for one in moved if one.kind is balances.Kind.REFUND], scope=scope)
    return {"left": left_to(PartyId(party_id)), "movements": [_moved(one, papers) for one in moved]}


def _moved(one: balances.Movement, papers: dict[int, DocumentId]) -> dict[str, Any]:
    paper = papers.get(one.reference) if one.kind is balances.Kind.REFUND else None
    return {name: getattr(one, name) for name in ("id", "kind", "reference", "amount", "at")} | {
        "document_id": paper
    }


@noun.operation(
    "POST", "/customers/{int:party_id}/deposits", permission="basket.edit", words=Text("预存放入受理单", "A deposit into the basket"), shows=DepositDrafted, status=201
)  # fmt: skip
def deposit(request: Request, party_id: int, given: DepositGiven, key: Key) -> Any:
    customers.card(PartyId(party_id), scope=request.actor.scope)
    basket = deposit_balance(
        party_id=PartyId(party_id),
        amount=Money(given.amount_fen),
        intent=key,
        by=request.actor,
        at=request.at,
    )
    return {"basket_id": basket.id, "total": basket.total}
