"""What providers say of a day beside our charges: their files, and each difference with who settled it.

A difference is settled by a second person on the board: a programme is none (decision 0036).
"""

from typing import Any

from ninja import Query

from onehall.contexts.clearing import api as clearing
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.paging import Stretch, stretch_of
from onehall.entrances.api.shared.schema import Amount, Day, Moment, Shown
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request

noun = Noun(Text("支付平台对账", "Providers' files"))
_MANY = 1000  # structural: files and differences that a programme may page through
_SETTLE: dict[str, Any] = {"permission": "bill.settle"}


class Bill(Shown):
    """A provider's file of a day; `settled` is what the bank showed, null while it did not; `open` counts differences to settle."""

    id: int
    provider: str
    day: Day
    reference: str
    rows: int
    charged: Amount
    refunded: Amount
    fees: Amount
    net: Amount
    settled: Amount | None
    open: int


class Bills(Shown):
    """The newest first; follow `next` for more."""

    items: list[Bill]
    next: str | None


class BillDifference(Shown):
    """Where file and books differ: `ours` is what the books hold, `theirs` what was said; unsettled where `settled_at` is null."""

    id: int
    provider: str
    day: Day
    verdict: str
    kind: str
    number: str
    ours: Amount
    theirs: Amount
    settled_at: Moment | None
    settled_by: int | None
    reason: str


class BillDifferences(Shown):
    """The open ones first, the oldest first; then what was settled, the newest first. Follow `next` for more."""

    items: list[BillDifference]
    next: str | None


@noun.operation(
    "GET", "/bills", words=Text("支付平台的账单", "Providers' files of days"), shows=Bills, **_SETTLE
)
def listed(request: Request, asked: Stretch = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    found = clearing.bills(limit=_MANY, scope=request.actor.scope)
    return stretch_of(request, found, asked, lambda one: one.id)


@noun.operation(
    "GET",
    "/bill-differences",
    words=Text("与支付平台不符的款项", "Differences with providers"),
    shows=BillDifferences,
    **_SETTLE,
)
def differing(request: Request, asked: Stretch = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    by = request.actor
    found = [
        _shown(one)
        for settled in (False, True)
        for one in clearing.differences(by.hall_id, settled=settled, limit=_MANY, scope=by.scope)
    ]
    return stretch_of(request, found, asked, lambda one: one["id"])


def _shown(one: clearing.Difference) -> dict[str, Any]:
    found = {name: getattr(one.found, name) for name in ("verdict", "kind", "number", "ours", "theirs")}
    own = {name: getattr(one, name) for name in BillDifference.model_fields if name not in found}
    return {**own, **found}
