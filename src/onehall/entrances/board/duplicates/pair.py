"""Two records side by side: which one stays, what comes together, and what was decided about them."""

from typing import Any

from django.http import HttpResponse

from onehall.contexts.customers import api as customers
from onehall.entrances.board.duplicates.views import LIST, TOPICS
from onehall.entrances.board.duplicates.words import KINDS, SUSPICIONS
from onehall.entrances.board.pages import intent_of, page
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.merge_customers import merge_customers
from onehall.journeys.tell_customers_apart import tell_customers_apart
from onehall.journeys.undo_customer_merge import undo_customer_merge
from onehall.readings.duplicates import holdings, merges

_HISTORY = 10


@permit("customer.merge", methods=("GET",))
def show(request: Request, one: int, other: int) -> HttpResponse:
    """The two, what hangs on each, and the forms. `one` would stay."""
    return page(request, "board/duplicates/pair.html", _facts(request.actor.scope, one, other), here=LIST)


@permit("customer.merge", methods=("POST",))
def merge(request: Request, one: int, other: int) -> HttpResponse:
    """Merges `other` into `one`."""
    merge_customers(
        absorbed=PartyId(other),
        survivor=PartyId(one),
        documents_seen=request.POST.get("documents_seen") == "1",
        reason=request.POST.get("reason", ""),
        intent=intent_of(request),
        by=request.actor,
        at=request.at,
    )
    return go(request, f"{LIST}{one}/{other}")


@permit("customer.merge", methods=("POST",))
def apart(request: Request, one: int, other: int) -> HttpResponse:
    """The two are two people."""
    reason = request.POST.get("reason", "")
    tell_customers_apart(
        one=PartyId(one), other=PartyId(other), reason=reason, by=request.actor, at=request.at
    )
    return go(request, LIST)


@permit("customer.merge", methods=("POST",))
def undo(request: Request, merge_id: int) -> HttpResponse:
    """Takes a merge back."""
    reason = request.POST.get("reason", "")
    undone = undo_customer_merge(merge_id=merge_id, reason=reason, by=request.actor, at=request.at)
    return go(request, f"{LIST}{undone.survivor_id}/{undone.absorbed_id}")


def _facts(scope: Scope, one: int, other: int) -> dict[str, Any]:
    sides = [_side(party_id, scope) for party_id in (one, other)]
    same = sides[0]["root"] == sides[1]["root"]
    traits = [customers.traits(party_id, scope=scope) for party_id in (one, other)]
    found = None if same else customers.suspicion(*traits)
    history = merges(scope=scope, limit=_HISTORY, party_id=PartyId(other))
    return {
        "topics": TOPICS,
        "path": f"{LIST}{one}/{other}",
        "swapped": f"{LIST}{other}/{one}",
        "sides": sides,
        "merged": same,
        "reason": SUSPICIONS[found] if found else None,
        "kind": KINDS[found] if found else "",
        "both_documents": found is customers.Suspicion.OTHER_DOCUMENT,
        "history": [line for line in history if {line.absorbed_id, line.survivor_id} <= _involved(sides)],
    }


def _side(party_id: int, scope: Scope) -> dict[str, Any]:
    card = customers.card(party_id, scope=scope)
    root = customers.root(party_id, scope=scope)
    return {"card": card, "root": root, "has": holdings(party_id=PartyId(party_id), scope=scope)}


def _involved(sides: list[dict[str, Any]]) -> set[int]:
    return {side["card"].id for side in sides} | {side["root"] for side in sides}
