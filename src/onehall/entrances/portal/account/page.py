"""What the customer sees of the account: masked where somebody might look over a shoulder (SEC-07)."""

from datetime import datetime
from typing import Any

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.organisation import api as organisation
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.entrances.portal.account.guard import CustomerRequest
from onehall.entrances.portal.account.words import said
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import NotFound
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import SubscriptionId
from onehall.foundation.values.period import local
from onehall.readings.network.line import Day, LineView, line
from onehall.steps.prepaying import left_to

SOON = 30  # structural: the last month of a term is shown in amber
_DAYS = 7
_GIGA = 1_000_000_000
_EVERYWHERE = Scope.operator()


def home_facts(request: CustomerRequest) -> dict[str, Any]:
    """The page of the account."""
    access, number = request.access, SubscriptionId(request.customer.subscription_id)
    known = subscriptions.subscription(subscription_id=number, scope=_EVERYWHERE)
    return {
        "account": access.account,
        "access": access,
        **_whose(known, request.lang),
        **_term(access, request.at),
        **_network(access.account, request.at),
        "offer": _renewal(known, request.at),
        "balance": left_to(known.party_id),
    }


def _network(account: str, at: datetime) -> dict[str, Any]:
    view = line(account=account, limits=provisioning.diagnosis_limits(_book(at)), at=at, scope=_EVERYWHERE)
    session = view.sessions[0] if view.sessions else None
    return {**_traffic(view), "said": said(view.verdict), "session": session}


def least_of(request: CustomerRequest) -> int:
    """How long a password of one's own must be."""
    return _book(request.at)[provisioning.OWN_SECRET_LENGTH]


def _book(at: datetime) -> PolicyBook:
    return policy_book(hall_id=organisation.halls(scope=_EVERYWHERE)[0].id, at=at)


def _whose(known: subscriptions.Subscription, lang: str) -> dict[str, Any]:
    """Name and place, masked, and the hall that serves the dwelling."""
    place = customers.premises(known.dwelling_id, scope=_EVERYWHERE)
    halls = organisation.halls(scope=_EVERYWHERE)
    serving = next((hall for hall in halls if place.compound in hall.compounds), halls[0])
    return {
        "name": customers.mask_name(customers.card(known.party_id, scope=_EVERYWHERE).name),
        "place": customers.mask_address(place.label),
        "hall": serving,
        "hall_name": serving.name.in_(lang),
    }


def _term(access: provisioning.AccessState, at: datetime) -> dict[str, Any]:
    left = (local(access.period.end).date() - local(at).date()).days
    over = access.standing is provisioning.Standing.EXPIRED
    return {
        "left": left,
        "over": over,
        "soon": not over and left <= SOON,
        "down": provisioning.mbit(access.down_kbps),
        "up": provisioning.mbit(access.up_kbps),
    }


def _traffic(view: LineView) -> dict[str, Any]:
    month = view.usage
    return {
        "days": [(f"{one.day:%m-%d}", _both(one)) for one in month[-_DAYS:]],
        "sum_down": f"{sum(one.down_octets for one in month) / _GIGA:.1f}",
        "sum_up": f"{sum(one.up_octets for one in month) / _GIGA:.1f}",
    }


def _both(day: Day) -> float:
    return round((day.up_octets + day.down_octets) / _GIGA, 1)


def _renewal(known: subscriptions.Subscription, at: datetime) -> catalogue.Offering | None:
    """The same offering at its price of today, None where it is no longer sold or has no fixed price."""
    term = known.term_at(at)
    if term is None or not term.offering:
        return None
    try:
        found = catalogue.offering_on_sale(term.offering, at=at, scope=_EVERYWHERE)
    except NotFound:
        return None
    return found if found.price is not None and found.sold_as("renewal") is not None else None
