"""The queue of calls, one call with its script, and the archive."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.fieldwork import api as fieldwork
from onehall.entrances.desk.follow_ups.page import (
    FormIncomplete,
    hall_policies,
    intent_of,
    page,
    rows,
    visit_of,
)
from onehall.entrances.desk.follow_ups.script import quiet_hours, script_of
from onehall.foundation.documents.contracts import Kind
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.archive_case import archive_case
from onehall.journeys.issue_field_paper import issue_field_paper
from onehall.journeys.record_follow_up import record_follow_up
from onehall.journeys.reveal_contact import reveal_contact

HERE = "/desk/follow-ups/"
ARCHIVED = "/desk/follow-ups/archived"
SATISFACTION = (
    ("5", Text("很满意", "very satisfied")),
    ("4", Text("满意", "satisfied")),
    ("3", Text("一般", "fair")),
    ("2", Text("不满意", "not satisfied")),
    ("1", Text("很不满意", "not at all")),
)
OUTCOMES = {
    fieldwork.CallOutcome.UNANSWERED: ("warn", Text("无人接听", "no answer")),
    fieldwork.CallOutcome.PASSED: ("good", Text("通过", "passed")),
    fieldwork.CallOutcome.FAILED: ("bad", Text("不通过", "failed")),
}
_DIALLED = (fieldwork.State.TO_FOLLOW_UP,)
_LONGEST = 500


@permit("work.followup", methods=("GET",))
def queue(request: Request) -> HttpResponse:
    """Calls owed, the longest due first, then the least tried; beside them what may be archived."""
    by, book = request.actor, hall_policies(request)
    owed = fieldwork.follow_up_queue(scope=by.scope, hall_id=by.hall_id, at=request.at)
    due = [case for case in owed if case.waiting_until and case.waiting_until <= request.at]
    facts = {
        "due": rows(due, at=request.at, book=book),
        "later": [case for case in owed if case not in due],
        "passed": _board(request, fieldwork.State.TO_ARCHIVE).items,
        "quiet": quiet_hours(book, at=request.at),
        "may_archive": by.may("work.archive"),
        "done": request.GET.get("done", ""),
    }
    return page(request, "desk/follow_ups/queue.html", facts, part="desk/follow_ups/lists.html")


@permit("work.followup", methods=("GET",))
def case(request: Request, work_order: int) -> HttpResponse:
    """One call: whom, what to say, what to note; afterwards the record and the way to the archive."""
    shown = fieldwork.work_order(work_order, scope=request.actor.scope)
    facts = {**_record_of(request, shown), "satisfaction": SATISFACTION, "longest": _LONGEST}
    if shown.state in _DIALLED:
        facts["script"] = script_of(shown, by=request.actor)
        facts["quiet"] = quiet_hours(hall_policies(request), at=request.at)
    return page(request, "desk/follow_ups/case.html", facts, part="desk/follow_ups/record.html", here=HERE)


@permit("work.followup", methods=("POST",))
def number(request: Request, work_order: int) -> HttpResponse:
    """The number to dial, on record: the case is the purpose (SEC-01, SEC-07)."""
    contact = reveal_contact(work_order=work_order, by=request.actor, at=request.at)
    return render(request, "desk/follow_ups/number.html", {"phone": contact.phone})


@permit("work.followup", methods=("POST",))
def call(request: Request, work_order: int) -> HttpResponse:
    """One try. Passed, the case stays open for the archive; otherwise back to the queue."""
    outcome = _outcome(request)
    after = record_follow_up(
        intent=intent_of(request),
        work_order=work_order,
        outcome=outcome,
        satisfaction=None if outcome is fieldwork.CallOutcome.UNANSWERED else _satisfaction(request),
        handled=request.POST.get("handled", "").strip()[:_LONGEST],
        by=request.actor,
        at=request.at,
    )
    passed = outcome is fieldwork.CallOutcome.PASSED
    return go(request, f"{HERE}{work_order}" if passed else f"{HERE}?done={after.serial}")


@permit("work.archive", methods=("POST",))
def archive(request: Request, work_order: int) -> HttpResponse:
    """Files the case; refused before a passed follow-up (WRK-04)."""
    filed = archive_case(intent=intent_of(request), work_order=work_order, by=request.actor, at=request.at)
    return go(request, f"{HERE}?done={filed.serial}")


@permit("work.archive", methods=("GET",))
def archived(request: Request) -> HttpResponse:
    """Filed cases, found by the beginning of serial or account."""
    typed = request.GET.get("find", "").strip()
    found = _board(request, fieldwork.State.ARCHIVED, find=typed, after=request.GET.get("after"))
    facts = {
        "cases": found.items,
        "find": typed,
        "after": found.after,
        "paged": bool(request.GET.get("after")),
    }
    return page(request, "desk/follow_ups/archived.html", facts, part="desk/follow_ups/filed.html")


@permit("document.print", methods=("POST",))
def sheet(request: Request, work_order: int) -> HttpResponse:
    """The follow-up sheet with the script and every try, ready to print (REC-01)."""
    paper = issue_field_paper(kind=Kind.FOLLOW_UP, work_order=work_order, by=request.actor, at=request.at)
    return go(request, f"/desk/documents/{paper.id}")


def _board(
    request: Request, state: fieldwork.State, *, find: str = "", after: str | None = None
) -> fieldwork.Page:
    by = request.actor
    closed = state is fieldwork.State.ARCHIVED
    return fieldwork.board(
        scope=by.scope, hall_id=by.hall_id, state=state, find=find, closed=closed, after=after
    )


def _record_of(request: Request, shown: fieldwork.WorkOrder) -> dict[str, Any]:
    """The case, its visit and its tries; whom to dial only while a call is owed (SEC-01)."""
    words = dict(SATISFACTION)
    tries = fieldwork.calls(shown.id, scope=request.actor.scope)
    return {
        "case": shown,
        "result": visit_of(shown, scope=request.actor.scope),
        "tries": [(one, OUTCOMES[one.outcome], words.get(str(one.satisfaction))) for one in reversed(tries)],
        "dial": _dialled(shown) if shown.state in _DIALLED else None,
        "to_archive": shown.state is fieldwork.State.TO_ARCHIVE and request.actor.may("work.archive"),
        "state": fieldwork.STATES[shown.state],
        "may_print": request.actor.may("document.print"),
    }


def _dialled(shown: fieldwork.WorkOrder) -> dict[str, str]:
    """Whom to ask for by name; the number stays covered until it is needed (SEC-07)."""
    return {"name": shown.contact.name, "covered": fieldwork.masked(shown.contact).phone}


def _outcome(request: Request) -> fieldwork.CallOutcome:
    try:
        return fieldwork.CallOutcome(request.POST.get("outcome", ""))
    except ValueError:
        raise FormIncomplete(field="outcome", what="通话结果", what_en="the outcome of the call") from None


def _satisfaction(request: Request) -> int | None:
    chosen = request.POST.get("satisfaction", "")
    return int(chosen) if chosen in dict(SATISFACTION) else None
