"""存根销号: what the hall's keeper of invoices takes and goes through, and the report of a month's use (RCP-02)."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse

from onehall.contexts.numbers import api as numbers
from onehall.contexts.organisation import api as organisation
from onehall.entrances.board.pages import address, day_asked, intent_of, number_of, page
from onehall.foundation.scopes import NotFound
from onehall.foundation.values.ids import BookId
from onehall.foundation.values.period import local, month_of
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.check_stubs import check_stubs
from onehall.journeys.take_drawn_books import take_drawn_books
from onehall.readings.exports import LISTS, Asked, book
from onehall.steps.paper_kinds import KINDS
from onehall.steps.stubs import end_of, keeper_of, still_selling, stubs_due

STUBS, USE = "/board/paper-books/stubs", "/board/paper-books/use"
_SHOWN = 60
_MOST = 100  # structural: more lines than one hall has kinds of paper
_COUNTED, _VOIDS, _PAPERS = (
    Text("点到的存根", "The stubs counted"), Text("作废份数", "The void papers"), Text("点到的张数", "The papers counted"),
)  # fmt: skip


@permit("book.keep", methods=("GET",))
def stubs(request: Request) -> HttpResponse:
    """What came and waits for the keeper, the books of a day with their stubs, and what was written off lately."""
    by, day = request.actor, day_asked(request)
    upto, counters = end_of(day, at=request.at), organisation.counters(by.hall_id, scope=by.scope)
    places = {one.id: one.no for one in counters}
    facts: dict[str, Any] = {
        "day": day, "topics": "book.changed payment.taken drawer.changed", "source": address(STUBS, day=day),
        "before": address(STUBS, day=day - timedelta(days=1)), "after": address(STUBS, day=day + timedelta(days=1)),
        "keeps": keeper_of(by.hall_id, scope=by.scope) == by.user_id,
        "selling": [places.get(one.counter, "") for one in still_selling(by.hall_id, upto=upto, scope=by.scope)],
        "due": [(one, places.get(one.book.counter_id, ""), KINDS[one.book.kind]) for one in stubs_due(by.hall_id, upto=upto, scope=by.scope)],
        "draws": [(one, KINDS[one.kind]) for one in numbers.draws(scope=by.scope, hall=by.hall_id) if one.taken_at is None and one.keeper == by.user_id],
        "done": [(one, KINDS[one.kind]) for one in numbers.stubs_written_off(by.hall_id, limit=_SHOWN, scope=by.scope)],
    }  # fmt: skip
    facts["able"] = facts["keeps"] and not facts["selling"]
    return page(request, "board/paper_books/stubs.html", facts, here=STUBS)


@permit("book.keep", methods=("POST",))
def write_off(request: Request) -> HttpResponse:
    """The counts of every book at once."""
    day = day_asked(request)
    books = [name.removeprefix("stubs_") for name in request.POST if name.removeprefix("stubs_").isdecimal()]
    seen = {
        BookId(int(one)): numbers.StubsSeen(
            number_of(request, f"stubs_{one}", _COUNTED), number_of(request, f"voids_{one}", _VOIDS),
            request.POST.get(f"reason_{one}", "").strip()[:200],
        )
        for one in books
    }  # fmt: skip
    check_stubs(day=day, seen=seen, intent=intent_of(request), by=request.actor, at=request.at)
    return go(request, address(STUBS, day=day))


@permit("book.keep", methods=("POST",))
def take(request: Request, draw_id: int) -> HttpResponse:
    """The keeper has what headquarters handed over."""
    by = request.actor
    if not numbers.draws(scope=by.scope, hall=by.hall_id, draw=draw_id):
        raise NotFound(what="这次领用", what_en="This draw")
    take_drawn_books(draw=draw_id, papers=number_of(request, "papers", _PAPERS), by=by, at=request.at)
    return go(request, STUBS)


@permit("books.view", methods=("GET",))
def use(request: Request) -> HttpResponse:
    """The month of the day asked for: drawn, used, void, left."""
    by, day = request.actor, day_asked(request)
    span, listed = month_of(day), LISTS["paper-use"]
    first, last = local(span.start).date(), local(span.end).date() - timedelta(days=1)
    asked = Asked(start=first, end=last, hall_id=by.hall_id, lang=request.lang)
    facts = {
        "first": first, "last": last, "columns": [one.heading for one in listed.columns], "may_print": by.may("document.print"),
        "rows": book(listed, asked, scope=by.scope, at_most=_MOST), "may_export": by.may("export.run"),
        "before": address(USE, day=first - timedelta(days=1)), "after": address(USE, day=last + timedelta(days=1)),
    }  # fmt: skip
    return page(request, "board/paper_books/use.html", facts, here=USE)
