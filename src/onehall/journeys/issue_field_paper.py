"""制单 Store a paper of field work as things stand now: installation sheet, follow-up sheet or the day's register (REC-01, REC-03)."""

from datetime import date, datetime

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.documents.contracts import Document, Kind
from onehall.foundation.documents.forms import Form
from onehall.foundation.documents.services import issue_document
from onehall.foundation.scopes import Actor
from onehall.foundation.values.text import Text
from onehall.steps.papers import follow_up_form, installation_form, register_form

FOLLOW_UP_SCRIPT = "follow_up"


def issue_field_paper(
    *,
    kind: Kind,
    work_order: int | None = None,
    day: date | None = None,
    password: str = "",
    line_state: Text | None = None,
    by: Actor,
    at: datetime,
) -> Document:
    """INSTALLATION and FOLLOW_UP need `work_order`; DISPATCH takes the actor's hall and `day`."""
    with transaction():
        by.require("document.print")
        if kind is Kind.DISPATCH and day is not None:
            cases = fieldwork.dispatch_register(hall_id=by.hall_id, day=day, scope=by.scope)
            form: Form = register_form(cases, hall_id=by.hall_id, day=day, scope=by.scope)
            subject, subject_id, serial, hall_id = "hall", int(by.hall_id), day.isoformat(), by.hall_id
        elif work_order is not None and kind in (Kind.INSTALLATION, Kind.FOLLOW_UP):
            case = fieldwork.work_order(work_order, scope=by.scope)
            form = _sheet(case, kind, password, line_state, by)
            subject, subject_id, serial, hall_id = "work_order", int(case.id), case.serial, case.hall_id
        else:
            raise ValueError(f"{kind} is no paper of field work, or lacks what it is about")
        paper = issue_document(
            form, hall_id=hall_id, serial=serial, subject=subject, subject_id=subject_id, by=by, at=at
        )
        record(
            action="document.issued",
            subject="document",
            subject_id=paper.id,
            hall_id=hall_id,
            by=by,
            at=at,
            rule="REC-03",
            details={"kind": kind.value, "serial": serial},
        )
    return paper


def _sheet(case: fieldwork.WorkOrder, kind: Kind, password: str, line_state: Text | None, by: Actor) -> Form:
    if kind is Kind.FOLLOW_UP:
        script = catalogue.wording("script", FOLLOW_UP_SCRIPT, scope=by.scope)
        return follow_up_form(
            case, calls=fieldwork.calls(case.id, scope=by.scope), script=script, scope=by.scope
        )
    visits = fieldwork.visits(case.id, scope=by.scope)
    state = line_state or Text("—", "—")
    visit = visits[-1] if visits else None
    return installation_form(case, password=password, line_state=state, visit=visit, scope=by.scope)
