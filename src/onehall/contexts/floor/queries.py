"""Who is being served where, and what customers answered to a suggestion."""

from datetime import datetime

from onehall.contexts.floor import rules
from onehall.contexts.floor.models import Serving as ServingRow
from onehall.contexts.floor.models import SuggestionAnswer
from onehall.contexts.floor.rules import Beginning, Serving, ServingState, StillServing
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import CounterId, HallId, PartyId, UserId
from onehall.foundation.values.period import local


def serving_at(*, counter_id: CounterId, scope: Scope) -> Serving | None:
    """Whom this counter serves now; a customer on hold is not being served (ORD-12)."""
    row = ServingRow.objects.filter(counter_id=counter_id, state=ServingState.SERVING).first()
    return row.as_contract() if row is not None and scope.allows(row.hall_id) else None


def require_turn(
    *, counter_id: CounterId, party_id: PartyId, user_id: UserId, at: datetime, scope: Scope
) -> None:
    """Raises StillServing where this person serves another customer at the counter (ORD-12)."""
    current = serving_at(counter_id=counter_id, scope=scope)
    if (
        current is not None
        and rules.beginning(current, party_id=party_id, by_id=user_id, at=at) is Beginning.REFUSED
    ):
        raise StillServing(since=f"{local(current.started_at):%H:%M}")


def servings_held(*, hall_id: HallId, since: datetime, scope: Scope) -> tuple[Serving, ...]:
    """Customers of this hall who were asked to wait since then and have not been taken up again, longest first."""
    scope.require(hall_id)
    rows = ServingRow.objects.prefetch_related("holds").filter(
        hall_id=hall_id, state=ServingState.HELD, started_at__gte=since
    )
    return tuple(row.as_contract() for row in rows.order_by("started_at", "id"))


def answered_of(*, party_id: PartyId, since: datetime, scope: Scope) -> frozenset[str]:
    """Kinds of suggestion that the customer has answered in any hall since then, whatever the answer (ORD-15)."""
    del scope  # a customer belongs to the operator: whom one hall has asked, no other asks again
    found = SuggestionAnswer.objects.filter(party_id=party_id, at__gte=since)
    return frozenset(found.values_list("kind", flat=True))
