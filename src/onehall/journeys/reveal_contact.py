"""显示电话 The customer's number of a case in clear, for the call that the case asks for, on record (SEC-07)."""

from datetime import datetime

from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Actor

_CALLING = {fieldwork.State.TO_FOLLOW_UP: "work.followup"}
_VISITING = "work.visit"


def reveal_contact(*, work_order: int, by: Actor, at: datetime) -> fieldwork.Contact:
    """Whom to ask for and the number to dial; the case is the purpose (SEC-01), and every showing is a line.

    Refuses where no call is owed and nobody is on the way (WrongState), and to everybody but the installer who goes
    (NotYourWork).
    """
    with transaction():
        case = fieldwork.work_order(work_order, scope=by.scope)
        refusal = fieldwork.may_call(case, caller=by.user_id)
        if refusal is not None:
            raise refusal
        by.require(_CALLING.get(case.state, _VISITING))
        record(
            action="work.contact_revealed", subject="work_order", subject_id=case.id, hall_id=case.hall_id, by=by,
            at=at, rule="SEC-07",
            details={"serial": case.serial, "state": case.state.value, "field": "phone", "party": case.party_id},
        )  # fmt: skip
    return case.contact
