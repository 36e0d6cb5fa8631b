"""Who the customer is to the hall: level, supervisor, and who may act for an organisation (CUS-07)."""

from datetime import date
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from onehall.contexts.customers import api as customers
from onehall.contexts.organisation import api as organisation
from onehall.entrances.desk.counter.forms import BadRequest, whole_number
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.entrances.desk.customers.forms import DOCUMENT_KINDS
from onehall.foundation.values.ids import PartyId
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.authorise_contact import authorise_contact
from onehall.journeys.end_authorisation import end_authorisation
from onehall.journeys.name_supervisor import name_supervisor
from onehall.journeys.rank_customer import rank_customer

_PERSONAL = [
    (kind, words) for kind, words in DOCUMENT_KINDS if kind is not customers.DocumentKind.CREDIT_CODE
]


@permit("customer.open", methods=("GET",))
def show(request: Request, party_id: int) -> HttpResponse:
    """The page of the account."""
    return render(request, "desk/customers/standing.html", _facts(request, PartyId(party_id)))


@permit("customer.rank", methods=("POST",))
def rank(request: Request, party_id: int) -> HttpResponse:
    """A level, with its reason."""
    try:
        level = customers.VipLevel(request.POST.get("level", ""))
    except ValueError:
        raise BadRequest(field="level", field_name="level") from None
    reason = request.POST.get("reason", "")
    rank_customer(party_id=PartyId(party_id), level=level, reason=reason, by=request.actor, at=request.at)
    return _back(request, party_id)


@permit("customer.rank", methods=("POST",))
def supervise(request: Request, party_id: int) -> HttpResponse:
    """Who is responsible for the account."""
    chosen = whole_number(request, "supervisor")
    name_supervisor(party_id=PartyId(party_id), supervisor_id=chosen, by=request.actor, at=request.at)
    return _back(request, party_id)


@permit("contact.authorise", methods=("POST",))
def authorise(request: Request, party_id: int) -> HttpResponse:
    """Somebody may act for the organisation."""
    post = request.POST
    authorise_contact(
        party_id=PartyId(party_id), name=post.get("contact_name", ""), document=_document(post), phone=post.get("contact_phone", ""),
        mandates=_mandates(post), until=_day(post.get("until", "")), by=request.actor, at=request.at,
    )  # fmt: skip
    return _back(request, party_id)


@permit("contact.authorise", methods=("POST",))
def end(request: Request, party_id: int, contact_id: int) -> HttpResponse:
    """Somebody acts for it no more."""
    end_authorisation(party_id=PartyId(party_id), contact_id=contact_id, by=request.actor, at=request.at)
    return _back(request, party_id)


def _back(request: Request, party_id: int) -> HttpResponse:
    return go(request, f"/desk/customers/{party_id}/standing")


def _facts(request: Request, party_id: PartyId) -> dict[str, Any]:
    by, scope = request.actor, request.actor.scope
    card = customers.card(party_id, scope=scope)
    people = organisation.people(scope=scope, hall_id=by.hall_id) if by.may("customer.rank") else []
    return {
        **surroundings(request), **standing_facts(request, party_id), "card": card, "kinds": _PERSONAL,
        "organisation": card.kind is customers.PartyKind.ORGANISATION, "levels": list(customers.LEVELS.items()),
        "mandates": list(customers.MANDATES.items()), "back_href": f"/desk/customers/{party_id}",
        "staff": [(one.user_id, one.name) for one in people if one.user_id is not None],
    }  # fmt: skip


def standing_facts(request: Request, party_id: PartyId) -> dict[str, Any]:
    """Level and supervisor for the head of a page, and the contacts with what each may do."""
    today = timezone.localtime(request.at).date()
    found = customers.standing(party_id, at=request.at, scope=request.actor.scope)
    return {
        "standing": found, "vip": customers.LEVELS[found.vip.level] if found.vip else None,
        "contacts": [
            (one, [customers.MANDATES[may] for may in customers.MANDATES if may in one.mandates], one.holds(today))
            for one in found.contacts
        ],
    }  # fmt: skip


def _document(post: QueryDict) -> customers.DocumentGiven:
    try:
        kind = customers.DocumentKind(post.get("contact_kind", ""))
    except ValueError:
        raise BadRequest(field="contact_kind", field_name="contact_kind") from None
    return customers.DocumentGiven(kind, post.get("contact_document", ""))


def _mandates(post: QueryDict) -> list[customers.Mandate]:
    known = set(customers.Mandate)
    return [customers.Mandate(one) for one in post.getlist("mandates") if one in known]


def _day(typed: str) -> date | None:
    """None for what is no day: the rule says which field is missing."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
