"""断开上网 Cut whoever is on line under an account, now and with a reason; who may be on line comes back by himself (NET-01)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor


class CutNeedsReason(Refusal):
    """Nobody wrote down why."""

    code = "network.reason_needed"
    rule = "NET-01"
    status = 400
    zh = "请写明为什么断开。"
    en = "Say why the session is cut."
    alternative_zh = "写一句即可，例如“客户要求重新拨号”；原因记入审计。"
    alternative_en = (
        "One sentence will do, such as “the customer wants to dial in anew”; it is kept in the trail."
    )


@dataclass(frozen=True, slots=True)
class SessionsCut:
    """How many sessions there were to cut; the device is told within a second, or when it answers again (待生效)."""

    account: str
    sessions: int

    @property
    def pending(self) -> bool:
        """Whether a device has to be told."""
        return self.sessions > 0


def cut_session(*, account: str, reason: str, intent: UUID, by: Actor, at: datetime) -> SessionsCut:
    """Raises CutNeedsReason, AccountUnknown. The same intent answers the same again and cuts nobody twice."""
    with transaction():
        by.require("network.cut")
        attempt = once(
            key=intent, journey="cut_session", by=by, body={"account": account, "reason": reason}, at=at
        )
        if attempt.result is not None:
            return SessionsCut(**attempt.result)
        if not reason.strip():
            raise CutNeedsReason(field="reason")
        sessions = provisioning.cut_sessions(account=account, at=at)
        attempt.finish({"account": account, "sessions": sessions})
        record(
            action="access.cut", subject="account", subject_id=account, hall_id=by.hall_id, by=by, at=at, rule="NET-01",
            details={"reason": reason.strip(), "sessions": sessions},
        )  # fmt: skip
        publish(topic="access.changed", hall_id=by.hall_id, at=at, payload={"account": account})
    return SessionsCut(account, sessions)
