"""委托单位: what is owed to each, a month's statement per principal, and paying it over (CAT-11, LED-02)."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse

from onehall.contexts.goods import api as goods
from onehall.contexts.organisation import api as organisation
from onehall.entrances.board.pages import Unreadable, address, intent_of, number_of, page
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money, NotAnAmount
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.settle_principal import Paid, settle_principal

LIST = "/board/principals/"
_TOPICS = "payment.taken sale.voided sale.reversed principal.settled"
_NOTHING = Money.zero()


@permit("principal.view", methods=("GET",))
def listed(request: Request) -> HttpResponse:
    """Each principal with what the reader's halls owe to it now."""
    scope = request.actor.scope
    owed = goods.owed(scope=scope)
    facts = {
        "principals": [(one, owed.get(one.id, _NOTHING)) for one in goods.principals(scope=scope)],
        "topics": _TOPICS, "source": LIST,
    }  # fmt: skip
    return page(request, "board/principals/list.html", facts, part="board/principals/rows.html", here=LIST)


@permit("principal.view", methods=("GET",))
def one(request: Request, code: str) -> HttpResponse:
    """A month's statement, hall by hall, with its items; last month where none is asked for."""
    by, month = request.actor, _month(request)
    principal = goods.principal(code, scope=by.scope)
    here = f"{LIST}{code}"
    facts = {
        "principal": principal, "month": month, "halls": _halls(principal, month, by), "topics": _TOPICS,
        "source": address(here, month=f"{month:%Y-%m}"), "before": address(here, month=f"{month - timedelta(days=1):%Y-%m}"),
        "after": address(here, month=f"{month + timedelta(days=31):%Y-%m}"), "settled": _settled(principal, by),
        "over": month < local(request.at).date().replace(day=1),
    }  # fmt: skip
    return page(
        request, "board/principals/one.html", facts, part="board/principals/statement.html", here=LIST
    )


@permit("principal.settle", methods=("POST",))
def settle(request: Request, code: str) -> HttpResponse:
    """Paid over, at the sum that the page showed."""
    principal = goods.principal(code, scope=request.actor.scope)
    hall = HallId(number_of(request, "hall", Text("营业厅", "The hall")))
    typed = request.POST.get("month", "")
    paid = Paid(hall, _read(typed), _shown(request), request.POST.get("transfer", ""))
    settle_principal(
        code=principal.code, paid=paid, intent=intent_of(request), by=request.actor, at=request.at
    )
    return go(request, address(f"{LIST}{code}", month=typed))


def _halls(principal: goods.Principal, month: date, by: Actor) -> list[dict[str, Any]]:
    names = {hall.id: hall.name for hall in organisation.halls(scope=by.scope)}
    found = []
    for hall in goods.halls_of(principal=principal, scope=by.scope):
        statement = goods.statement(principal=principal, hall=hall, month=month, scope=by.scope)
        items = goods.collected_in(statement=statement, scope=by.scope)
        found.append({"id": hall, "name": names[hall], "told": statement, "items": items})
    return found


def _settled(principal: goods.Principal, by: Actor) -> list[tuple[goods.Settlement, str]]:
    names = {person.user_id: person.name for person in organisation.people(scope=by.scope)}
    return [(one, names.get(one.by, "")) for one in goods.settlements(principal=principal, scope=by.scope)]


def _month(request: Request) -> date:
    try:
        return _read(request.GET.get("month", ""))
    except Unreadable:
        return (local(request.at).date().replace(day=1) - timedelta(days=1)).replace(day=1)


def _read(typed: str) -> date:
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError:
        raise Unreadable(what="月份", what_en="The month", field="month") from None


def _shown(request: Request) -> Money:
    try:
        return Money.yuan(request.POST.get("amount", ""))
    except NotAnAmount:
        raise Unreadable(what="金额", what_en="The sum", field="amount") from None
