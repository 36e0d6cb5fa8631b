"""Saying that what follows is typed from a paper form (CON-03)."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.period import CHINA
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.state_paper_form import state_paper_form


@permit("sale.backdate")
def paper(request: Request, party_id: int) -> HttpResponse:
    """The form's head: its number, who wrote it when, why; then the customer's page with the prices of that day."""
    root = customers.root(party_id, scope=request.actor.scope)
    if request.method == "GET":
        return render(request, "desk/backdating/paper.html", _facts(root, request))
    state_paper_form(
        party_id=root,
        given=_given(request),
        staff_no=request.POST.get("written_by", ""),
        by=request.actor,
        at=request.at,
    )
    home = request.POST.get("home", "")
    return go(request, f"/desk/customers/{root}" + (f"?home={home}" if home.isdecimal() else ""))


def _given(request: Request) -> orders.PaperGiven:
    typed = request.POST.get
    return orders.PaperGiven(
        number=typed("number", ""),
        written_at=_moment(typed("written_at", "")),
        incident=typed("incident", "")[:200],
        hand_receipt=typed("hand_receipt", ""),
    )


def _moment(typed: str) -> datetime | None:
    """The local time on paper; None where it cannot be read."""
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=CHINA)
    except (ValueError, OverflowError):
        return None


def _facts(party_id: PartyId, request: Request) -> dict[str, Any]:
    by = request.actor
    people = organisation.people(scope=by.scope, hall_id=by.hall_id)
    home = request.GET.get("home", "")
    return {
        **surroundings(request),
        "card": customers.card(party_id, scope=by.scope),
        "people": [
            (one.staff_no, Text(f"{one.staff_no} {one.name}", f"{one.staff_no} {one.name}")) for one in people
        ],
        "me": by.staff_no,
        "home": home if home.isdecimal() else "",
        "hours": policy_book(hall_id=by.hall_id, at=request.at)[orders.BACKDATE_LONGEST],
        "back_href": f"/desk/customers/{party_id}" + (f"?home={home}" if home.isdecimal() else ""),
    }
