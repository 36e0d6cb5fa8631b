"""删除验证设备 A lost or replaced device proves nothing any more (SEC-08)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity import factors
from onehall.foundation.identity.contracts import LastFactor
from onehall.foundation.identity.queries import must_have_factor
from onehall.foundation.scopes import Actor


def revoke_second_factor(*, factor_id: int, by: Actor, at: datetime) -> None:
    """Who must have one keeps the last. Raises NotFound, LastFactor."""
    with transaction():
        by.require("account.self")
        left = [one for one in factors.factors(by.user_id) if one.id != factor_id]
        if not left and must_have_factor(user_id=by.user_id, hall_id=by.hall_id, at=at):
            raise LastFactor()
        factors.revoke_factor(user_id=by.user_id, factor_id=factor_id, at=at)
        record(
            action="identity.factor_revoked", subject="user", subject_id=by.user_id, hall_id=by.hall_id, by=by, at=at,
            rule="SEC-08", details={"device": factor_id},
        )  # fmt: skip
