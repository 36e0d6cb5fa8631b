"""新装固话 at the desk: which line, which number, which features, how much is paid ahead (ORD-08)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.entrances.desk.counter.forms import BadRequest, whole_number
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId, PremisesId
from onehall.foundation.values.money import Money
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.add_item import add_item
from onehall.steps import basket as baskets
from onehall.steps.household import LineWanted, Situation, read_situation

_SHOWN = 12  # structural: numbers that fit the page beside the form; more are found by their digits


@permit("basket.edit")
def telephone(request: Request, party_id: int) -> HttpResponse:
    """The lines on sale here with the compound's free numbers; sent, the line stands in the basket."""
    customers.card(PartyId(party_id), scope=request.actor.scope)
    if request.method == "GET":
        return render(request, "desk/customers/telephone.html", _facts(request, party_id))
    home = PremisesId(whole_number(request, "home"))
    add_item(
        party_id=PartyId(party_id), dwelling_id=home, offering=request.POST.get("offering", ""),
        business=baskets.NEW_FIXED_LINE, quantity=1, line=_wanted(request), by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, f"/desk/customers/{party_id}?home={home}")


def _wanted(request: Request) -> LineWanted:
    features = tuple(code for code in catalogue.FEATURES if request.POST.get(code))
    number = request.POST.get("number", "").strip()
    return LineWanted(number, features, _money(request, "prepaid"), _money(request, "alarm"))


def _money(request: Request, name: str) -> Money | None:
    """What was typed; None where it was left empty: then the rule's amount holds. Raises NotAnAmount."""
    typed = request.POST.get(name, "").strip()
    return Money.yuan(typed) if typed else None


def _facts(request: Request, party_id: int) -> dict[str, Any]:
    by, asked, find = request.actor, request.GET.get("home", ""), request.GET.get("find", "").strip()[:8]
    if not asked.isdecimal() or len(asked) > 9:
        raise BadRequest(field="home", field_name="home")
    book = policy_book(hall_id=by.hall_id, at=request.at)
    party, home, basket = PartyId(party_id), PremisesId(int(asked)), _basket(request, party_id)
    situation = read_situation(
        party_id=party, dwelling_id=home, basket=basket, book=book, at=request.at, scope=by.scope
    )
    return {
        **surroundings(request), **_offers(situation, by.scope), "card": customers.card(party, scope=by.scope), "find": find,
        "back_href": f"/desk/customers/{party_id}?home={asked}", "numbers": _numbers(situation, find, by.scope),
    }  # fmt: skip


def _offers(situation: Situation, scope: Scope) -> dict[str, Any]:
    """The lines that can be sold here, and those that cannot with the reason."""
    found = baskets.choices(situation=situation, scope=scope)
    offers = [one for one in found if one.business == baskets.NEW_FIXED_LINE]
    able = [one for one in offers if one.draft]
    operator = organisation.operator(scope=scope)
    return {
        "features": list(catalogue.FEATURES.items()), "alarm": situation.book[catalogue.ALARM_THRESHOLD],
        "prefix": operator.country_code + operator.area_code,
        "situation": situation, "able": able, "denied": [one for one in offers if one.refusal],
        "options": [(one.offering.code, one.offering.name) for one in able],
    }  # fmt: skip


def _basket(request: Request, party_id: int) -> orders.Basket | None:
    """What stands in the basket counts: broadband that it brings makes the line rent-free (CAT-03)."""
    counter = request.actor.counter_id
    if counter is None:
        return None
    return orders.open_basket_of(counter_id=counter, party_id=PartyId(party_id), scope=request.actor.scope)


def _numbers(situation: Situation, find: str, scope: Scope) -> tuple[tuple[str, str], ...]:
    """The compound's free numbers with their sources, narrowed to those with the typed digits."""
    kind, compound = numbers.NumberKind.TELEPHONE, situation.home.compound
    return numbers.free_numbers(
        kind=kind, compound=compound, source="", containing=find, limit=_SHOWN, at=situation.at, scope=scope
    )
