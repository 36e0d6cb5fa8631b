"""Pages for the gallery's server: an invented clerk at an invented counter, and a few answers that misbehave on purpose."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import CounterId, HallId, UserId
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit

IDENTITY = "onehall.foundation.identity.middleware.SessionMiddleware"


@dataclass(frozen=True)
class Place:
    hall: Text
    counter: Text


def place(**_: object) -> Place:
    return Place(Text("馨苑厅", "Xinyuan Hall"), Text("3号台席", "Counter 3"))


class InventedClerk:
    """Signs 李敏 in wherever the cookie `stranger` is not set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        visitor: Any = request
        visitor.at = datetime.now(UTC)
        visitor.lang = "en" if request.COOKIES.get("onehall_lang") == "en" else "zh"
        visitor.actor = None if "stranger" in request.COOKIES else _clerk(visitor.lang)
        return self.get_response(request)


def _clerk(lang: str) -> Actor:
    permissions = frozenset({"design.view", "account.self"})
    return Actor(
        UserId(1), "李敏", "0213", HallId(1), CounterId(3), permissions=permissions, halls=None, lang=lang
    )


@dataclass
class Till:
    """What reached the server: the intents that were sent, and what it does with the next one."""

    sent: list[str] = field(default_factory=list)
    mood: str = "well"
    lines: int = 1
    told: threading.Event = field(default_factory=threading.Event)


TILL = Till()

_PAGE = """{% extends "onehall/frame_desk.html" %}{% load onehall %}
{% block title %}till{% endblock %}
{% block centre %}<div id="list" data-live="sales" data-live-src="/lines">{% include inside %}</div>{% endblock %}
{% block right %}<form id="pay" hx-post="/pay" hx-target="#answer" hx-select="unset" hx-select-oob="unset" hx-swap="innerHTML" data-keys>{% intent %}
{% field "payer" "付款人" "Payer" %}{% field "received" "实收" "Received" %}{% button "收款" "Pay" key="F9" kind="main" %}</form>
<div id="answer"></div>{% endblock %}"""

_LINES = """{% load onehall %}<p id="count">{{ n }}</p><input name="draft" id="draft" value="">
<ul>{% for i in lines %}<li data-row="{{ i }}">line {{ i }} <input name="r{{ i }}" value="x"></li>{% endfor %}</ul>"""


def _lines() -> dict[str, Any]:
    return {"n": TILL.lines, "lines": range(TILL.lines, 0, -1)}


@permit("design.view", methods=("GET",))
def till(request: HttpRequest) -> HttpResponse:
    inside = engines["django"].from_string(_LINES).template
    page = engines["django"].from_string(_PAGE)
    return HttpResponse(page.render({**_lines(), "inside": inside, "live_url": "/live"}, request))


@permit("design.view", methods=("GET",))
def lines(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(_LINES).render(_lines(), request))


@permit("design.view", methods=("POST",))
def pay(request: HttpRequest) -> HttpResponse:
    TILL.sent.append(request.POST["intent"])
    if TILL.mood == "slow":
        TILL.told.wait(5)
    if TILL.mood == "broken":
        return HttpResponse("broken", status=500)
    return HttpResponse("<p id='done'>done</p>")


@permit("design.view", methods=("GET",))
def live(request: HttpRequest) -> HttpResponse:
    """One announcement, then the end: the browser comes back by itself as to any stream that broke."""
    said = f'retry: 300\n\nevent: sales\ndata: {{"hall":1,"lines":{TILL.lines}}}\n\n'
    return HttpResponse(said, content_type="text/event-stream")


urlpatterns = [
    path("till", till),
    path("lines", lines),
    path("pay", pay),
    path("live", live),
    path("", include("onehall.entrances.public.design.urls")),
]
handler404 = "onehall.foundation.web.responses.not_found"
handler500 = "onehall.foundation.web.responses.server_error"

INVENTED: dict[str, Any] = {
    "ROOT_URLCONF": "tests.browser.pages",
    "MIDDLEWARE": [
        "tests.browser.pages.InventedClerk" if name == IDENTITY else name for name in settings.MIDDLEWARE
    ],
    "PLACE_FINDER": "tests.browser.pages.place",
    "LIVE_URL": "/live",
    "ALLOWED_HOSTS": ["127.0.0.1"],
}
