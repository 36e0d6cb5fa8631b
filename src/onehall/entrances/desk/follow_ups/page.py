"""What the pages of returned sheets and follow-up calls share: the way round, what is late, what a visit brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local, midnight
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request, wants_fragment
from onehall.readings.precedence import first_served

TOPICS = "work.finished work.returned work.called work.archived sale.voided sale.reversed"
"""What brings a case here, moves it on or takes it away (WRK-11)."""

_WAYS = (
    (Text("台席", "Desk"), "/desk/", "desk.use"),
    (Text("回单", "Returned sheets"), "/desk/returns/", "work.return"),
    (Text("回访", "Follow-ups"), "/desk/follow-ups/", "work.followup"),
    (Text("已归档", "Archive"), "/desk/follow-ups/archived", "work.archive"),
    (Text("看板", "Board"), "/board/", "board.view"),
)
_WORDS = {
    fieldwork.Urgency.LATE: ("bad", Text("超时", "overdue")),
    fieldwork.Urgency.SOON: ("warn", Text("快到时限", "due soon")),
}
_KEYS = 9


class FormIncomplete(Refusal):
    """A form that these screens never send."""

    code = "desk.form_incomplete"
    rule = "WRK-04"
    status = 400
    zh = "提交的内容不完整：{what}。"
    en = "The submission is incomplete: {what_en}."
    alternative_zh = "请补上再提交；填写的都还在。"
    alternative_en = "Add it and submit again; what was filled in is kept."


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: the digit that opens it, how near its limit is."""

    case: fieldwork.WorkOrder
    key: str
    late: tuple[str, Text] | None
    mark: Text | None = None

    @property
    def limit(self) -> str:
        """The last minute; the end of a day is its 24:00, as the hall says it (LAW-35)."""
        if self.case.waiting_until is None:
            return "—"
        until = local(self.case.waiting_until)
        if until == midnight(until.date()):
            return f"{until - timedelta(days=1):%m-%d} 24:00"
        return f"{until:%m-%d %H:%M}"

    @property
    def tried(self) -> Text:
        """How often nobody answered."""
        times = self.case.tries
        return Text(f"打过 {times} 次", f"tried {times} ×")


def rows(cases: Sequence[fieldwork.WorkOrder], *, at: datetime, book: PolicyBook) -> list[Row]:
    """Whoever stands ahead comes first (CUS-07); the first nine lines have a digit."""
    warn = book[fieldwork.WARN_BEFORE]
    ordered = first_served(cases, party_of=lambda case: case.party_id, at=at, scope=Scope.operator())
    return [
        Row(
            case,
            str(place) if place <= _KEYS else "",
            _WORDS.get(fieldwork.urgency(case.waiting_until, at=at, warn_before=warn)),
            mark,
        )
        for place, (case, mark) in enumerate(ordered, start=1)
    ]


def hall_policies(request: Request) -> PolicyBook:
    """Values in force at the session's hall."""
    return policy_book(hall_id=request.actor.hall_id, at=request.at)


def page(
    request: Request, template: str, facts: dict[str, Any], *, part: str = "", here: str = ""
) -> HttpResponse:
    """The page within its frame; for a live refresh only its `part`."""
    ways = [(words, href) for words, href, needed in _WAYS if request.actor.may(needed)]
    whole = {"nav": ways, "nav_here": here or request.path, "topics": TOPICS, **facts}
    return render(request, part if part and wants_fragment(request) else template, whole)


def intent_of(request: Request) -> UUID:
    """The number minted when the form was shown: pressed twice, it happens once (ORD-13)."""
    try:
        return UUID(request.POST.get("intent", ""))
    except ValueError:
        raise FormIncomplete(field="intent", what="表单编号", what_en="the form's number") from None


@dataclass(frozen=True, slots=True)
class VisitShown:
    """What the visit brought, in words (WRK-04)."""

    visit: fieldwork.Visit
    test: Text | None
    materials: tuple[Text, ...]


def visit_of(case: fieldwork.WorkOrder, *, scope: Scope) -> VisitShown | None:
    """The visit that finished the work; None before."""
    finished = [visit for visit in fieldwork.visits(case.id, scope=scope) if visit.done]
    if not finished:
        return None
    known = fieldwork.materials(scope=scope)
    uses = tuple(_use(known[use.code], use) for use in finished[-1].materials)
    return VisitShown(finished[-1], _measured(finished[-1].test), uses)


def _use(material: fieldwork.Material, use: fieldwork.MaterialUse) -> Text:
    name, unit = material.name, material.unit
    own = Text("（自备）", " (own)") if use.own else Text("", "")
    return Text(f"{name.zh} {use.quantity} {unit.zh}{own.zh}", f"{name.en} {use.quantity} {unit.en}{own.en}")


def _measured(test: fieldwork.LineTest | None) -> Text | None:
    if test is None:
        return None
    speeds = f"↓ {test.down_kbps / 1000:g} · ↑ {test.up_kbps / 1000:g} Mbit/s"
    loss = f"{test.loss_permille / 10:g}%"
    note = f" · {test.note}" if test.note else ""
    return Text(f"{speeds} · 丢包 {loss}{note}", f"{speeds} · loss {loss}{note}")
