"""The page of a customer's rights, and what is done from it. Nothing is told unless the customer was verified (SEC-02)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from onehall.contexts.customers import api as customers
from onehall.contexts.organisation import api as organisation
from onehall.entrances.desk.counter.forms import BadRequest
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.entrances.desk.privacy.copy import sections
from onehall.foundation.documents.typesetting import lists_pdf
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.ask_deletion import ask_deletion
from onehall.journeys.give_copy import give_copy
from onehall.journeys.record_consent import record_consent
from onehall.readings.own_data import CONSENTS, Rows, gathered, looks
from onehall.steps.ties import OBSTACLES, ties_of

_TITLE = Text("个人信息副本", "Copy of personal data")
_NOTHING = Text("没有", "none")
_RECENT = 30


def _verified(request: Request, party_id: int) -> customers.Purpose | None:
    by = request.actor
    return customers.verification_in_force(party_id, user_id=by.user_id, at=request.at, scope=by.scope)


def _root(request: Request, party_id: int) -> int:
    """The record that stands for the customer. NotFound where there is none: before anybody is told why not."""
    customers.card(party_id, scope=request.actor.scope)
    return customers.root(party_id, scope=request.actor.scope)


@permit("privacy.serve", methods=("GET",))
def show(request: Request, party_id: int) -> HttpResponse:
    """Consents, who looked, the copy, and what a deletion would meet; without verification the way to it."""
    root = _root(request, party_id)
    if _verified(request, root) is None:
        return go(request, f"/desk/customers/{root}")
    return render(request, "desk/privacy/show.html", {**surroundings(request), **_facts(root, request)})


def _facts(party_id: int, request: Request) -> dict[str, Any]:
    scope = request.actor.scope
    given = customers.consents(party_id, scope=scope)
    keep = policy_book(hall_id=request.actor.hall_id, at=request.at)[customers.KEEP_MONTHS]
    stands = customers.obstacles(ties_of(PartyId(party_id)), keep_months=keep, at=request.at)
    asked = customers.deletion_requests(scope=scope, limit=1, party_id=party_id)
    return {
        "card": customers.card(party_id, scope=scope),
        "consents": [(str(kind), words, given.get(kind)) for kind, words in CONSENTS.items()],
        "looked": looks(party_id, scope=scope, lang=request.lang)[:_RECENT],
        "obstacles": [OBSTACLES[one] for one in stands],
        "asked": asked[0] if asked else None,
    }


@permit("privacy.serve", methods=("POST",))
def copy(request: Request, party_id: int) -> HttpResponse:
    """The file, with who handed it out, when and in which hall across every page."""
    root = _root(request, party_id)
    kind = "json" if request.POST.get("kind") == "json" else "pdf"
    particulars = give_copy(party_id=PartyId(party_id), kind=kind, by=request.actor, at=request.at)
    parts = _gathered(root, particulars, request)
    if kind == "json":
        held = {"made": _mark(request), **parts, "particulars": particulars}
        answer: HttpResponse = JsonResponse(held, json_dumps_params={"ensure_ascii": False})
    else:
        made = _pdf(parts, _mark(request), request.lang, request.at)
        answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="onehall-copy-{root}.{kind}"'
    return answer


def _gathered(party_id: int, particulars: Mapping[str, Any], request: Request) -> dict[str, Rows]:
    purpose = _verified(request, party_id)
    assert purpose is not None  # noqa: S101 - give_copy has just refused whoever was not verified
    return gathered(party_id, particulars, purpose=purpose, scope=request.actor.scope, lang=request.lang)


def _pdf(parts: Mapping[str, Rows], mark: str, lang: str, at: datetime) -> bytes:
    return lists_pdf(
        _TITLE.in_(lang), sections(parts, lang), mark=mark, nothing=_NOTHING.in_(lang), lang=lang, at=at
    )


def _mark(request: Request) -> str:
    by = request.actor
    hall = organisation.hall(by.hall_id, scope=by.scope).name.in_(request.lang)
    return f"{hall} · {by.name} {by.staff_no} · {local(request.at):%Y-%m-%d %H:%M}"


@permit("privacy.serve", methods=("POST",))
def consent(request: Request, party_id: int) -> HttpResponse:
    """Keeps one word of the customer."""
    customers.card(party_id, scope=request.actor.scope)
    try:
        kind = customers.ConsentKind(request.POST.get("kind", ""))
    except ValueError:
        raise BadRequest(field="kind", field_name="kind") from None
    record_consent(
        party_id=PartyId(party_id), kind=kind, given=request.POST.get("given") == "1",
        guardian=request.POST.get("guardian") == "1", by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, f"/desk/customers/{party_id}/privacy")


@permit("privacy.serve", methods=("POST",))
def deletion(request: Request, party_id: int) -> HttpResponse:
    """The wish is kept, with every reason against it."""
    _root(request, party_id)
    ask_deletion(party_id=PartyId(party_id), by=request.actor, at=request.at)
    return go(request, f"/desk/customers/{party_id}/privacy")
