"""停机、复机: a telephone line whose money is used up is stopped, and works again at once when money is there (BIL-02, LAW-11)."""

from dataclasses import replace
from datetime import datetime

from onehall.contexts.voice import api as voice
from onehall.foundation.audit import record
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor, Scope
from onehall.steps.line_states import restate

_ALL = Scope.operator()


def stop_or_resume(line_id: int, *, stop: bool, book: PolicyBook, by: Actor, at: datetime) -> bool:
    """The line is stopped if nothing is left and it is due (`stop`), or works again if something is; whether anything changed."""
    voice.hold_line(line=line_id)
    line = voice.line_by_id(line_id, at=at, scope=_ALL)
    left = voice.balance(line_id, scope=_ALL)
    stopped = left <= 0 and (stop or line.state.stopped)
    if line.state.closed or line.state.stopped == stopped:
        return False
    restate(line.state.number, lambda state: replace(state, stopped=stopped), book=book, by=by, at=at)
    record(
        action="telephone.stopped" if stopped else "telephone.restored", subject="subscription",
        subject_id=line.state.subscription_id, hall_id=line.hall, by=by, at=at, rule="BIL-02", policy_version=book.version,
        details={"number": line.state.number, "left_units": left},
    )  # fmt: skip
    publish(
        topic="subscription.changed",
        hall_id=line.hall,
        at=at,
        payload={"subscription": line.state.subscription_id},
    )
    return True
