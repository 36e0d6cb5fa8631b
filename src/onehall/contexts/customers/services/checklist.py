"""Ticking papers off, and telling what is missing (ORD-03)."""

from collections.abc import Sequence
from datetime import datetime

from onehall.contexts.customers.models import PaperSeen, PapersTold
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId, DocumentId, PartyId


@in_transaction
def see_papers(
    *, party_id: PartyId, basket_id: BasketId, papers: Sequence[str], by: Actor, at: datetime
) -> None:
    """These papers were laid on the counter; ticked twice, the first time counts."""
    stamp = {"party_id": party_id, "basket": basket_id, "hall_id": by.hall_id, "at": at, "by_id": by.user_id}
    PaperSeen.objects.bulk_create([PaperSeen(paper=one, **stamp) for one in papers], ignore_conflicts=True)


@in_transaction
def tell_missing(
    *,
    party_id: PartyId,
    basket_id: BasketId,
    missing: Sequence[str],
    document_id: DocumentId,
    by: Actor,
    at: datetime,
) -> None:
    """What the customer was told to bring, with the slip."""
    PapersTold.objects.create(
        party_id=party_id, basket=basket_id, missing=list(missing), document=document_id, hall_id=by.hall_id, at=at,
        by_id=by.user_id,
    )  # fmt: skip
