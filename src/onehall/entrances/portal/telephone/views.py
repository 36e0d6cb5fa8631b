"""The page of the lines; asking for a recharge, waiting for it, asking the provider now, giving it up."""

from uuid import UUID

from django.http import HttpResponse

from onehall.contexts.acquiring import api as acquiring
from onehall.entrances.portal.account.guard import CustomerRequest, customer, page
from onehall.entrances.portal.telephone.lines import telephone_facts
from onehall.entrances.portal.telephone.recharge import own_charge, recharge_facts
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import NotFound, Refusal
from onehall.foundation.values.money import Money
from onehall.foundation.web.responses import go
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
    line, provider = request.POST.get("line", ""), request.POST.get("provider", "")
    if not line.isdecimal() or len(line) > len(str(2**63)) - 1 or provider not in {*acquiring.TELEPHONE}:
        raise NotFound(what="这个号码或付款方式", what_en="This number or means of payment", field="line")
    return OnlineRecharge(int(line), Money.yuan(request.POST.get("amount", "")), acquiring.Provider(provider))


def _intent(request: CustomerRequest) -> UUID:
    try:
        return UUID(request.POST.get("intent", ""))
    except ValueError:
        raise NotFound(
            what="表单编号（请刷新页面再填）",
            what_en="The number of the form (reload the page)",
            field="intent",
        ) from None
