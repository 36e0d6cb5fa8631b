"""The clerks' entries of a month and, behind each, what had to be corrected (CUS-03). Customers stay masked (SEC-07)."""

from datetime import date, datetime, time
from typing import Any

from django.http import HttpResponse

from onehall.contexts.customers import api as customers
from onehall.entrances.board.pages import address, page
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import NotFound
from onehall.foundation.values.period import CHINA, local
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.readings.accuracy import accuracy, mistakes

LIST = "/board/accuracy/"
TOPICS = "customers.registered customers.corrected"
_MOST = 200


@permit("accuracy.view", methods=("GET",))
def clerks(request: Request) -> HttpResponse:
    """Everybody who entered customers in the month, against what the policy asks for."""
    month, start, end = month_asked(request)
    required = policy_book(hall_id=request.actor.hall_id, at=request.at)[customers.ACCURACY]
    found = accuracy(start=start, end=end, scope=request.actor.scope)
    facts = {
        "topics": TOPICS, "month": month, "required": required, "source": address(LIST, month=month),
        "clerks": [(one, address(f"{LIST}{one.user_id}", month=month), one.entries.meets(required)) for one in found],
    }  # fmt: skip
    return page(request, "board/accuracy/clerks.html", facts, part="board/accuracy/rows.html", here=LIST)


@permit("accuracy.view", methods=("GET",))
def clerk(request: Request, user_id: int) -> HttpResponse:
    """What had to be corrected of one clerk's entries of the month."""
    scope = request.actor.scope
    month, start, end = month_asked(request)
    found = mistakes(user_id=user_id, start=start, end=end, scope=scope, limit=_MOST)
    who = next((one for one in accuracy(start=start, end=end, scope=scope) if one.user_id == user_id), None)
    if who is None and not found:
        raise NotFound(what="这个人这个月的录入", what_en="Entries of this person in this month")
    cards = customers.cards([one.party_id for one in found], scope=scope)
    facts: dict[str, Any] = {"month": month, "who": who, "back": address(LIST, month=month), "most": _MOST}
    facts["mistakes"] = [(one, cards[one.party_id], customers.NAMES[one.kind]) for one in found]
    return page(request, "board/accuracy/clerk.html", facts, here=LIST)


def month_asked(request: Request) -> tuple[str, datetime, datetime]:
    """The month in the address as 2026-11, this month where none or no real one is given, with its first and last moment."""
    try:
        first = date.fromisoformat(f"{request.GET.get('month', '')}-01")
        following = _following(first)
    except ValueError:
        first = local(request.at).date().replace(day=1)
        following = _following(first)
    start, end = (datetime.combine(day, time.min, CHINA) for day in (first, following))
    return f"{first:%Y-%m}", start, end


def _following(first: date) -> date:
    """The first day of the next month. ValueError after the last month that there is."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
