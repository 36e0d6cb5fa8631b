"""The door of fieldwork."""

from onehall.contexts.fieldwork.contracts import (  # noqa: I001 - packed: the door has a limit
    Call, CallOutcome, Contact, LineTest, Material, MaterialUse, NotSigned, NotYourWork, Page, Sign, State,
    Strokes, Visit, WorkOrder, WrongState,
)  # fmt: skip
from onehall.contexts.fieldwork.policies import (
    DISPATCH_BY_MINUTE, FOLLOW_UP_AFTER_DEFECT, FOLLOW_UP_CLOSES, FOLLOW_UP_OPENS, FOLLOW_UP_RETRY,
    FOLLOW_UP_WAIT, INSTALL_WORKING_DAYS, RETURN_WORKING_DAYS, WARN_BEFORE,
)  # fmt: skip
from onehall.contexts.fieldwork.queries import (
    board, calls, counts, dispatch_register, follow_up_queue, installer_day, materials, open_work_of, visits, work_order,
    work_order_of,
)  # fmt: skip
from onehall.contexts.fieldwork.rules import (
    STATES, Urgency, WorkCalendar, dispatch_due, follow_up_due, install_due, masked, may_call, return_due,
    urgency,
)  # fmt: skip
from onehall.contexts.fieldwork.services import (
    abandon_visit, archive_case, assign, dispatch, establish_material, finish_visit, issue_work_order,
    record_call, record_test, renew_contact, return_sheet, sign_dispatch, start_visit, withdraw_work_order,
)  # fmt: skip

__all__ = [
    "DISPATCH_BY_MINUTE", "FOLLOW_UP_AFTER_DEFECT", "FOLLOW_UP_CLOSES", "FOLLOW_UP_OPENS", "FOLLOW_UP_RETRY",
    "FOLLOW_UP_WAIT", "INSTALL_WORKING_DAYS", "RETURN_WORKING_DAYS", "STATES", "WARN_BEFORE", "Call", "CallOutcome",
    "Contact", "LineTest", "Material", "MaterialUse", "NotSigned", "NotYourWork", "Page", "Sign", "State", "Strokes",
    "Urgency", "Visit", "WorkCalendar", "WorkOrder", "WrongState", "abandon_visit", "archive_case", "assign", "board",
    "calls", "counts", "dispatch", "dispatch_due", "dispatch_register", "establish_material", "finish_visit",
    "follow_up_due", "follow_up_queue", "install_due", "installer_day", "issue_work_order", "masked", "materials",
    "may_call", "open_work_of", "record_call", "record_test", "renew_contact", "return_due", "return_sheet", "sign_dispatch", "start_visit", "urgency",
    "visits", "withdraw_work_order", "work_order", "work_order_of",
]  # fmt: skip
