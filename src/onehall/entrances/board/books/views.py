"""The day report with its three-way match, and a clerk's journal."""

from datetime import timedelta

from django.http import HttpResponse

from onehall.contexts.ledger import api as ledger
from onehall.entrances.board.books.told import day_told, journal_parts, journal_told, report_parts
from onehall.entrances.board.drawers.views import KINDS
from onehall.entrances.board.pages import address, day_asked, page
from onehall.foundation.values.ids import UserId
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.print_day_book import print_day_book
from onehall.steps.drawer_papers import name_of

LIST = "/board/books/"
TOPICS = "payment.taken sale.voided sale.reversed drawer.changed book.changed"


@permit("books.view", methods=("GET",))
def day(request: Request) -> HttpResponse:
    """A day by means, account, clerk and drawer; what differs is named with its document."""
    asked = day_asked(request)
    facts = {
        "day": asked, "told": day_told(asked, by=request.actor), "topics": TOPICS, "source": address(LIST, day=asked),
        "before": address(LIST, day=asked - timedelta(days=1)), "after": address(LIST, day=asked + timedelta(days=1)),
    }  # fmt: skip
    return page(request, "board/books/day.html", facts, part="board/books/figures.html", here=LIST)


@permit("books.view", methods=("POST",))
def report(request: Request) -> HttpResponse:
    """The day report as a paper."""
    asked = day_asked(request)
    facts, grids, remark = report_parts(day_told(asked, by=request.actor))
    paper = print_day_book(
        day=asked,
        clerk=None,
        name="",
        facts=facts,
        grids=grids,
        remark=remark,
        by=request.actor,
        at=request.at,
    )
    return go(request, f"/desk/documents/{paper.id}")


@permit("books.view", methods=("GET",))
def journal(request: Request, user_id: int) -> HttpResponse:
    """A clerk's day, movement by movement."""
    asked = day_asked(request)
    lines = journal_told(asked, UserId(user_id), by=request.actor)
    facts = {
        "day": asked, "clerk": name_of(UserId(user_id), scope=request.actor.scope), "user_id": user_id,
        "lines": [(KINDS[one.kind], ledger.MEANS_NAMES[ledger.Means(one.means)], one) for one in lines],
    }  # fmt: skip
    return page(request, "board/books/journal.html", facts, here=LIST)


@permit("books.view", methods=("POST",))
def print_journal(request: Request, user_id: int) -> HttpResponse:
    """The journal as a paper."""
    asked, clerk = day_asked(request), UserId(user_id)
    facts, grids = journal_parts(journal_told(asked, clerk, by=request.actor))
    paper = print_day_book(
        day=asked, clerk=clerk, name=name_of(clerk, scope=request.actor.scope), facts=facts, grids=grids, remark="",
        by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, f"/desk/documents/{paper.id}")
