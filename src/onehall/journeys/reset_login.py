"""重置登录 A colleague who lost password or devices gets in again; for who decides over others a second person approves first (SEC-08)."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.identity import regain
from onehall.foundation.identity.contracts import ResetAwaited
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.steps.colleague import someone_else
from onehall.steps.second_person import LoginWanted, ask_login, login_needs_second, use_login


@dataclass(frozen=True, slots=True)
class ResetAsked:
    """`devices`: the second factor goes, too. `approval`: the request by which a second person agreed."""

    reason: str
    devices: bool = False
    approval: int | None = None


def reset_login(
    *, person_id: int, asked: ResetAsked, intent: UUID, by: Actor, at: datetime
) -> regain.Regained:
    """The password for the first sign-in, shown this once; "" when the same intent comes again.

    Raises NotFound, ResetRefused (never for oneself, never for somebody who can more), ResetAwaited once its request stands,
    and what refuses an approval.
    """
    with transaction():
        person, user_id = someone_else(person_id, by=by)
        why = regain.require_reason(asked.reason)
        body = {"person": person_id, "devices": asked.devices, "approval": asked.approval}
        attempt = once(key=intent, journey="reset_login", by=by, body=body, at=at)
        if attempt.result is not None:
            return regain.Regained("", attempt.result["devices"], attempt.result["sessions"])
        had = regain.standings([user_id])[user_id].devices
        wanted = LoginWanted(person.staff_no, person_id, had, asked.devices, why)
        awaited = _second_person(user_id, wanted, asked.approval, by, at)
        if awaited is None:
            done = regain.regain(user_id=user_id, devices=asked.devices, at=at)
            attempt.finish({**asdict(done), "password": ""})
            _record(done, wanted, asked.approval, by, at)
    if awaited is not None:
        raise awaited
    return done


def _second_person(
    user_id: int, wanted: LoginWanted, approval: int | None, by: Actor, at: datetime
) -> ResetAwaited | None:
    """Uses the approval that is named; where one is needed and none is, files its request, to be told after the commit."""
    if approval is not None:
        use_login(approval=approval, wanted=wanted, by=by, at=at)
    elif login_needs_second(user_id=user_id, wanted=wanted, by=by, at=at):
        return ask_login(wanted=wanted, by=by, at=at)
    return None


def _record(
    done: regain.Regained, wanted: LoginWanted, approval: int | None, by: Actor, at: datetime
) -> None:
    facts = {
        "reason": wanted.reason,
        "devices": done.devices,
        "sessions": done.sessions,
        "approval": approval,
    }
    record(
        action="staff.login_reset", subject="person", subject_id=wanted.person_id, hall_id=by.hall_id, by=by, at=at,
        rule="SEC-08", details=facts,
    )  # fmt: skip
    publish(topic="staff.changed", hall_id=by.hall_id, at=at)
