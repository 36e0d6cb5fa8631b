"""What was sent, by whom it is read, and its questions; below the same addresses, what I have to read (ORG-10)."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse

from onehall.contexts.organisation import api as organisation
from onehall.entrances.board.pages import SIZE, Unreadable, intent_of, page
from onehall.foundation.bulletins import queries as bulletins
from onehall.foundation.bulletins.contracts import Notice, NoticeWanted
from onehall.foundation.bulletins.policies import READ_DAYS
from onehall.foundation.identity.queries import role_names
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import CounterId, HallId
from onehall.foundation.values.period import day_of, local
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.answer_question import answer_question
from onehall.journeys.ask_notice import ask_notice
from onehall.journeys.read_notice import read_notice
from onehall.journeys.send_notice import send_notice
from onehall.readings.receipts import receipts

NOTICES = "/board/notices/"
TOPICS = "notice.changed"
_MINUTE = timedelta(minutes=1)
_EVERY = Text("全部", "all")


@permit("account.self", methods=("GET",))
def listed(request: Request) -> HttpResponse:
    """What is for me, unread first; for who sends, what was sent and the form."""
    by = request.actor
    fresh = bulletins.unread(by=by, limit=SIZE)
    new = {one.id for one in fresh}
    facts = {
        "topics": TOPICS,
        "unread": fresh,
        "read": [one for one in bulletins.received(by=by, limit=SIZE) if one.id not in new],
        "sent": bulletins.sent(by=by, limit=SIZE) if by.may("notice.send") else None,
        **(_form(request) if by.may("notice.send") else {}),
    }
    return page(request, "board/notices/page.html", facts, part="board/notices/lists.html", here=NOTICES)


@permit("account.self", methods=("GET",))
def one(request: Request, notice_id: int) -> HttpResponse:
    """The notice, its questions; for who manages it, who has not read it."""
    notice = bulletins.notice_for(notice_id, by=request.actor)
    facts = {
        "topics": TOPICS,
        "notice": notice,
        "to": _addressed(notice, by=request.actor, lang=request.lang),
        **_seen(notice, by=request.actor),
    }
    return page(request, "board/notices/one.html", facts, here=NOTICES)


def _seen(notice: Notice, *, by: Actor) -> dict[str, Any]:
    """By me, and by everybody where I manage it."""
    manages = by.may("notice.send") and (
        not notice.halls or by.halls is None or bool(set(notice.halls) & by.halls)
    )
    return {
        "read_at": bulletins.has_read(notice, by=by),
        "for_me": bulletins.may_receive(notice, by=by),
        "manages": manages,
        "receipts": receipts(notice, scope=by.scope) if manages else [],
        "questions": bulletins.questions(notice.id, only_of=None if manages else by.user_id),
    }


@permit("notice.send", methods=("POST",))
def send(request: Request) -> HttpResponse:
    """To halls, roles and counters."""
    given = request.POST
    here = given.get("halls", "here")
    wanted = NoticeWanted(
        title=given.get("title", ""), body=given.get("body", ""),
        halls=() if here == "all" else (request.actor.hall_id,), roles=tuple(given.getlist("role")),
        counters=_numbers(given.getlist("counter")), read_by=day_of(_day(request)).end - _MINUTE,
    )  # fmt: skip
    made = send_notice(wanted=wanted, intent=intent_of(request), by=request.actor, at=request.at)
    return go(request, f"{NOTICES}{made}")


@permit("account.self", methods=("POST",))
def read(request: Request, notice_id: int) -> HttpResponse:
    """A receipt; then what else is unread."""
    read_notice(notice_id=notice_id, by=request.actor, at=request.at)
    return go(request, NOTICES)


@permit("account.self", methods=("POST",))
def ask(request: Request, notice_id: int) -> HttpResponse:
    """A question to whoever sent it."""
    bulletins.notice_for(notice_id, by=request.actor)
    text = request.POST.get("text", "")
    ask_notice(notice_id=notice_id, text=text, intent=intent_of(request), by=request.actor, at=request.at)
    return go(request, f"{NOTICES}{notice_id}")


@permit("notice.send", methods=("POST",))
def answer(request: Request, question_id: int) -> HttpResponse:
    """The answer stands with the notice from now on."""
    text = request.POST.get("text", "")
    notice = answer_question(question_id=question_id, text=text, by=request.actor, at=request.at)
    return go(request, f"{NOTICES}{notice}")


def _day(request: Request) -> date:
    try:
        return date.fromisoformat(request.POST.get("read_by", ""))
    except ValueError:
        raise Unreadable(what="阅读期限", what_en="The day of reading", field="read_by") from None


def _numbers(typed: list[str]) -> tuple[int, ...]:
    if not all(one.isdecimal() and len(one) < 12 for one in typed):
        raise Unreadable(what="台席", what_en="The counters", field="counter")
    return tuple(int(one) for one in typed)


def _form(request: Request) -> dict[str, Any]:
    by = request.actor
    days = policy_book(hall_id=by.hall_id, at=request.at)[READ_DAYS]
    halls = [("here", Text("本厅", "this hall"))]
    if by.halls is None:
        halls.append(("all", Text("全部营业厅", "every hall")))
    return {
        "halls": halls,
        "roles": list(role_names().items()),
        "counters": [(seat.id, seat.no) for seat in organisation.counters(by.hall_id, scope=by.scope)],
        "read_by": (local(request.at).date() + timedelta(days=days)).isoformat(),
    }


def _addressed(notice: Notice, *, by: Actor, lang: str) -> list[tuple[Text, str]]:
    """Halls, roles and counters in words."""
    names = role_names()
    halls = {hall.id: hall.name for hall in organisation.halls(scope=by.scope)}
    seats = {seat.id: seat.no for seat in organisation.counters(by.hall_id, scope=by.scope)}
    every = _EVERY.in_(lang)
    shown = [halls[HallId(hall)].in_(lang) for hall in notice.halls if hall in halls]
    return [
        (Text("营业厅", "halls"), "、".join(shown) or every),
        (
            Text("岗位", "roles"),
            "、".join(names[role].in_(lang) for role in notice.roles if role in names) or every,
        ),
        (
            Text("台席", "counters"),
            "、".join(seats.get(CounterId(seat), "?") for seat in notice.counters) or "—",
        ),
    ]
