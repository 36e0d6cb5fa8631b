"""What stands around the middle of every desk page: the drawer, the receipt book, what waits."""

from dataclasses import dataclass
from typing import Any

from onehall.contexts.custody import api as custody
from onehall.contexts.customers import api as customers
from onehall.contexts.floor import api as floor
from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.period import local, midnight
from onehall.foundation.web.requests import Request
from onehall.steps.collection import RECEIPT


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open or held basket and whose it is."""

    basket: orders.Basket
    name: str
    counter_no: str


def surroundings(request: Request) -> dict[str, Any]:
    """`drawer`, `book`: None where the person sits away from a counter or has not opened a drawer. No balance: a count is blind."""
    by = request.actor
    drawer = custody.drawer_of_clerk(by.user_id, scope=by.scope)
    here = drawer is not None and drawer.counter == by.counter_id
    return {
        "drawer": drawer if here else None,
        "drawer_elsewhere": drawer if drawer and not here else None,
        "book": _book(request),
        "at_counter": by.counter_id is not None,
    }


def _book(request: Request) -> numbers.BookState | None:
    by = request.actor
    if by.counter_id is None:
        return None
    low = policy_book(hall_id=by.hall_id, at=request.at, version=by.policy_version)[numbers.BOOK_LOW]
    return numbers.book_state(counter_id=by.counter_id, kind=RECEIPT, low_mark=low, scope=by.scope)


def guests(request: Request) -> dict[str, Any]:
    """Whom this counter serves, and who was asked to wait in this hall today (ORD-12), each with the name."""
    by = request.actor
    served = floor.serving_at(counter_id=by.counter_id, scope=by.scope) if by.counter_id else None
    today = midnight(local(request.at).date())
    held = floor.servings_held(hall_id=by.hall_id, since=today, scope=by.scope)
    known = [one.party_id for one in (*held, *([served] if served else []))]
    cards = customers.cards(known, scope=by.scope) if known else {}
    return {
        "served": (served, cards[served.party_id].name) if served else None,
        "kept_waiting": [(one, cards[one.party_id].name) for one in held],
    }


def waiting(request: Request) -> list[Waiting]:
    """Baskets of the hall that are not finished, oldest first, with names and counters."""
    by = request.actor
    baskets = [b for b in orders.baskets_waiting(scope=by.scope, hall_id=by.hall_id) if b.items]
    cards = customers.cards([basket.party_id for basket in baskets], scope=by.scope)
    seats = {seat.id: seat.no for seat in organisation.counters(by.hall_id, scope=by.scope)}
    return [
        Waiting(basket, cards[basket.party_id].name, seats.get(basket.counter_id, "")) for basket in baskets
    ]
