"""电话: usage of a month by day and class, what waits, and the monthly run: trial, approval by a second person (BIL-04, LAW-12)."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse

from onehall.contexts.organisation import api as organisation
from onehall.contexts.rating import api as rating
from onehall.contexts.voice import api as voice
from onehall.entrances.board.pages import Unreadable, address, number_of, page
from onehall.entrances.board.telephone.words import KINDS
from onehall.foundation.scopes import Actor
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.approve_month_run import approve_month_run
from onehall.journeys.start_month_run import start_month_run
from onehall.journeys.withdraw_month_run import withdraw_month_run
from onehall.readings import telephone
from onehall.steps.call_records import WAITS

HERE = "/board/telephone/"
_SHOWN, _MONTHS = 20, 12
_MONTH, _RUN = Text("月份", "The month"), Text("哪一次出帐", "Which run")


@permit("telephone.view", methods=("GET",))
def show(request: Request) -> HttpResponse:
    """The month asked for, last month where none is."""
    by, month = request.actor, _month(request.GET.get("month", ""), request)
    facts = {
        **_usage(month, by),
        **_runs(by),
        "month": month,
        "topics": "calls.delivered month_run.changed",
        "source": address(HERE, month=f"{month:%Y-%m}"),
    }
    facts["before"] = address(HERE, month=f"{month - timedelta(days=1):%Y-%m}")
    facts["after"] = address(HERE, month=f"{voice.next_month(month):%Y-%m}")
    return page(request, "board/telephone/show.html", facts, part="board/telephone/rows.html", here=HERE)


@permit("month.run", methods=("POST",))
def start(request: Request) -> HttpResponse:
    """A month's trial; the clock drafts it within a minute."""
    typed = request.POST.get("month", "")
    start_month_run(month=_typed(typed), by=request.actor, at=request.at)
    return go(request, address(HERE, month=typed))


@permit("month.run", methods=("POST",))
def approve(request: Request) -> HttpResponse:
    """A second person lets the bills stand, at the sum that the page showed."""
    run, fen = number_of(request, "run", _RUN), request.POST.get("fen", "")
    if not fen.removeprefix("-").isdecimal():
        raise Unreadable(what="金额", what_en="The sum", field="fen")
    approve_month_run(run_id=run, fen=int(fen), by=request.actor, at=request.at)
    return go(request, HERE)


@permit("month.run", methods=("POST",))
def withdraw(request: Request) -> HttpResponse:
    """The trial counts no more; the reason is kept."""
    run = number_of(request, "run", _RUN)
    withdraw_month_run(run_id=run, why=request.POST.get("why", ""), by=request.actor, at=request.at)
    return go(request, HERE)


def _month(typed: str, request: Request) -> date:
    try:
        return _typed(typed)
    except Unreadable:
        return (local(request.at).date().replace(day=1) - timedelta(days=1)).replace(day=1)


def _typed(typed: str) -> date:
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError:
        raise Unreadable(what=_MONTH.zh, what_en=_MONTH.en, field="month") from None


def _usage(month: date, by: Actor) -> dict[str, Any]:
    days = telephone.usage_by_day(month, scope=by.scope)
    classes = telephone.usage_by_class(month, scope=by.scope)
    waiting = voice.suspense_counts(scope=by.scope)
    return {
        "days": [(one.of, one.minutes) for one in days],
        "classes": [
            (KINDS.get(one.of, Text(one.of, one.of)), one, rating.yuan(one.amount)) for one in classes
        ],
        "waiting": [(WAITS[reason], count) for reason, count in sorted(waiting.items())],
        "suspense": [(row, WAITS[row["reason"]]) for row in voice.suspense(limit=_SHOWN, scope=by.scope)],
        "revenue": [(one, Money(one.fen)) for one in telephone.revenue(limit=_MONTHS, scope=by.scope)],
    }


def _runs(by: Actor) -> dict[str, Any]:
    """The runs, and of one that waits what is to be looked at before it is approved."""
    found = voice.runs(scope=by.scope)
    names = {person.user_id: person.name for person in organisation.people(scope=by.scope)}
    open_ = next((run for run in found if run.approved_at is None and run.withdrawn_at is None), None)
    outliers = voice.bills_of_run(open_.id, outliers=True, limit=_SHOWN, scope=by.scope) if open_ else ()
    return {
        "runs": [(run, Money(run.fen), names.get(run.asked_by, ""), names.get(run.approved_by, "")) for run in found],
        "trial": open_, "own": open_ is not None and open_.asked_by == by.user_id,
        "sums": _sums(open_) if open_ else (),
        "outliers": [(bill, rating.yuan(bill.due), rating.yuan(bill.mean or 0)) for bill in outliers],
    }  # fmt: skip


def _sums(run: voice.MonthRun) -> list[tuple[Text, str]]:
    return [
        (Text("月租和来显费", "Rents and caller id"), rating.yuan(run.rents)), (Text("通话费", "Calls"), rating.yuan(run.charge)),
        (Text("赠送话费支付", "Paid by credit"), rating.yuan(-run.credit_used)),
        (Text("以前月份的调整", "Adjustments of months before"), rating.yuan(run.adjustment)), (Text("应收合计", "Due in all"), rating.yuan(run.due)),
    ]  # fmt: skip
