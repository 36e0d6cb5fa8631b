"""The desk between two customers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.fieldwork import api as fieldwork
from onehall.entrances.desk.counter.commands import commands
from onehall.entrances.desk.counter.surroundings import guests, surroundings, waiting
from onehall.entrances.desk.counter.wording import spoken
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.readings.sales import sales_of_clerk
from onehall.readings.search import Hit
from onehall.readings.search import search as find
from onehall.readings.todos import todos

_FOUND = 12
MOST = 100
_SHOWN = 50
_GROUPS = {
    "person": (Text("客户", "Customers"), "person", "/desk/customers/"),
    "account": (Text("账号", "Accounts"), "broadband", "/desk/accounts/"),
    "serial": (Text("流水号", "Form serials"), "order", "/desk/orders/"),
    "receipt": (Text("收据", "Receipts"), "receipt", "/desk/receipts/"),
    "address": (Text("地址", "Addresses"), "house", "/desk/premises/"),
}


@permit("desk.use", methods=("GET",))
def home(request: Request) -> HttpResponse:
    """What waits, what was sold today, and the way to the next customer."""
    facts = {**surroundings(request), **_day(request), **guests(request)}
    facts["spoken"] = spoken("greeting", scope=request.actor.scope)
    return render(request, "desk/counter/home.html", facts)


@permit("desk.use", methods=("GET",))
def top(request: Request) -> HttpResponse:
    """Drawer and to-dos in the top bar, kept up to date."""
    return render(request, "desk/counter/top.html", {**surroundings(request), **_todo(request)})


@permit("desk.use", methods=("GET",))
def help_page(request: Request) -> HttpResponse:
    """The keys, and where things are."""
    return render(request, "desk/counter/help.html", surroundings(request))


@permit("customer.search", methods=("GET",))
def search(request: Request) -> HttpResponse:
    """Hits for the command box, best first within their group; then commands, and registering who was not found."""
    typed = request.GET.get("q", "").strip()
    hits = find(typed, at=request.at, scope=request.actor.scope, limit=_FOUND) if typed else []
    groups = [*_grouped(hits), *commands(typed, found=bool(hits), actor=request.actor)]
    return render(request, "desk/counter/hits.html", {"groups": groups, "query": typed})


def _grouped(hits: list[Hit]) -> list[tuple[Text, list[dict[str, Any]]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for hit in hits:
        _, icon, address = _GROUPS[hit.kind]
        groups.setdefault(hit.kind, []).append(
            {
                "href": f"{address}{hit.id}",
                "title": hit.title,
                "detail": hit.subtitle,
                "icon": icon,
                "mark": hit.badge,
            }
        )
    return [(_GROUPS[kind][0], found) for kind, found in groups.items()]


def _day(request: Request) -> dict[str, Any]:
    by = request.actor
    sales = sales_of_clerk(user_id=by.user_id, day=request.at, scope=by.scope, limit=_SHOWN)
    return {"waiting": waiting(request), "sales": sales, **_todo(request)}


def _todo(request: Request) -> dict[str, Any]:
    """What others wait for (ORD-16): dispatch, returned sheets, follow-ups of the hall."""
    by = request.actor
    counts = fieldwork.counts(scope=by.scope, hall_id=by.hall_id)
    todo = [
        (
            Text("待发单", "to dispatch"),
            counts.get(fieldwork.State.TO_DISPATCH, 0),
            "/board/work/",
            "work.dispatch",
        ),
        (
            Text("待回单", "sheets to return"),
            counts.get(fieldwork.State.TO_RETURN, 0),
            "/desk/returns/",
            "work.return",
        ),
        (
            Text("待回访", "to call"),
            counts.get(fieldwork.State.TO_FOLLOW_UP, 0),
            "/desk/follow-ups/",
            "work.followup",
        ),
    ]
    mine = [(words, number, href) for words, number, href, permission in todo if by.may(permission)]
    waits = todos(by=by, at=request.at, limit=MOST, scope=by.scope)
    return {"todo": mine, "todo_total": len(waits)}
