"""What a line of a basket still waits for (ORD-03)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from onehall.contexts.orders.contracts import BasketState
from onehall.contexts.orders.models import Basket, BasketItem
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import BasketId, ItemId

PAPERS = "papers"
"""In an item's details: the codes of the papers that are missing; absent when nothing is."""


@in_transaction
def note_missing(
    *, basket_id: BasketId, missing: Mapping[ItemId, Sequence[str]], by: Actor, at: datetime
) -> None:
    """Writes on each of these lines which papers it waits for, none where all are there. NotFound unless open or held."""
    row = Basket.objects.select_for_update().filter(
        pk=basket_id, state__in=[BasketState.OPEN, BasketState.HELD]
    ).first()  # fmt: skip
    if row is None or not by.scope.allows(row.hall_id):
        raise NotFound(what="这张受理单", what_en="This basket")
    for item in row.items.filter(pk__in=list(missing)):
        rest = {name: value for name, value in item.details.items() if name != PAPERS}
        due = list(missing[ItemId(item.pk)])
        BasketItem.objects.filter(pk=item.pk).update(details={**rest, PAPERS: due} if due else rest)
