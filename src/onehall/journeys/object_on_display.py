"""客户说不对 The customer says on the display what is wrong with the form; the desk sees it at once (ORD-02)."""

from datetime import datetime

from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.documents.display import end_signing, signing
from onehall.foundation.documents.signing import Signing, Wrong
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId
from onehall.steps.signing import stamp_of


def object_on_display(*, request_id: int, wrong: Wrong, by: Actor, at: datetime) -> Signing:
    """The request is over, nothing is signed. SignedElsewhere, SigningOver."""
    with transaction():
        by.require("basket.edit")
        asked = signing(request_id, scope=by.scope)
        basket = orders.keep_still(basket_id=BasketId(asked.subject_id), by=by)
        end_signing(request_id=request_id, stamp=stamp_of(basket), wrong=wrong, by=by, at=at)
        record(
            action="acceptance_form.objected", subject="basket", subject_id=basket.id, hall_id=asked.hall_id, by=by, at=at,
            rule="ORD-02", details={"document": asked.document_id, "wrong": wrong},
        )  # fmt: skip
        publish(topic="basket.changed", hall_id=asked.hall_id, at=at, payload={"basket": basket.id})
        return signing(request_id, scope=by.scope)
