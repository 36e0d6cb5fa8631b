"""A suitable offer mentioned once, and what the customer said (ORD-15)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse

from onehall.contexts.customers import api as customers
from onehall.contexts.floor import api as floor
from onehall.entrances.desk.counter.forms import BadRequest, whole_number
from onehall.foundation.policy import PolicyBook
from onehall.foundation.values.ids import PartyId, PremisesId
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.add_item import add_item
from onehall.journeys.answer_suggestion import answer_suggestion
from onehall.steps.basket import Choice
from onehall.steps.household import Situation

WHY = {
    floor.SuggestionKind.EXPIRING: Text("快到期了，可以顺便续上", "It expires soon and can be renewed now"),
    floor.SuggestionKind.LONGER_TERM: Text(
        "快到期了，长一些的期限更省", "It expires soon; a longer term costs less a month"
    ),
    floor.SuggestionKind.ROUTER: Text(
        "新装用户常要人帮忙调路由器", "New customers often want their router set up"
    ),
}


def suggestion_facts(
    party_id: PartyId, facts: dict[str, Any], *, request: Request, book: PolicyBook
) -> dict[str, Any]:
    """The one offer to mention now: never for a form typed from paper, never what this customer has answered."""
    situation = facts.get("situation")
    if situation is None or facts.get("written") or not request.actor.may("basket.edit"):
        return {}
    offers = [(one.offering.name, _offer(one)) for one in facts["choices"] if one.draft]
    had, on_offer = _household(situation, request.at), [offer for _, offer in offers]
    within, scope = book[floor.SUGGEST_WITHIN], request.actor.scope
    if floor.suggest(had, on_offer, answered=(), within_days=within) is None:
        return {}
    since = request.at - timedelta(days=book[floor.SUGGEST_REST])
    answered = floor.answered_of(party_id=party_id, since=since, scope=scope)
    found = floor.suggest(had, on_offer, answered=answered, within_days=within)
    if found is None:
        return {}
    return {"suggestion": found, "suggested": _name(offers, found), "suggested_why": WHY[found.kind]}


def _offer(choice: Choice) -> floor.Offer:
    offering = choice.offering
    return floor.Offer(choice.business, offering.code, offering.term_months, offering.down_kbps)


def _name(offers: Iterable[tuple[Text, floor.Offer]], found: floor.Suggestion) -> Text:
    return next(name for name, offer in offers if offer == found.offer)


def _household(situation: Situation, at: datetime) -> floor.Household:
    chosen = frozenset(item.business for item in situation.in_basket)
    live, offering = situation.live, situation.live_offering
    if live is None or offering is None or live.expires_at is None:
        return floor.Household(None, chosen=chosen)
    days = (local(live.expires_at).date() - local(at).date()).days
    return floor.Household(days, offering.term_months, offering.down_kbps, chosen)


@permit("basket.edit", methods=("POST",))
def answered(request: Request, party_id: int) -> HttpResponse:
    """Keeps the answer; what the customer wants goes into the basket."""
    customers.card(party_id, scope=request.actor.scope)
    suggestion, answer = _read(request)
    home = whole_number(request, "home")
    if answer is floor.Answer.ACCEPTED:
        add_item(
            party_id=PartyId(party_id), dwelling_id=PremisesId(home), offering=suggestion.offer.offering,
            business=suggestion.offer.business, quantity=1, by=request.actor, at=request.at,
        )  # fmt: skip
    answer_suggestion(
        party_id=PartyId(party_id), suggestion=suggestion, answer=answer, by=request.actor, at=request.at
    )
    return go(request, f"/desk/customers/{party_id}?home={home}")


def _read(request: Request) -> tuple[floor.Suggestion, floor.Answer]:
    business, _, offering = request.POST.get("choice", "").partition(":")
    try:
        kind = floor.SuggestionKind(request.POST.get("kind", ""))
        return floor.Suggestion(kind, floor.Offer(business, offering)), floor.Answer(
            request.POST.get("answer", "")
        )
    except ValueError:
        raise BadRequest(field="answer", field_name="answer") from None
