"""固话变更 at the desk: plan, features, number, dwelling and rest of a household's telephone lines (CHG-06)."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.contexts.rating import api as rating
from onehall.contexts.voice import api as voice
from onehall.entrances.desk.counter.forms import whole_number
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.entrances.desk.customers.lines import phone_words
from onehall.entrances.desk.customers.moving import home_asked, rooms_meant
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId, PremisesId
from onehall.foundation.values.money import Money
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.add_item import add_item
from onehall.steps import basket as baskets
from onehall.steps.household import LineChange, LineWanted, Situation, read_situation
from onehall.steps.telephone_changes import LINE_CHANGES, LINE_FEATURES, LINE_MOVE, LINE_NUMBER, plans_for

_SHOWN = 8  # structural: numbers that fit beside the other forms; more are found by their digits


@permit("basket.edit")
def line_changes(request: Request, party_id: int) -> HttpResponse:
    """Everything that can be changed of one line, and what cannot with the reason; sent, a change stands in the basket."""
    customers.card(PartyId(party_id), scope=request.actor.scope)
    if request.method == "GET":
        return render(
            request,
            "desk/customers/line_changes.html",
            _facts(request, party_id, home_asked(request), request.GET),
        )
    home = PremisesId(whole_number(request, "home"))
    rooms = rooms_meant(request, home) if request.POST.get("business") == LINE_MOVE else []
    if len(rooms) > 1:
        facts = {**_facts(request, party_id, home, request.POST), "places": rooms}
        return render(request, "desk/customers/line_changes.html", facts)
    _put(request, party_id, home, rooms[0].id if rooms else None)
    return go(request, f"/desk/customers/{party_id}?home={home}")


def _put(request: Request, party_id: int, home: PremisesId, to: PremisesId | None) -> None:
    business = request.POST.get("business", "")
    line = LineWanted(request.POST.get("to_number", "")) if business == LINE_NUMBER else None
    add_item(
        party_id=PartyId(party_id), dwelling_id=home, offering=request.POST.get("offering", ""), business=business, quantity=1,
        to=to, line=line, change=_change(request, business), by=request.actor, at=request.at,
    )  # fmt: skip


def _change(request: Request, business: str) -> LineChange:
    """The line and what is to be changed of it, as typed."""
    form = request.POST
    if business != LINE_FEATURES:
        return LineChange(form.get("number", ""), form.get("plan", ""))
    features = tuple(code for code in catalogue.FEATURES if form.get(code))
    typed = form.get("alarm", "").strip()
    return LineChange(form.get("number", ""), "", features, Money.yuan(typed) if typed else None)


def _facts(request: Request, party_id: int, home: PremisesId, asked: Any) -> dict[str, Any]:
    by, find = request.actor, asked.get("find", "").strip()[:8]
    situation = read_situation(
        party_id=PartyId(party_id), dwelling_id=home, basket=_basket(request, party_id),
        book=policy_book(hall_id=by.hall_id, at=request.at), at=request.at, scope=by.scope,
    )  # fmt: skip
    held = {line.state.number: line for line in situation.lines}
    line = held.get(asked.get("number", ""), next(iter(situation.lines), None))
    facts = {
        **surroundings(request), "situation": situation, "card": customers.card(PartyId(party_id), scope=by.scope), "find": find,
        "back_href": f"/desk/customers/{party_id}?home={home}", "here": f"/desk/customers/{party_id}/line-changes",
        "typed": request.POST.get("address", ""), "line": line, "others": [one for one in held if line and one != line.state.number],
    }  # fmt: skip
    return {**facts, **(_line(situation, line, find, by.scope) if line else {})}


def _line(situation: Situation, line: voice.Line, find: str, scope: Scope) -> dict[str, Any]:
    """The line as it is, each change with its fee or its refusal, and what there is to choose from."""
    chosen = replace(situation, line_change=LineChange(line.state.number))
    found = baskets.choices(situation=chosen, scope=scope)
    phone = next(one for one in situation.phones if one.id == line.subscription)
    features = [(code, words, code in line.state.features) for code, words in catalogue.FEATURES.items()]
    return {
        "choices": {one.business: one for one in found if one.business in LINE_CHANGES}, "told": phone_words(line.state),
        "plans": [(one.code, one.name) for one in plans_for(situation, line)], "features": features,
        "alarm": rating.yuan(line.state.alarm_threshold), "ending_href": f"/desk/accounts/{phone.id}/ending",
        "numbers": numbers.free_numbers(
            kind=numbers.NumberKind.TELEPHONE, compound=situation.home.compound, source=line.state.partner or numbers.OWN,
            containing=find, limit=_SHOWN, at=situation.at, scope=scope,
        ),
    }  # fmt: skip


def _basket(request: Request, party_id: int) -> orders.Basket | None:
    counter = request.actor.counter_id
    if counter is None:
        return None
    return orders.open_basket_of(counter_id=counter, party_id=PartyId(party_id), scope=request.actor.scope)
