"""预存余额 at the desk: what is left and what moved it; a deposit into the basket (PAY-03)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.balances import api as balances
from onehall.contexts.customers import api as customers
from onehall.contexts.ledger import api as ledger
from onehall.entrances.desk.counter.forms import intent_of, whole_number
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.approvals import BALANCE, State
from onehall.foundation.approvals import Request as Asked
from onehall.foundation.approvals import queries as approvals
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.money import Money, NotAnAmount
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.deposit_balance import deposit_balance
from onehall.journeys.refund_balance import refund_balance
from onehall.steps.balance_papers import refund_papers
from onehall.steps.prepaying import left_to, records_of

_SHOWN = 50
KINDS = {
    balances.Kind.DEPOSIT: Text("预存", "paid in"), balances.Kind.TAKEN_BACK: Text("预存作废", "deposit undone"),
    balances.Kind.SPENT: Text("付款", "paid with"), balances.Kind.PUT_BACK: Text("付款作废退回", "payment undone"),
    balances.Kind.MOVED_IN: Text("固话销号余额转入", "rest of a closed telephone line"), balances.Kind.REFUND: Text("退余额", "refunded"),
}  # fmt: skip
"""What each movement is called."""


@permit("payment.take", methods=("GET",))
def show(request: Request, party_id: int) -> HttpResponse:
    """What the customer has left; without a purpose first the question why (SEC-01)."""
    if _purpose(request, party_id) is None:
        return go(request, f"/desk/customers/{party_id}")
    return render(request, "desk/balances/show.html", _facts(request, party_id))


@permit("basket.edit", methods=("POST",))
def deposit(request: Request, party_id: int) -> HttpResponse:
    """Into the basket; it counts once it is paid."""
    if _purpose(request, party_id) is None:
        raise customers.PurposeNeeded()
    amount = amount_typed(request)
    deposit_balance(
        party_id=PartyId(party_id), amount=amount, intent=intent_of(request), by=request.actor, at=request.at
    )
    return go(request, f"/desk/customers/{party_id}")


@permit("sale.reverse", methods=("POST",))
def refund(request: Request, party_id: int) -> HttpResponse:
    """Asked for (which is told as a refusal), or paid out once it is approved."""
    if _purpose(request, party_id) is None:
        raise customers.PurposeNeeded()
    refund_balance(
        party_id=PartyId(party_id), amount=amount_typed(request), reason=request.POST.get("reason", ""),
        approval=whole_number(request, "approval", 0) or None, intent=intent_of(request), by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, f"/desk/customers/{party_id}/balance")


def amount_typed(request: Request) -> Money:
    """The sum of the form, named where it is none."""
    try:
        return Money.yuan(request.POST.get("amount", ""))
    except NotAnAmount as refused:
        refused.field = "amount"
        raise


def _facts(request: Request, party_id: int) -> dict[str, Any]:
    scope, records = request.actor.scope, records_of(PartyId(party_id))
    moved, asked = balances.movements_of(records, limit=_SHOWN, scope=scope), _asked(request, records)
    book = policy_book(hall_id=request.actor.hall_id, at=request.at)
    papers = refund_papers([one.reference for one in moved if one.kind is balances.Kind.REFUND], scope=scope)
    return {
        **surroundings(request), "card": customers.card(PartyId(party_id), scope=scope), "back_href": f"/desk/customers/{party_id}",
        "here": f"/desk/customers/{party_id}/balance", "left": left_to(PartyId(party_id)), "moved": [(one, KINDS[one.kind], papers.get(one.reference, 0) if one.kind is balances.Kind.REFUND else 0) for one in moved],
        "open": ledger.Means.PREPAID in book[ledger.OPEN_MEANS], "asked": asked,
        "asked_amount": Money(asked.body["fen"]) if asked else Money.zero(),
    }  # fmt: skip


def _asked(request: Request, records: list[PartyId]) -> Asked | None:
    """This person's request for this customer that waits or may be used."""
    mine = approvals.asked_by(by=request.actor, at=request.at, limit=_SHOWN)
    open_ones = [one for one in mine if one.kind == BALANCE and one.state in (State.WAITING, State.APPROVED)]
    return next((one for one in open_ones if one.body["party"] in records), None)


def _purpose(request: Request, party_id: int) -> customers.Purpose | None:
    by = request.actor
    customers.card(PartyId(party_id), scope=by.scope)
    root = customers.root(PartyId(party_id), scope=by.scope)
    return customers.purpose_in_force(root, user_id=by.user_id, at=request.at, scope=by.scope)
