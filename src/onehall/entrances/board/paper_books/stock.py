"""票据库: what headquarters got from the printer, and which hall has which part of it (RCP-02)."""

from typing import Any

from django.http import HttpResponse

from onehall.contexts.numbers import api as numbers
from onehall.contexts.organisation import api as organisation
from onehall.contexts.workforce import api as workforce
from onehall.entrances.board.pages import intent_of, number_of, page
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.draw_books import draw_books
from onehall.journeys.receive_book_lot import receive_book_lot
from onehall.steps.paper_kinds import KINDS

STOCK = "/board/paper-books/stock"
_LOT, _HALL = Text("批次", "The lot"), Text("营业厅", "The hall")


@permit("book.stock", methods=("GET",))
def stock(request: Request) -> HttpResponse:
    """Every lot with what is left of it, and every draw."""
    return page(request, "board/paper_books/stock.html", _facts(request.actor.scope), here=STOCK)


@permit("book.stock", methods=("POST",))
def receive(request: Request) -> HttpResponse:
    """A lot from the printer."""
    asked = request.POST
    receive_book_lot(
        kind=asked.get("kind", ""), first=asked.get("first", ""), last=asked.get("last", ""), note=asked.get("note", ""),
        intent=intent_of(request), by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, STOCK)


@permit("book.stock", methods=("POST",))
def hand_out(request: Request) -> HttpResponse:
    """A part of a lot for a hall."""
    draw_books(
        lot=number_of(request, "lot", _LOT), hall_id=HallId(number_of(request, "hall", _HALL)),
        first=request.POST.get("first", ""), last=request.POST.get("last", ""), intent=intent_of(request), by=request.actor,
        at=request.at,
    )  # fmt: skip
    return go(request, STOCK)


def _facts(scope: Scope) -> dict[str, Any]:
    lots, halls = numbers.lots(scope=scope), organisation.halls(scope=scope)
    names = {one.id: one.name for one in halls}
    people = {one.user_id: one for one in organisation.people(scope=scope)}
    return {
        "topics": "book.changed", "source": STOCK, "kinds": list(KINDS.items()),
        "lots": [(one, KINDS[one.kind], _left(one, scope)) for one in lots],
        "choices": [(one.id, _named(one)) for one in lots if one.drawn < one.papers],
        "halls": [(one.id, _with_keeper(one, scope)) for one in halls],
        "draws": [(one, KINDS[one.kind], names.get(one.hall_id), people.get(one.keeper)) for one in numbers.draws(scope=scope)],
    }  # fmt: skip


def _named(lot: numbers.Lot) -> Text:
    kind, span = KINDS[lot.kind], f"{lot.first_number}–{lot.last_number}"
    return Text(f"{kind.zh} {span}", f"{kind.en} {span}")


def _with_keeper(hall: organisation.Hall, scope: Scope) -> Text:
    named = [
        one.name for one in workforce.keepers(hall.id, scope=scope) if one.duty is workforce.Duty.INVOICES
    ]
    who = named[0] if named else ""
    return Text(f"{hall.name.zh}（{who or '没有负责人'}）", f"{hall.name.en} ({who or 'no keeper is named'})")


def _left(lot: numbers.Lot, scope: Scope) -> list[tuple[str, str]]:
    """The ranges that no hall has, as they stand on the covers."""

    def printed(number: int) -> str:
        return f"{lot.prefix}{number:0{lot.width}d}"

    return [(printed(low), printed(high)) for low, high in numbers.lot_parts(lot, scope=scope)]
