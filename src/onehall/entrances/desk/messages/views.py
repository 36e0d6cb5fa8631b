"""One message with what happened to it; the number on record; told instead."""

from django.http import HttpResponse
from django.shortcuts import render

from onehall.entrances.desk.follow_ups.page import page
from onehall.foundation.notices.rules import UNDELIVERED
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.reveal_message_number import reveal_message_number
from onehall.journeys.tell_instead import tell_instead
from onehall.readings.messages import message

TODOS = "/desk/todos/"


@permit("message.settle", methods=("GET",))
def one(request: Request, notice_id: int) -> HttpResponse:
    """Whom to call and what to say; afterwards who told them."""
    shown = message(notice_id, scope=request.actor.scope)
    facts = {"shown": shown, "owed": shown.notice.state in UNDELIVERED, "topics": "message.changed"}
    return page(request, "desk/messages/one.html", facts, part="desk/messages/body.html", here=TODOS)


@permit("message.settle", methods=("POST",))
def number(request: Request, notice_id: int) -> HttpResponse:
    """The number to dial, on record (SEC-01, SEC-07)."""
    phone = reveal_message_number(notice_id=notice_id, by=request.actor, at=request.at)
    return render(request, "desk/follow_ups/number.html", {"phone": phone})


@permit("message.settle", methods=("POST",))
def tell(request: Request, notice_id: int) -> HttpResponse:
    """Told; back to what else waits."""
    tell_instead(notice_id=notice_id, how=request.POST.get("how", ""), by=request.actor, at=request.at)
    return go(request, TODOS)
