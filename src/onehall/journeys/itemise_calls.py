"""通话详单 A line's calls one by one, shown to the customer who has proved who they are; who looked is on record (BIL-05, SEC-01)."""

from datetime import date, datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.steps.itemising import Itemised, itemised


class OwnerNotVerified(Refusal):
    """Nobody saw that it is the customer who asks: whom somebody called is told to nobody else."""

    code = "telephone.owner_not_verified"
    rule = "SEC-05"
    status = 403
    zh = "详单只给机主本人：要由您核验过证件或服务密码。"
    en = "Itemised calls are for the owner alone, whose document or service password you have verified."
    alternative_zh = "请返回客户页，以“本人到厅”说明事由并核验，再查详单。"
    alternative_en = "Go back to the customer, state that they are present and verify them, then look again."


def itemise_calls(*, line_id: int, month: date, by: Actor, at: datetime) -> Itemised:
    """Raises OwnerNotVerified, NotFound."""
    with transaction():
        by.require("calls.itemise")
        book = policy_book(hall_id=by.hall_id, at=at)
        line = voice.line_by_id(line_id, at=at, scope=by.scope)
        owner = subscriptions.subscription(subscription_id=line.subscription, scope=by.scope).party_id
        root = customers.root(owner, scope=by.scope)
        purpose = customers.verification_in_force(root, user_id=by.user_id, at=at, scope=by.scope)
        if purpose is None:
            raise OwnerNotVerified()
        record(
            action="calls.itemised", subject="party", subject_id=root, hall_id=by.hall_id, by=by, at=at, rule="SEC-05",
            policy_version=book.version, details={"line": line_id, "month": f"{month:%Y-%m}", "purpose_id": purpose.id},
        )  # fmt: skip
        return itemised(voice.month_of_line(line, month, scope=by.scope))
