"""移机 at the desk: where the line goes is asked, then it stands in the basket like everything else (CHG-04)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.customers import api as customers
from onehall.entrances.desk.counter.forms import BadRequest, whole_number
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.ids import PartyId, PremisesId
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.add_item import add_item
from onehall.steps import basket as baskets
from onehall.steps.changes import WhereTo
from onehall.steps.household import read_situation


@permit("basket.edit")
def move(request: Request, party_id: int) -> HttpResponse:
    """The question where to, with the fee; sent, the move stands in the basket. Several rooms are listed to choose from."""
    customers.card(PartyId(party_id), scope=request.actor.scope)
    if request.method == "GET":
        return render(request, "desk/customers/moving.html", _facts(request, party_id, home_asked(request)))
    home = PremisesId(whole_number(request, "home"))
    rooms = rooms_meant(request, home)
    if len(rooms) > 1:
        facts = _facts(request, party_id, home)
        return render(request, "desk/customers/moving.html", {**facts, "places": rooms})
    add_item(
        party_id=PartyId(party_id), dwelling_id=home, offering=request.POST.get("offering", ""), business=baskets.MOVE,
        quantity=1, to=rooms[0].id, by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, f"/desk/customers/{party_id}?home={home}")


def home_asked(request: Request) -> PremisesId:
    """The dwelling that the address names."""
    asked = request.GET.get("home", "")
    if not asked.isdecimal() or len(asked) > 9:
        raise BadRequest(field="home", field_name="home")
    return PremisesId(int(asked))


def rooms_meant(request: Request, home: PremisesId) -> Sequence[customers.PremisesView]:
    """The room that was chosen from a list, else those that the typed words mean: of this compound first."""
    scope, chosen = request.actor.scope, request.POST.get("to", "")
    if chosen.isdecimal() and len(chosen) < 10:
        return [customers.premises(PremisesId(int(chosen)), scope=scope)]
    typed = request.POST.get("address", "")
    if not typed.strip():
        raise WhereTo(field="address")
    places = customers.locate(typed, scope=scope)
    rooms = [place for place in places if place.kind is customers.PremisesKind.DWELLING]
    if not rooms:
        raise customers.PremisesNotFound(field="address")
    compound = customers.premises(home, scope=scope).compound
    return [place for place in rooms if place.compound == compound] or rooms


def _facts(request: Request, party_id: int, home: PremisesId) -> dict[str, Any]:
    """The line as it is, what the move costs, or the refusal that says why there is none."""
    by, at = request.actor, request.at
    book = policy_book(hall_id=by.hall_id, at=at)
    situation = read_situation(
        party_id=PartyId(party_id), dwelling_id=home, basket=None, book=book, at=at, scope=by.scope
    )
    choice = next(
        (one for one in baskets.choices(situation=situation, scope=by.scope) if one.business == baskets.MOVE),
        None,
    )
    return {
        **surroundings(request), "situation": situation, "choice": choice, "typed": request.POST.get("address", ""),
        "card": customers.card(PartyId(party_id), scope=by.scope),
        "back_href": f"/desk/customers/{party_id}?home={home}",
    }  # fmt: skip
