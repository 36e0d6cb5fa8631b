"""Merging two records of one customer, taking that back, and remembering that two are two (CUS-06)."""

from datetime import datetime

from onehall.contexts.customers.models import Distinction, Merge, Party
from onehall.contexts.customers.queries import root, traits
from onehall.contexts.customers.rules import merging
from onehall.contexts.customers.rules.refusals import CustomerNotFound
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId


@in_transaction
def customer_in_service(*, party_id: PartyId, by: Actor) -> PartyId:
    """The record under which this customer is served, not merged with another until the caller has committed.

    Raises CustomerNotFound.
    """
    served = root(party_id, scope=by.scope)
    _lock([served])
    return root(served, scope=by.scope)


@in_transaction
def merge_records(
    *, absorbed: PartyId, survivor: PartyId, documents_seen: bool, reason: str, by: Actor, at: datetime
) -> merging.Merged:
    """From now on `absorbed` is read as `survivor`; not one row of its history is touched.

    The two are locked in the order of their numbers, so of crossing merges one wins and the other finds AlreadyMerged.
    Raises the refusals of `check_merge`, MergeReasonMissing, CustomerNotFound.
    """
    _lock([absorbed, survivor])
    said = merging.check_reason(reason)
    if absorbed == survivor:
        raise merging.AlreadyMerged()
    if (root(absorbed, scope=by.scope), root(survivor, scope=by.scope)) != (absorbed, survivor):
        raise merging.AlreadyMerged()
    one, other = traits(absorbed, scope=by.scope), traits(survivor, scope=by.scope)
    found = merging.check_merge(one, other, documents_seen=documents_seen)
    row = Merge.objects.create(
        absorbed_id=absorbed, survivor_id=survivor, suspicion=found, documents_seen=documents_seen, reason=said,
        hall_id=by.hall_id, at=at, by_id=by.user_id,
    )  # fmt: skip
    return _merged(row)


@in_transaction
def undo_merge(*, merge_id: int, reason: str, by: Actor, at: datetime) -> merging.Merged:
    """Each record is itself again, with what is its own; what was sold meanwhile stays with the survivor.

    MergeUndone the second time, CustomerNotFound where there was no such merge.
    """
    row = Merge.objects.select_for_update().filter(pk=merge_id).first()
    if row is None:
        raise CustomerNotFound()
    if row.undone_at is not None:
        raise merging.MergeUndone()
    said = merging.check_reason(reason)
    row.undone_at, row.undone_by_id, row.undone_reason = at, by.user_id, said
    row.save(update_fields=["undone_at", "undone_by", "undone_reason"])
    return _merged(row)


@in_transaction
def tell_apart(*, one: PartyId, other: PartyId, reason: str, by: Actor, at: datetime) -> None:
    """The two are two people: the pair is not suspected again. Said twice, the first time stands."""
    first, second = sorted((one, other))
    _lock([first, second])
    said = merging.check_reason(reason)
    if first == second:
        raise merging.AlreadyMerged()
    Distinction.objects.get_or_create(
        first_id=first,
        second_id=second,
        defaults={"reason": said, "hall_id": by.hall_id, "at": at, "by_id": by.user_id},
    )


def _lock(party_ids: list[PartyId]) -> None:
    """Row locks in the order of the numbers; they do not hold up sales, which only refer to the rows. CustomerNotFound."""
    rows = Party.objects.select_for_update(no_key=True).filter(pk__in=party_ids).order_by("pk")
    if len(rows.values_list("pk", flat=True)) < len(set(party_ids)):
        raise CustomerNotFound()


def _merged(row: Merge) -> merging.Merged:
    return merging.Merged(row.pk, PartyId(row.absorbed_id), PartyId(row.survivor_id), row.at, row.undone_at)
