"""删除客户资料 The manager carries a deletion out: the particulars go, the books stay, a certificate proves it (REC-02)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, NotFound
from onehall.steps.ties import OBSTACLES, ties_of


def delete_customer(*, request_id: int, by: Actor, at: datetime) -> customers.DeletionState:
    """The request with its certificate; done twice, the first one. Raises DeletionRefused for what has come up since it was asked."""
    with transaction():
        by.require("privacy.manage")
        found = customers.deletion_requests(scope=by.scope, limit=1, request_id=request_id)
        if not found or found[0].obstacles:
            raise NotFound(what="这个删除申请", what_en="This request")
        if found[0].code:
            return found[0]
        book = policy_book(hall_id=by.hall_id, at=at)
        ties = ties_of(found[0].party_id)
        stands = customers.obstacles(ties, keep_months=book[customers.KEEP_MONTHS], at=at)
        if stands:
            words = [OBSTACLES[one] for one in stands]
            raise customers.DeletionRefused(
                why="、".join(one.zh for one in words), why_en=", ".join(one.en for one in words)
            )
        done = customers.erase(request_id=request_id, by=by, at=at)
        record(
            action="privacy.deleted", subject="party", subject_id=done.party_id, hall_id=by.hall_id, by=by, at=at,
            rule="REC-02", policy_version=book.version, details={"request": done.id, "code": done.code},
        )  # fmt: skip
    return done
