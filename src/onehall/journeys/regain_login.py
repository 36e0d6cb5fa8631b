"""命令行重置登录 Nobody else can let this person in again: the administrator does it at the machine (SEC-08)."""

from datetime import datetime

from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity import regain
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Scope


def regain_login(*, staff_no: str, devices: bool, reason: str, at: datetime) -> regain.Regained:
    """The password for the first sign-in; on record in every hall's trail. Raises NotFound, ResetRefused."""
    with transaction():
        why = regain.require_reason(reason)
        user_id, _ = regain.login_of(staff_no)
        done = regain.regain(user_id=user_id, devices=devices, at=at)
        facts = {"reason": why, "devices": done.devices, "sessions": done.sessions, "console": True}
        for hall in organisation.halls(scope=Scope.operator()):
            record(
                action="staff.login_reset", subject="user", subject_id=user_id, hall_id=hall.id, by=None, at=at,
                rule="SEC-08", details=facts,
            )  # fmt: skip
            publish(topic="staff.changed", hall_id=hall.id, at=at)
    return done
