"""Signing in and out. A wrong password keeps what was typed, except the password."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from onehall.contexts.organisation import api as organisation
from onehall.foundation.identity.contracts import BadPassword, SecondStepNeeded, SignedIn
from onehall.foundation.identity.middleware import LANGUAGE_COOKIE, SESSION_COOKIE
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.text import Text
from onehall.foundation.web.context import THEME_COOKIE, THEMES
from onehall.foundation.web.permit import permit, public
from onehall.foundation.web.requests import PublicRequest, Request
from onehall.foundation.web.responses import go
from onehall.journeys.change_password import change_password
from onehall.journeys.sign_in import sign_in
from onehall.journeys.sign_out import sign_out

COUNTER_COOKIE = "onehall_counter"
STEP_COOKIE = "onehall_step"
SECOND = "/sign-in/second"
_YEAR = 365 * 24 * 3600
_AWAY = Text("不在台席（经理、装维、回访）", "away from the counters (managers, installers, follow-up)")
_SURFACES = (("desk.use", "/desk/"), ("board.view", "/board/"), ("work.visit", "/pocket/"))


@public()
def home(request: PublicRequest) -> HttpResponse:
    """Sends everybody to the surface they work on."""
    if request.actor is None:
        return HttpResponseRedirect("/sign-in")
    for permission, address in _SURFACES:
        if request.actor.may(permission):
            return HttpResponseRedirect(address)
    return HttpResponseRedirect("/account/password")


@public(methods=("GET", "POST"))
def sign_in_page(request: PublicRequest) -> HttpResponse:
    """The form, and its answer; this browser remembers its counter."""
    chosen = request.POST.get("place") or request.COOKIES.get(COUNTER_COOKIE, "")
    refusal = None
    if request.method == "POST":
        try:
            signed_in = _sign_in(request, chosen)
            return _welcome(request, signed_in, chosen)
        except SecondStepNeeded as needed:
            return _to_second_step(request, needed.token, chosen)
        except Refusal as refused:
            refusal = refused
    facts = {
        "places": _places(),
        "chosen": chosen,
        "staff_no": request.POST.get("staff_no", ""),
        "next": request.GET.get("next") or request.POST.get("next", ""),
        "refusal": refusal,
    }
    return render(request, "public/session/sign_in.html", facts, status=refusal.status if refusal else 200)


def _places() -> list[tuple[Text, list[tuple[str, Text]]]]:
    """Every hall with its counters, and the place of those who work away from a counter."""
    everywhere = Scope.operator()
    return [
        (
            hall.name,
            [
                (f"{hall.id}-{counter.id}", _seat(counter))
                for counter in organisation.seats(hall.id, scope=everywhere)
            ]
            + [(str(hall.id), _AWAY)],
        )
        for hall in organisation.halls(scope=everywhere)
    ]


def _seat(counter: organisation.Counter) -> Text:
    return Text(f"{counter.no}号 {counter.name.zh}", f"{counter.name.en} {counter.no}")


def _sign_in(request: PublicRequest, chosen: str) -> SignedIn:
    hall, _, counter = chosen.partition("-")
    if not hall.isdecimal() or (counter and not counter.isdecimal()):
        raise NotFound(what="所选台席", what_en="The chosen counter", field="place")
    return sign_in(
        staff_no=request.POST.get("staff_no", ""),
        password=request.POST.get("password", ""),
        hall_id=int(hall),
        counter_id=int(counter) if counter else None,
        at=request.at,
    )


def _to_second_step(request: PublicRequest, token: str, chosen: str) -> HttpResponse:
    """The browser keeps the step's token in a cookie that is gone with the step."""
    answer = HttpResponseRedirect(f"{SECOND}?{urlencode({'next': request.POST.get('next', '')})}")
    _keep(answer, STEP_COOKIE, token, age=None)
    _keep(answer, COUNTER_COOKIE, chosen, age=_YEAR)
    return answer


def welcome(request: PublicRequest, signed_in: SignedIn) -> HttpResponse:
    """After the second step: to where they wanted, at the counter they chose."""
    answer = _welcome(request, signed_in, request.COOKIES.get(COUNTER_COOKIE, ""))
    answer.delete_cookie(STEP_COOKIE)
    return answer


def _welcome(request: PublicRequest, signed_in: SignedIn, chosen: str) -> HttpResponse:
    wanted = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        wanted = "/"
    answer = HttpResponseRedirect("/account/password" if signed_in.must_change else wanted)
    _keep(answer, SESSION_COOKIE, signed_in.token, age=None)
    _keep(answer, COUNTER_COOKIE, chosen, age=_YEAR)
    return answer


@permit("account.self", methods=("POST",))
def sign_out_now(request: Request) -> HttpResponse:
    """Ends the session and forgets its token."""
    sign_out(by=request.actor, at=request.at)
    answer = go(request, "/sign-in")
    answer.delete_cookie(SESSION_COOKIE)
    return answer


@permit("account.self")
def password(request: Request) -> HttpResponse:
    """One's own password; asked for at the first sign-in (LAW-03)."""
    refusal = None
    if request.method == "POST":
        try:
            _change_password(request)
            return go(request, "/")
        except Refusal as refused:
            refusal = refused
    return render(
        request,
        "public/session/password.html",
        {"refusal": refusal},
        status=refusal.status if refusal else 200,
    )


def _change_password(request: Request) -> None:
    new = request.POST.get("new", "")
    if new != request.POST.get("again", ""):
        raise BadPassword(field="again", why="两次输入的不一样", why_en="the two entries differ")
    change_password(old=request.POST.get("old", ""), new=new, by=request.actor, at=request.at)


@public(methods=("POST",))
def preferences(request: PublicRequest) -> HttpResponse:
    """Language and theme of this browser."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    answer = go(request, back)
    if request.POST.get("lang") in ("zh", "en"):
        _keep(answer, LANGUAGE_COOKIE, request.POST["lang"], age=_YEAR)
    if request.POST.get("theme") in THEMES:
        _keep(answer, THEME_COOKIE, request.POST["theme"], age=_YEAR)
    return answer


def _keep(answer: HttpResponse, name: str, value: str, *, age: int | None) -> None:
    answer.set_cookie(name, value, max_age=age, httponly=True, samesite="Lax", secure=settings.SECURE_COOKIES)
