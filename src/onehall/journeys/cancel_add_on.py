"""退订增值业务 End a third party's service at the customer's word; the months paid are not given back (CAT-11, CHG-02)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.customers import api as customers
from onehall.contexts.goods import api as goods
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def cancel_add_on(*, add_on_id: int, intent: UUID, by: Actor, at: datetime) -> goods.AddOn:
    """It ends now. Raises NotFound, PurposeNeeded without a purpose for its customer, GoodsRefused where it has ended."""
    with transaction():
        by.require("goods.sell")
        found = goods.add_on(add_on_id, scope=by.scope)
        line = subscriptions.subscription(subscription_id=found.subscription, scope=by.scope)
        attempt = once(key=intent, journey="cancel_add_on", by=by, body={"add_on": add_on_id}, at=at)
        if attempt.result is not None:
            return found
        served = customers.customer_in_service(party_id=line.party_id, by=by)
        if customers.purpose_in_force(served, user_id=by.user_id, at=at, scope=by.scope) is None:
            raise customers.PurposeNeeded()
        customers.require_mandate(party_id=served, wanted=customers.Mandate.ORDER, by=by, at=at)
        ended = goods.end_add_on(add_on_id=add_on_id, at=at)
        attempt.finish({"add_on": add_on_id})
        record(
            action="goods.cancelled", subject="add_on", subject_id=add_on_id, hall_id=by.hall_id, by=by, at=at, rule="CAT-11",
            details={"subscription": found.subscription, "offering": found.offering},
        )  # fmt: skip
        publish(topic="goods.cancelled", hall_id=by.hall_id, at=at, payload={"add_on": add_on_id})
    return ended
