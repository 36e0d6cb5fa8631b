"""The day's three-way match and accounts; a month's days, what stands in the way of its close, and its proposal.

A month is closed by a second person on the board: a programme is none (decision 0036).
"""

from datetime import date
from typing import Any

from ninja import Query

from onehall.contexts.banking import api as banking
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Amount, Bilingual, Day, Given, Moment, Shown
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.period import Period, day_of, local, month_of
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.propose_month_close import propose_month_close
from onehall.readings import day_books
from onehall.readings.match_days import match_days
from onehall.steps.month_end import open_items

noun = Noun(Text("帐、款、票据存根与月结", "Three-way match and months"))
_MOST = 200
_BOOKS: dict[str, Any] = {"permission": "books.view"}
_CLOSE: dict[str, Any] = {"permission": "period.close"}


class MatchAsked(Given):
    """The local day; today where none is given."""

    day: Day | None = None


class MonthAsked(Given):
    """Any day of the month; this month where none is given."""

    day: Day | None = None


class MonthGiven(Given):
    """Any day of the month."""

    day: Day


class Three(Shown):
    """Accounts, cash and receipt stubs, each from rows of its own."""

    account: Amount
    cash: Amount
    stubs: Amount
    agrees: bool


class MatchLine(Three):
    """One clerk at one counter."""

    counter_id: int
    counter: str
    by_id: int
    clerk: str
    payments: int


class Difference(Shown):
    """A payment whose three amounts differ, with its receipt."""

    id: int
    receipt: str
    receipt_id: int | None
    account: Amount
    cash: Amount
    stubs: Amount


class Account(Shown):
    """What was posted on an account."""

    code: str
    name: Bilingual
    debit: Amount
    credit: Amount


class Match(Shown):
    """A hall's day: by counter and clerk, the hall, the payments that differ, and the accounts."""

    day: Day
    lines: list[MatchLine]
    hall: Three
    differences: list[Difference]
    accounts: list[Account]


class DayLine(Three):
    """One day; `papers` are the receipts that were given."""

    day: Day
    papers: int


class OpenThing(Shown):
    """What stands in the way of the close: drawers, bags, deposits or bank, in words and with its page."""

    stage: str
    words: Bilingual
    href: str


class Month(Shown):
    """How far a month is: `proposed_at` and `closed_at` are null before."""

    first: Day
    days: list[DayLine]
    open: list[OpenThing]
    differing: int
    proposed_by: int | None
    proposed_at: Moment | None
    closed_by: int | None
    closed_at: Moment | None


@noun.operation(
    "GET", "/match", words=Text("一天的三方核对", "Three-way match of a day"), shows=Match, **_BOOKS
)
def match(request: Request, asked: MatchAsked = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    by, day = request.actor, asked.day or local(request.at).date()
    span: dict[str, Any] = {"hall": by.hall_id, "span": day_of(day), "scope": by.scope}
    lines = day_books.three_way(**span)
    return {
        "day": day, "lines": lines, "hall": day_books.MatchLine.together(lines), "differences": day_books.differences(**span, limit=_MOST),
        "accounts": day_books.accounts(**span),
    }  # fmt: skip


@noun.operation(
    "GET", "/month-close", words=Text("一个月的结账情况", "How far a month is"), shows=Month, **_CLOSE
)
def month(request: Request, asked: MonthAsked = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    return _month(request, asked.day or local(request.at).date())


@noun.operation(
    "POST",
    "/month-close/proposal",
    words=Text("提出月结", "Propose the close of a month"),
    shows=Month,
    **_CLOSE,
)
def propose(request: Request, given: MonthGiven) -> Any:
    differing = _differing(month_of(given.day), request.actor)
    propose_month_close(month=given.day.replace(day=1), differing=differing, by=request.actor, at=request.at)
    return _month(request, given.day)


def _month(request: Request, day: date) -> dict[str, Any]:
    by, span = request.actor, month_of(day)
    days = policy_book(hall_id=by.hall_id, at=request.at)[banking.BANK_DAYS]
    close = banking.month_close(by.hall_id, span.start, scope=by.scope)
    return {
        "first": local(span.start).date(), "days": match_days(hall=by.hall_id, span=span, scope=by.scope),
        "open": open_items(hall=by.hall_id, span=span, bank_days=days, at=request.at, scope=by.scope),
        "differing": _differing(span, by),
        "proposed_by": close and close.asked_by, "proposed_at": close and close.asked_at,
        "closed_by": close and close.closed_by, "closed_at": close and close.closed_at,
    }  # fmt: skip


def _differing(span: Period, by: Actor) -> int:
    return len(day_books.differences(hall=by.hall_id, span=span, limit=_MOST, scope=by.scope))
