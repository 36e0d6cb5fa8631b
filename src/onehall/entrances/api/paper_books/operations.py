"""Books of papers from the printer to the stub (RCP-02)."""

from typing import Any

from ninja import Query

from onehall.contexts.numbers import api as numbers
from onehall.entrances.api.paper_books import schemas
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Day, Given, Key
from onehall.foundation.values.ids import BookId, CounterId, HallId, UserId
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.check_stubs import check_stubs
from onehall.journeys.draw_books import draw_books
from onehall.journeys.issue_paper_book import issue_paper_book
from onehall.journeys.pass_paper_book import pass_paper_book
from onehall.journeys.receive_book_lot import receive_book_lot
from onehall.journeys.return_paper_book import return_paper_book
from onehall.journeys.spoil_paper import spoil_paper
from onehall.journeys.take_drawn_books import take_drawn_books
from onehall.steps.stubs import end_of, stubs_due

noun = Noun(Text("票据本", "Books of papers"))
_SHOWN = 60


class StubsAsked(Given):
    """The local day of the report; today where none is given."""

    day: Day | None = None


@noun.operation(
    "GET", "/paper-stock", permission="book.stock", words=Text("票据库", "Lots and draws"), shows=schemas.Stock
)  # fmt: skip
def stock(request: Request) -> Any:
    scope = request.actor.scope
    return {"lots": numbers.lots(scope=scope), "draws": numbers.draws(scope=scope)}


@noun.operation(
    "POST", "/paper-lots", permission="book.stock", words=Text("票据进库", "Receive a lot"), shows=schemas.Lot, status=201
)  # fmt: skip
def receive(request: Request, given: schemas.LotGiven, key: Key) -> Any:
    return receive_book_lot(**given.dict(), intent=key, by=request.actor, at=request.at)


@noun.operation(
    "POST", "/paper-lots/{int:lot_id}/draws", permission="book.stock", words=Text("发给营业厅", "Hand papers to a hall"), shows=schemas.Draw, status=201
)  # fmt: skip
def hand_out(request: Request, lot_id: int, given: schemas.DrawGiven, key: Key) -> Any:
    return draw_books(
        lot=lot_id, hall_id=HallId(given.hall_id), first=given.first, last=given.last, intent=key, by=request.actor, at=request.at
    )  # fmt: skip


@noun.operation(
    "POST", "/paper-draws/{int:draw_id}/taking", permission="book.keep", words=Text("签收票据", "Take papers"), shows=schemas.Draw
)  # fmt: skip
def take(request: Request, draw_id: int, given: schemas.TakingGiven) -> Any:
    return take_drawn_books(draw=draw_id, papers=given.papers, by=request.actor, at=request.at)


@noun.operation(
    "GET", "/paper-books", permission="books.view", words=Text("本厅票据本", "The hall's books"), shows=schemas.Books
)  # fmt: skip
def books(request: Request) -> Any:
    by = request.actor
    return {"items": numbers.books_of_hall(by.hall_id, scope=by.scope)}


@noun.operation(
    "POST", "/paper-books", permission="book.issue", words=Text("发放票据本", "Issue a book"), shows=schemas.Range, status=201
)  # fmt: skip
def issue(request: Request, given: schemas.BookGiven, key: Key) -> Any:
    return issue_paper_book(
        kind=given.kind, counter_id=CounterId(given.counter_id), person=UserId(given.person), first=given.first, last=given.last,
        intent=key, by=request.actor, at=request.at,
    )  # fmt: skip


@noun.operation(
    "POST", "/paper-books/{int:book_id}/holder", permission="book.issue", words=Text("转交票据本", "Pass a book on"), shows=schemas.Book
)  # fmt: skip
def pass_on(request: Request, book_id: int, given: schemas.HolderGiven, key: Key) -> Any:
    return pass_paper_book(
        book_id=BookId(book_id), person=UserId(given.person), intent=key, by=request.actor, at=request.at
    )


@noun.operation(
    "POST", "/paper-books/{int:book_id}/return", permission="book.receive", words=Text("收回票据本", "Take a book back"), shows=schemas.Book
)  # fmt: skip
def take_back(request: Request, book_id: int, given: schemas.ReturnGiven, key: Key) -> Any:
    return return_paper_book(
        book_id=BookId(book_id), stubs=given.stubs, intent=key, by=request.actor, at=request.at
    )


@noun.operation(
    "POST", "/spoilt-papers", permission="paper.spoil", words=Text("作废空白票据", "Put a spoilt paper aside"), shows=schemas.Spoilt, status=201
)  # fmt: skip
def spoil(request: Request, given: schemas.SpoiltGiven, key: Key) -> Any:
    return {"number": spoil_paper(**given.dict(), intent=key, by=request.actor, at=request.at)}


@noun.operation(
    "GET", "/paper-stubs", permission="book.keep", words=Text("要核对的存根", "Stubs to go through"), shows=schemas.Stubs
)  # fmt: skip
def stubs(request: Request, asked: StubsAsked = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    by, upto = request.actor, end_of(asked.day or local(request.at).date(), at=request.at)
    return {
        "due": stubs_due(by.hall_id, upto=upto, scope=by.scope),
        "written_off": numbers.stubs_written_off(by.hall_id, limit=_SHOWN, scope=by.scope),
    }


@noun.operation(
    "POST", "/paper-stubs", permission="book.keep", words=Text("存根销号", "Write stubs off"), shows=schemas.Stubs, status=201
)  # fmt: skip
def write_off(request: Request, given: schemas.StubsGiven, key: Key) -> Any:
    seen = {
        BookId(one.book): numbers.StubsSeen(one.stubs, one.voids, one.reason.strip()) for one in given.books
    }
    return {
        "due": [],
        "written_off": check_stubs(day=given.day, seen=seen, intent=key, by=request.actor, at=request.at),
    }
