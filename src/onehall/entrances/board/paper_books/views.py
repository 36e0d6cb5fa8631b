"""The hall's books of receipts: who has which, what is left, and their way back (RCP-02)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.http import HttpResponse

from onehall.contexts.numbers import api as numbers
from onehall.contexts.organisation import api as organisation
from onehall.contexts.workforce import api as workforce
from onehall.entrances.board.pages import intent_of, number_of, page
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import NotFound
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BookId, CounterId, UserId
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.issue_paper_book import issue_paper_book
from onehall.journeys.pass_paper_book import pass_paper_book
from onehall.journeys.return_paper_book import return_paper_book
from onehall.steps.book_holders import holders
from onehall.steps.collection import RECEIPT
from onehall.steps.paper_kinds import KINDS

LIST = "/board/paper-books/"
STATES = {
    numbers.BookLife.IN_USE: ("good", Text("在用", "in use")),
    numbers.BookLife.USED_UP: ("warn", Text("用完，等收回存根", "used up, stubs to come back")),
    numbers.BookLife.RETURNED: ("plain", Text("已收回", "returned")),
}
_HOLDER = Text("持有人", "Who holds it")


@permit("books.view", methods=("GET",))
def listed(request: Request) -> HttpResponse:
    """Every book, the newest first; what is used up asks for its stubs."""
    return page(request, "board/paper_books/list.html", _facts(request), here=LIST)


@permit("book.issue", methods=("POST",))
def issue(request: Request) -> HttpResponse:
    """A new book for a clerk at a counter."""
    issue_paper_book(
        kind=request.POST.get("kind", ""), counter_id=CounterId(number_of(request, "counter", Text("台席", "The counter"))),
        person=UserId(number_of(request, "person", _HOLDER)), first=request.POST.get("first", ""),
        last=request.POST.get("last", ""), intent=intent_of(request), by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, LIST)


@permit("book.issue", methods=("POST",))
def pass_on(request: Request, book_id: int) -> HttpResponse:
    """What is left of a book goes on with another clerk."""
    _require_own(request, book_id)
    pass_paper_book(
        book_id=BookId(book_id), person=UserId(number_of(request, "person", _HOLDER)), intent=intent_of(request),
        by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, LIST)


@permit("book.receive", methods=("POST",))
def take_back(request: Request, book_id: int) -> HttpResponse:
    """A used-up book with its stubs."""
    _require_own(request, book_id)
    stubs = number_of(request, "stubs", Text("存根张数", "The stubs"))
    return_paper_book(
        book_id=BookId(book_id), stubs=stubs, intent=intent_of(request), by=request.actor, at=request.at
    )
    return go(request, LIST)


def _require_own(request: Request, book_id: int) -> None:
    """Before anything typed is read: another hall's book does not exist."""
    by = request.actor
    if not numbers.books_of_hall(by.hall_id, scope=by.scope, book=BookId(book_id)):
        raise NotFound(what="这本票据", what_en="This book")


def _facts(request: Request) -> dict[str, Any]:
    by = request.actor
    counters, people = organisation.seats(by.hall_id, scope=by.scope), holders(by.hall_id, scope=by.scope)
    books, duties = (
        numbers.books_of_hall(by.hall_id, scope=by.scope),
        workforce.keepers(by.hall_id, scope=by.scope),
    )
    known = {one.user_id: one for one in organisation.people(scope=by.scope)}
    return {
        "topics": "book.changed payment.taken staff.changed", "source": LIST, **_choices(by, counters, people),
        "rows": _rows(books, counters, known, {one.user_id for one in people}),
        "keepers": [one for one in duties if one.duty is workforce.Duty.INVOICES], "short": _short(request, counters, books),
        "draws": [(one, KINDS[one.kind], known.get(one.keeper)) for one in numbers.draws(scope=by.scope, hall=by.hall_id)],
    }  # fmt: skip


def _choices(
    by: Actor, counters: Sequence[organisation.Counter], people: Sequence[organisation.Person]
) -> dict[str, Any]:
    """What the forms offer, and which forms there are."""
    return {
        "kinds": list(KINDS.items()), "people": [(one.user_id, f"{one.name} {one.staff_no}") for one in people if one.user_id != by.user_id],
        "counters": [(one.id, Text(f"{one.no} {one.name.zh}", f"{one.no} {one.name.en}")) for one in counters],
        "may_issue": by.may("book.issue"), "may_receive": by.may("book.receive"), "may_stock": by.may("book.stock"),
    }  # fmt: skip


def _rows(
    books: Sequence[numbers.BookHeld], counters: Sequence[organisation.Counter],
    known: Mapping[UserId | None, organisation.Person], present: Collection[UserId | None],
) -> list[tuple[Any, ...]]:  # fmt: skip
    """Each book with its counter, state, kind, holder, and whether the holder has no post here any more."""
    places = {one.id: one.no for one in counters}
    return [
        (one, places.get(one.range.counter_id, ""), *STATES[numbers.life(one)], numbers.life(one), KINDS[one.range.kind],
         known.get(one.holder), one.holder is not None and one.back is None and one.holder not in present)
        for one in books
    ]  # fmt: skip


def _short(
    request: Request, counters: Sequence[organisation.Counter], books: Sequence[numbers.BookHeld]
) -> list[tuple[str, int]]:
    """Counters with few receipts left, and how many."""
    low = policy_book(hall_id=request.actor.hall_id, at=request.at)[numbers.BOOK_LOW]
    receipts = [one.range for one in books if one.range.kind == RECEIPT]
    left = [(one.no, sum(r.remaining for r in receipts if r.counter_id == one.id)) for one in counters]
    return [(no, number) for no, number in left if number <= low]
