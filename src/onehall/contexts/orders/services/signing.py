"""The customer's signature under the acceptance form (ORD-02, LAW-32)."""

from datetime import datetime

from onehall.contexts.orders.contracts import Basket
from onehall.contexts.orders.models import Basket as BasketRow
from onehall.contexts.orders.models import Signature
from onehall.contexts.orders.queries import basket
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId, DocumentId


@in_transaction
def keep_still(*, basket_id: BasketId, by: Actor) -> Basket:
    """The basket, which nobody changes, pays or signs until the caller has committed. NotFound."""
    BasketRow.objects.select_for_update().filter(pk=basket_id).first()
    return basket(basket_id=basket_id, scope=by.scope)


@in_transaction
def record_signature(
    *,
    basket_id: BasketId,
    method: str,
    by: Actor,
    at: datetime,
    strokes: tuple[str, bytes] | None = None,
    form_sha256: bytes | None = None,
    document_id: DocumentId | None = None,
) -> None:
    """The customer signed on "paper", or on "screen" with strokes (their spelling and its hash) over a form's hash.

    The first one stands. `document_id` is the document of record.
    """
    kept, digest = strokes or (None, None)
    Signature.objects.get_or_create(
        basket_id=basket_id,
        defaults={
            "method": method, "strokes": kept, "strokes_sha256": digest, "document_sha256": form_sha256,
            "document": document_id, "at": at, "by_id": by.user_id,
        },
    )  # fmt: skip
