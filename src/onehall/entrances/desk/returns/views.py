"""回单: the sheet is on the counter; how was it signed? Built for a pile of them: find, digit, Enter, next."""

from django.http import HttpResponse

from onehall.contexts.fieldwork import api as fieldwork
from onehall.entrances.desk.follow_ups.page import hall_policies, intent_of, page, rows, visit_of
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request, wants_fragment
from onehall.foundation.web.responses import go
from onehall.journeys.return_sheet import return_sheet

HERE = "/desk/returns/"
METHODS = (
    ("1", fieldwork.Sign.PAPER, Text("纸单上有客户签名", "signed by the customer on paper")),
    ("2", fieldwork.Sign.SEAL, Text("纸单上有单位公章", "sealed by the organisation")),
    ("3", fieldwork.Sign.STROKES, Text("客户已在手机上签名", "signed on the installer's phone")),
)
_LONGEST_NOTE = 300


@permit("work.return", methods=("GET",))
def waiting(request: Request) -> HttpResponse:
    """What waits for its sheet, the oldest limit first. A serial or account that fits one case alone opens it."""
    typed = request.GET.get("find", "").strip()
    found = _waiting(request, typed)
    if typed and len(found.items) == 1 and not wants_fragment(request):
        return go(request, f"{HERE}{found.items[0].id}")
    facts = {
        "rows": rows(found.items, at=request.at, book=hall_policies(request)),
        "more": found.after,
        "find": typed,
        "done": request.GET.get("done", ""),
    }
    return page(request, "desk/returns/waiting.html", facts, part="desk/returns/list.html")


@permit("work.return")
def sheet(request: Request, work_order: int) -> HttpResponse:
    """One sheet beside what the visit brought; recorded, the next sheet is looked for."""
    if request.method == "POST":
        done = _record(request, work_order)
        return go(request, f"{HERE}?done={done.serial}")
    case = fieldwork.work_order(work_order, scope=request.actor.scope)
    facts = {
        "case": case,
        "result": visit_of(case, scope=request.actor.scope),
        "methods": METHODS,
        "longest": _LONGEST_NOTE,
        "open": case.state is fieldwork.State.TO_RETURN,
    }
    return page(request, "desk/returns/sheet.html", facts, part="desk/returns/result.html", here=HERE)


def _waiting(request: Request, find: str) -> fieldwork.Page:
    by = request.actor
    return fieldwork.board(scope=by.scope, hall_id=by.hall_id, state=fieldwork.State.TO_RETURN, find=find)


def _record(request: Request, work_order: int) -> fieldwork.WorkOrder:
    chosen = request.POST.get("method", "")
    offered = {method.value: method for _, method, _ in METHODS}
    return return_sheet(
        intent=intent_of(request),
        work_order=work_order,
        method=offered.get(chosen),
        note=request.POST.get("note", "").strip()[:_LONGEST_NOTE],
        by=request.actor,
        at=request.at,
    )
