"""月结: what is still open in a month, its proposal and its close by a second person (CSH-05)."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse

from onehall.contexts.banking import api as banking
from onehall.entrances.board.books.told import differing
from onehall.entrances.board.pages import address, day_asked, page
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.period import Period, local, month_of
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.close_month import close_month
from onehall.journeys.propose_month_close import propose_month_close
from onehall.readings import day_books
from onehall.readings.match_days import match_days
from onehall.steps.drawer_papers import name_of
from onehall.steps.month_end import Stage, open_items

MONTHS = "/board/months/"
_SHOWN = 50
_STAGES = (
    (Stage.DRAWERS, Text("钱箱都已确认结账", "Every drawer is confirmed"), "/board/drawers/"),
    (Stage.BAGS, Text("营业款都已封包", "All takings are bagged"), "/board/deposits/"),
    (Stage.DEPOSITS, Text("封包都已送存", "Every bag has left"), "/board/deposits/"),
    (
        Stage.BANK,
        Text("与银行对账单相符或已说明", "The bank agrees, or it is explained"),
        "/board/deposits/bank",
    ),
    (
        Stage.PROVIDERS,
        Text("与支付平台的差异都已处理", "Differences with providers are settled"),
        "/board/charges/bills",
    ),
)


@permit("period.close", methods=("GET",))
def month(request: Request) -> HttpResponse:
    """The month of the day asked for, last month where none is: what is open, and where its close stands."""
    span, by = _span(request), request.actor
    facts = {**_open(request, span), **_close(request, span)}
    facts["accounts"] = day_books.accounts(hall=by.hall_id, span=span, scope=by.scope)
    facts["days"] = match_days(hall=by.hall_id, span=span, scope=by.scope)
    return page(request, "board/books/month.html", facts, here=MONTHS)


def _open(request: Request, span: Period) -> dict[str, Any]:
    """What stands in the way."""
    by, days = request.actor, policy_book(hall_id=request.actor.hall_id, at=request.at)[banking.BANK_DAYS]
    left = open_items(hall=by.hall_id, span=span, bank_days=days, at=request.at, scope=by.scope)
    return {
        "open": left, "stages": [(*words, [one for one in left if one.stage is stage]) for stage, *words in _STAGES],
        "differences": day_books.differences(hall=by.hall_id, span=span, limit=_SHOWN, scope=by.scope),
    }  # fmt: skip


def _close(request: Request, span: Period) -> dict[str, Any]:
    """How far the close is, and its sheet."""
    by, first = request.actor, local(span.start).date()
    close = banking.month_close(by.hall_id, span.start, scope=by.scope)
    papers = documents_of("period", int(f"{first:%Y%m}"), scope=by.scope)
    return {
        "first": first, "over": request.at >= span.end, "close": close,
        "asked_by": name_of(close.asked_by, scope=by.scope) if close else "", "own": close and close.asked_by == by.user_id,
        "closed_by": name_of(close.closed_by, scope=by.scope) if close and close.closed_by else "",
        "paper": next((one for one in reversed(papers) if one.hall_id == by.hall_id), None),
        "before": address(MONTHS, day=first - timedelta(days=1)), "after": address(MONTHS, day=local(span.end).date()),
    }  # fmt: skip


@permit("period.close", methods=("POST",))
def propose(request: Request) -> HttpResponse:
    """One person says the month is ready."""
    first, differ = _month(request)
    propose_month_close(month=first, differing=differ, by=request.actor, at=request.at)
    return go(request, address(MONTHS, day=first))


@permit("period.close", methods=("POST",))
def close(request: Request) -> HttpResponse:
    """A second person closes it."""
    first, differ = _month(request)
    close_month(month=first, differing=differ, by=request.actor, at=request.at)
    return go(request, address(MONTHS, day=first))


def _month(request: Request) -> tuple[date, int]:
    span = _span(request)
    return local(span.start).date(), differing(span, by=request.actor)


def _span(request: Request) -> Period:
    """The month of the day in the address; without one the month that is over."""
    if request.POST.get("day") or request.GET.get("day"):
        return month_of(day_asked(request))
    return month_of(local(month_of(local(request.at).date()).start).date() - timedelta(days=1))
