"""Requests for deletion with what became of them, legal holds, retention by kind of record."""

from typing import Any

from django.http import HttpResponse

from onehall.contexts.customers import api as customers
from onehall.entrances.board.pages import number_of, page
from onehall.entrances.board.privacy.kept import due
from onehall.foundation.policy.keys import declared
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.delete_customer import delete_customer
from onehall.journeys.set_legal_hold import set_legal_hold
from onehall.steps.ties import OBSTACLES

_SHOWN = 50
_KEPT = ("REC-02", "SEC-07")
"""Rules whose policies say how long something is kept."""
_TIMES = ("days", "months", "years")


@permit("privacy.manage", methods=("GET",))
def overview(request: Request) -> HttpResponse:
    """What was asked for, what is held back, how long things are kept."""
    return page(request, "board/privacy/page.html", _facts(request))


def _facts(request: Request) -> dict[str, Any]:
    scope = request.actor.scope
    asked = customers.deletion_requests(scope=scope, limit=_SHOWN)
    cards = customers.cards([one.party_id for one in asked], scope=scope) if asked else {}
    book = policy_book(hall_id=request.actor.hall_id, at=request.at)
    kept = [key for key in declared().values() if key.rule in _KEPT and key.unit in _TIMES]
    return {
        "asked": [(one, cards.get(one.party_id), [OBSTACLES[no] for no in one.obstacles]) for one in asked],
        "kept": [(key, book[key]) for key in sorted(kept, key=lambda key: key.code)],
        "held": _held(request),
        "due": due(request),
    }


def _held(request: Request) -> Text | None:
    """Whether the customer that was looked up is under a hold."""
    typed = request.GET.get("party", "")
    if not typed.isdecimal() or len(typed) > len(str(2**63)) - 1:
        return None
    reason = customers.legal_hold(
        customers.card(int(typed), scope=request.actor.scope).id, scope=request.actor.scope
    )
    return Text(reason or "没有法律保留", reason or "no legal hold")


@permit("privacy.manage", methods=("POST",))
def hold(request: Request) -> HttpResponse:
    """Places a hold on a customer's records, or lifts it."""
    party = number_of(request, "party", Text("客户编号", "The customer's number"))
    customers.card(party, scope=request.actor.scope)
    reason = None if request.POST.get("lift") == "1" else request.POST.get("reason", "")
    set_legal_hold(party_id=PartyId(party), reason=reason, by=request.actor, at=request.at)
    return go(request, f"/board/privacy/?party={party}")


@permit("privacy.manage", methods=("POST",))
def delete(request: Request, request_id: int) -> HttpResponse:
    """Carries a deletion out and certifies it."""
    delete_customer(request_id=request_id, by=request.actor, at=request.at)
    return go(request, "/board/privacy/")
