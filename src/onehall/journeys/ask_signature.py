"""请客户签名 Ask the customer to check and sign the acceptance form on the display of the counter (ORD-02, LAW-32)."""

from datetime import datetime

from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.documents.display import ask_signing
from onehall.foundation.documents.signing import Signing, SigningState, over
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import BasketId
from onehall.steps.signing import form_of, stamp_of


def ask_signature(*, basket_id: BasketId, by: Actor, at: datetime) -> Signing:
    """The display shows the form; whatever it asked before is withdrawn. SigningOver where it is signed already."""
    with transaction():
        by.require("basket.edit")
        if by.counter_id is None:
            raise NotFound(what="您的台席（请在台席登录）", what_en="Your counter (sign in at a counter)")
        basket = orders.keep_still(basket_id=basket_id, by=by)
        if orders.signature(basket_id=basket_id, scope=by.scope) is not None:
            raise over(SigningState.SIGNED)
        form = form_of(basket, by=by, at=at)
        asked = ask_signing(paper=form, stamp=stamp_of(basket), counter_id=by.counter_id, by=by, at=at)
        record(
            action="acceptance_form.shown", subject="basket", subject_id=basket_id, hall_id=basket.hall_id, by=by, at=at,
            rule="LAW-32", details={"document": form.id, "sha256": form.sha256, "counter": by.counter_id},
        )  # fmt: skip
        publish(topic="basket.changed", hall_id=basket.hall_id, at=at, payload={"basket": basket_id})
        return asked
