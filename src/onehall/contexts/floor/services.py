"""One customer at a time (ORD-12): receiving, holding, ending; and what was answered to a suggestion (ORD-15)."""

from datetime import datetime
from typing import Any

from onehall.contexts.floor import rules
from onehall.contexts.floor.models import Serving as ServingRow
from onehall.contexts.floor.models import ServingHold, SuggestionAnswer
from onehall.contexts.floor.rules import Answer, Beginning, Serving, ServingState, StillServing, Suggestion
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import CounterId, PartyId
from onehall.foundation.values.period import local


@in_transaction
def begin_serving(*, counter_id: CounterId, party_id: PartyId, by: Actor, at: datetime) -> Serving:
    """The customer is served at this counter from now on; one who waits on hold in this hall is taken up again.

    Raises StillServing while the same person serves somebody else there; what a colleague left open is closed.
    """
    current = _locked(counter_id)
    means = rules.beginning(
        current.as_contract() if current else None, party_id=party_id, by_id=by.user_id, at=at
    )
    if means is Beginning.REFUSED and current is not None:
        raise _still(current)
    if means is Beginning.GO_ON and current is not None:
        return current.as_contract()
    if current is not None:
        _set(current, ServingState.ENDED, ended_at=at)
    return _taken_up(counter_id, party_id, by, at) or _begun(counter_id, party_id, by, at)


def _begun(counter_id: CounterId, party_id: PartyId, by: Actor, at: datetime) -> Serving:
    """The unique index decides between two windows that receive different customers at one instant."""
    row, _ = ServingRow.objects.get_or_create(
        counter_id=counter_id, state=ServingState.SERVING,
        defaults={"party_id": party_id, "hall_id": by.hall_id, "by_id": by.user_id, "started_at": at},
    )  # fmt: skip
    if row.party_id != party_id:
        raise _still(row)
    return row.as_contract()


def _taken_up(counter_id: CounterId, party_id: PartyId, by: Actor, at: datetime) -> Serving | None:
    held = ServingRow.objects.select_for_update().filter(
        party_id=party_id, hall_id=by.hall_id, state=ServingState.HELD
    )
    row = held.order_by("-id").first()
    if row is None:
        return None
    if local(row.started_at).date() != local(at).date():
        _set(row, ServingState.ENDED, ended_at=at)
        return None
    ServingHold.objects.filter(serving=row, resumed_at__isnull=True).update(resumed_at=at)
    return _set(row, ServingState.SERVING, counter_id=counter_id, by_id=by.user_id)


@in_transaction
def hold_serving(
    *, counter_id: CounterId, party_id: PartyId, reason: str, apologised: bool, by: Actor, at: datetime
) -> Serving | None:
    """Puts this customer's service at the counter aside; None where they are not being served there.

    An interruption needs `apologised` (raises HoldIncomplete through the caller's `check_hold`); whoever leaves to
    fetch a paper was not interrupted.
    """
    row = _locked(counter_id)
    if row is None or row.party_id != party_id:
        return None
    ServingHold.objects.create(
        serving=row, reason=reason, apologised=apologised, held_at=at, by_id=by.user_id
    )
    return _set(row, ServingState.HELD)


@in_transaction
def end_serving(*, counter_id: CounterId, asked_more: bool, by: Actor, at: datetime) -> Serving | None:
    """Ends the service at the counter; None where nobody is served."""
    row = _locked(counter_id)
    if row is None:
        return None
    by.scope.require(row.hall_id)
    return _set(row, ServingState.ENDED, ended_at=at, asked_more=asked_more)


@in_transaction
def keep_answer(
    *, party_id: PartyId, suggestion: Suggestion, answer: Answer, by: Actor, at: datetime
) -> None:
    """Keeps what the customer said to a suggestion."""
    SuggestionAnswer.objects.create(
        party_id=party_id, hall_id=by.hall_id, by_id=by.user_id, kind=suggestion.kind, answer=answer, at=at,
        business=suggestion.offer.business, offering=suggestion.offer.offering,
    )  # fmt: skip


def _locked(counter_id: CounterId) -> ServingRow | None:
    rows = ServingRow.objects.select_for_update().filter(counter_id=counter_id, state=ServingState.SERVING)
    return rows.first()


def _still(row: ServingRow) -> StillServing:
    return StillServing(since=f"{local(row.started_at):%H:%M}")


def _set(row: ServingRow, state: ServingState, **changes: Any) -> Serving:
    for name, value in {"state": state, **changes}.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *changes])
    return row.as_contract()
