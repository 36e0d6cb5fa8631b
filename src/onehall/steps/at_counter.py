"""Who is served at this counter, and their basket there: what every business begins with, whatever it sells (ORD-01)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.floor import api as floor
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import CounterId, PartyId
from onehall.steps.businesses import business_named


def served_here(
    party_id: PartyId, *, by: Actor, at: datetime, mandate: customers.Mandate | None = None
) -> PartyId:
    """The record under which the customer is served, in turn; with `mandate`, whoever acts for them may do that.

    Raises what says that somebody else is served here, or that the person at the counter may not.
    """
    served = customers.customer_in_service(party_id=party_id, by=by)
    if mandate is not None:
        customers.require_mandate(party_id=served, wanted=mandate, by=by, at=at)
    if by.counter_id is not None and by.session_id is not None:
        floor.require_turn(
            counter_id=by.counter_id, party_id=served, user_id=by.user_id, at=at, scope=by.scope
        )
    return served


def check_business(business: str, *, by: Actor) -> None:
    """CounterLacksCapability names the counters that do this business where this one does not (ORD-01)."""
    organisation.require_capability(
        _counter(by), business={business: business_named(business)}, scope=by.scope
    )


def basket_here(party_id: PartyId, *, policy_version: int, by: Actor, at: datetime) -> orders.Basket:
    """The customer's open basket at this counter, opened if need be. Raises NotFound for whoever sits at none."""
    return orders.open_basket(
        hall_id=by.hall_id, counter_id=_counter(by), party_id=party_id, policy_version=policy_version, by=by, at=at
    )  # fmt: skip


def _counter(by: Actor) -> CounterId:
    if by.counter_id is None:
        raise NotFound(what="您的台席（请在台席登录）", what_en="Your counter (sign in at a counter)")
    return by.counter_id
