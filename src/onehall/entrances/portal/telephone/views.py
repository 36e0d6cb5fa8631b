"""The page of the lines; asking for a recharge, waiting for it, asking the provider now, giving it up."""

from uuid import UUID

from django.http import HttpResponse

from onehall.contexts.acquiring import api as acquiring
from onehall.entrances.portal.account.guard import CustomerRequest, address_of, customer, page
from onehall.entrances.portal.telephone.lines import line_asked, month_asked, telephone_facts
from onehall.entrances.portal.telephone.recharge import own_charge, recharge_facts
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import NotFound, Refusal
from onehall.foundation.values.money import Money
from onehall.foundation.web.responses import go
from onehall.journeys.itemise_own_calls import CallsAsked, itemise_own_calls
from onehall.journeys.note_charge import note_charge
from onehall.journeys.recharge_online import recharge_online
from onehall.journeys.settle_online import settle_online
from onehall.runs.see_to_charges import see_to
from onehall.steps.charging import acquirer, put
from onehall.steps.online_baskets import OnlineRecharge


@customer(methods=("GET",))
def telephone(request: CustomerRequest) -> HttpResponse:
    """The telephone lines of the same customer: balance, bills and calls (VOI-03)."""
    return page(request, "telephone", telephone_facts(request))


@customer(methods=("POST",))
def calls(request: CustomerRequest) -> HttpResponse:
    """The month with the numbers in full, in this answer alone, for who presses the line's service password (ADR-05)."""
    try:
        asked = CallsAsked(line_asked(request), month_asked(request), request.POST.get("password", ""))
        itemise_own_calls(asked=asked, who=request.customer, address=address_of(request), at=request.at)
    except Refusal as refused:
        return page(request, "telephone", telephone_facts(request), refused)
    return page(request, "telephone", telephone_facts(request, full=True))


@customer(methods=("POST",))
def ask(request: CustomerRequest) -> HttpResponse:
    """On to the code that is to be scanned; refused, the page of the telephone with what was typed."""
    try:
        charge, new = recharge_online(
            asked=_asked(request), who=request.customer, intent=_intent(request), at=request.at
        )
    except Refusal as refused:
        return page(request, "telephone", telephone_facts(request), refused)
    if new:
        answer = put(charge, code="", at=request.at)
        note_charge(number=charge.number, answer=answer, by=None, at=request.at)
    return go(request, f"/my/recharges/{charge.id}")


@customer(methods=("GET",))
def show(request: CustomerRequest, charge_id: int) -> HttpResponse:
    """How it stands; the page asks again by itself while it waits."""
    return page(request, "recharge", recharge_facts(charge_id, request))


@customer(methods=("POST",))
def query(request: CustomerRequest, charge_id: int) -> HttpResponse:
    """The customer says that it is paid: the provider is asked now, and what came is booked now."""
    return _seen_to(request, charge_id, acquiring.Chore.QUERY)


@customer(methods=("POST",))
def cancel(request: CustomerRequest, charge_id: int) -> HttpResponse:
    """The customer does not pay it: nobody can any more, unless it was paid already."""
    return _seen_to(request, charge_id, acquiring.Chore.CLOSE)


def _seen_to(request: CustomerRequest, charge_id: int, chore: acquiring.Chore) -> HttpResponse:
    charge, basket = own_charge(charge_id, request)
    if charge.open:
        book = policy_book(hall_id=charge.hall, at=request.at)
        see_to(charge, chore=chore, acquirer_of=acquirer, book=book, by=None, at=request.at)
    settle_online(basket_id=basket.id, at=request.at)
    return go(request, f"/my/recharges/{charge_id}")


def _asked(request: CustomerRequest) -> OnlineRecharge:
    provider = request.POST.get("provider", "")
    if provider not in {*acquiring.TELEPHONE}:
        raise NotFound(what="这种付款方式", what_en="This means of payment", field="provider")
    return OnlineRecharge(
        line_asked(request), Money.yuan(request.POST.get("amount", "")), acquiring.Provider(provider)
    )


def _intent(request: CustomerRequest) -> UUID:
    try:
        return UUID(request.POST.get("intent", ""))
    except ValueError:
        raise NotFound(
            what="表单编号（请刷新页面再填）",
            what_en="The number of the form (reload the page)",
            field="intent",
        ) from None
