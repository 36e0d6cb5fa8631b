"""登记簿: every list as a paper book of a period, A4, masked, on record (REC-01, REC-03)."""

from datetime import date
from uuid import uuid5

from django.http import HttpResponse

from onehall.entrances.board.pages import Unreadable, intent_of, page
from onehall.foundation.documents.contracts import Medium
from onehall.foundation.documents.policies import BOOK_ROWS
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import NotFound
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.issue_book import issue_book
from onehall.journeys.print_document import print_document
from onehall.readings.exports import LISTS, Asked, Listed, book

HOME = "/board/registers/"


@permit("document.print", methods=("GET",))
def show(request: Request) -> HttpResponse:
    """Every book that this person may print, of this month unless other days are asked for."""
    today = local(request.at).date()
    mine = [listed for listed in LISTS.values() if request.actor.may(listed.permission)]
    most = policy_book(hall_id=request.actor.hall_id, at=request.at)[BOOK_ROWS]
    facts = {
        "books": [(one, request.actor.may("export.run")) for one in mine], "most": most,
        "start": today.replace(day=1), "end": today,
    }  # fmt: skip
    return page(request, "board/registers/page.html", facts, here=HOME)


@permit("document.print", methods=("POST",))
def issue(request: Request, code: str) -> HttpResponse:
    """Stores the book and opens its first copy."""
    by, listed = request.actor, _listed(request, code)
    intent, asked = intent_of(request), _asked(request, listed)
    most = policy_book(hall_id=by.hall_id, at=request.at)[BOOK_ROWS]
    paper = issue_book(
        code=code, permission=listed.permission, title=listed.name, period=_period(asked, listed, request),
        columns=[(column.heading, column.width) for column in listed.columns],
        rows=book(listed, asked, scope=by.scope, at_most=most), by=by, at=request.at,
    )  # fmt: skip
    claim = print_document(
        intent=uuid5(intent, str(paper.id)), document_id=paper.id, medium=Medium.PDF, by=by, at=request.at
    )
    return go(request, f"/board/papers/{paper.id}/copies/{claim.job.id}.pdf")


def _listed(request: Request, code: str) -> Listed:
    chosen = LISTS.get(code)
    if chosen is None:
        raise NotFound(what=f"登记簿 {code[:40]}", what_en=f"The register {code[:40]}")
    request.actor.require(chosen.permission)
    return chosen


def _asked(request: Request, listed: Listed) -> Asked:
    """The days, where the list has days; this hall alone."""
    start, end = (
        _day(request.POST.get(name, ""), name) if listed.period else None for name in ("start", "end")
    )
    if start and end and start > end:
        raise Unreadable(what="起止日期（先后）", what_en="The period (its order)", field="end")
    return Asked(start=start, end=end, hall_id=request.actor.hall_id, lang=request.lang)


def _day(typed: str, name: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip()) if typed.strip() else None
    except ValueError:
        raise Unreadable(what="日期", what_en="The day", field=name) from None


def _period(asked: Asked, listed: Listed, request: Request) -> str:
    if listed.period is None:
        return Text("截至打印时", "as of printing").in_(request.lang)
    end = asked.end or local(request.at).date()
    return f"{asked.start or '…'} – {end}"
