"""Pure decisions: how far a case is, who may take its next step, and when that is due."""

from onehall.contexts.fieldwork.rules.cases import (
    STATES,
    may_archive,
    may_sign_dispatch,
    may_start_visit,
    must_be,
    refuse,
    stage_of,
    state_of,
)
from onehall.contexts.fieldwork.rules.entries import (
    check_call,
    check_materials,
    check_test,
    check_tested,
    evidence,
    masked,
    signature_problem,
    strokes_present,
)
from onehall.contexts.fieldwork.rules.limits import (
    Urgency,
    WorkCalendar,
    add_working_days,
    dispatch_due,
    follow_up_due,
    install_due,
    return_due,
    urgency,
)

__all__ = [
    "STATES",
    "Urgency",
    "WorkCalendar",
    "add_working_days",
    "check_call",
    "check_materials",
    "check_test",
    "check_tested",
    "dispatch_due",
    "evidence",
    "follow_up_due",
    "install_due",
    "masked",
    "may_archive",
    "may_sign_dispatch",
    "may_start_visit",
    "must_be",
    "refuse",
    "return_due",
    "signature_problem",
    "stage_of",
    "state_of",
    "strokes_present",
    "urgency",
]
