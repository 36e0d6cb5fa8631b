"""Telephone months, read-only: runs with their sums, bills far above the months before, call records that are not charged (BIL-04, LAW-12)."""

from typing import Any

from ninja import Query

from onehall.contexts.voice import api as voice
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.paging import Stretch, stretch_of
from onehall.entrances.api.shared.schema import Day, Moment, Number, Shown
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request

noun = Noun(Text("电话出帐", "Telephone months"))
_MANY = 1000  # structural: rows that a programme may page through
_VIEW: dict[str, Any] = {"permission": "telephone.view"}


class TelephoneRun(Shown):
    """A month over all lines: `fen` is what goes to the books once it is approved, the other sums are in units of 1/10000 yuan."""

    id: int
    month: Day
    asked_by: int
    asked_at: Moment
    drafted_at: Moment | None
    approved_by: int | None
    approved_at: Moment | None
    withdrawn_at: Moment | None
    why: str
    bills: int
    rents: int
    charge: int
    credit_used: int
    adjustment: int
    due: int
    fen: int
    outliers: int


class TelephoneRuns(Shown):
    """The newest first, withdrawn ones among them; follow `next` for more."""

    items: list[TelephoneRun]
    next: str | None


class TelephoneOutlier(Shown):
    """A bill far above the mean of the three months before; `due` and `mean` in units of 1/10000 yuan."""

    line: int
    number: str
    month: Day
    plan: str
    calls: int
    minutes: int
    due: int
    mean: int


class TelephoneOutliers(Shown):
    """By number; follow `next` for more."""

    items: list[TelephoneOutlier]
    next: str | None


class CallWaiting(Shown):
    """A call that could not be charged: `name` and `row` are the delivery's, `reason` as in `counts`."""

    call_id: str
    started_at: Moment
    caller: str
    seconds: int
    reason: str
    name: str
    row: int


class CallsWaiting(Shown):
    """`counts` of all rows by reason ("" nobody looked yet; bad_row and repeat are no calls); calls the oldest first, follow `next`."""

    counts: dict[str, int]
    items: list[CallWaiting]
    next: str | None


@noun.operation(
    "GET", "/telephone/runs", words=Text("电话月结", "Telephone runs"), shows=TelephoneRuns, **_VIEW
)
def runs(request: Request, asked: Stretch = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    return stretch_of(request, voice.runs(scope=request.actor.scope), asked, lambda one: one.id)


@noun.operation(
    "GET", "/telephone/runs/{int:run_id}", words=Text("一次月结", "One run"), shows=TelephoneRun, **_VIEW
)
def run(request: Request, run_id: Number) -> Any:
    return voice.run(run_id, scope=request.actor.scope)


@noun.operation(
    "GET",
    "/telephone/runs/{int:run_id}/outliers",
    words=Text("异常帐单", "Bills far above the mean"),
    shows=TelephoneOutliers,
    **_VIEW,
)
def outliers(request: Request, run_id: Number, asked: Stretch = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    scope = request.actor.scope
    found = voice.bills_of_run(voice.run(run_id, scope=scope).id, outliers=True, limit=_MANY, scope=scope)
    return stretch_of(request, found, asked, lambda one: one.line)


@noun.operation(
    "GET",
    "/telephone/suspense",
    words=Text("没有计费的话单", "Calls not charged"),
    shows=CallsWaiting,
    **_VIEW,
)
def suspense(request: Request, asked: Stretch = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    scope = request.actor.scope
    found = voice.suspense(limit=_MANY, scope=scope)
    told = stretch_of(request, found, asked, lambda one: one["call_id"])
    return {**told, "counts": voice.suspense_counts(scope=scope)}
