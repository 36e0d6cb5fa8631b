"""Writing: one verb for every step of a case, each once and in its turn."""

from onehall.contexts.fieldwork.services.closing import (
    archive_case,
    record_call,
    return_sheet,
    withdraw_work_order,
)
from onehall.contexts.fieldwork.services.dispatching import (
    assign,
    dispatch,
    establish_material,
    issue_work_order,
    renew_contact,
    sign_dispatch,
)
from onehall.contexts.fieldwork.services.visiting import abandon_visit, finish_visit, record_test, start_visit

__all__ = [
    "abandon_visit",
    "archive_case",
    "assign",
    "dispatch",
    "establish_material",
    "finish_visit",
    "issue_work_order",
    "record_call",
    "record_test",
    "renew_contact",
    "return_sheet",
    "sign_dispatch",
    "start_visit",
    "withdraw_work_order",
]
