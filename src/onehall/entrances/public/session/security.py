"""One's own devices for the second step, recovery codes and open sign-ins (SEC-08)."""

from typing import Any

import segno
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from onehall.entrances.public.session.second import site_of
from onehall.foundation.identity import factors
from onehall.foundation.identity.queries import must_have_factor, sessions_of
from onehall.foundation.refusals import Refusal
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.begin_second_factor import FactorBegun, begin_second_factor
from onehall.journeys.confirm_second_factor import confirm_second_factor
from onehall.journeys.end_other_sessions import end_other_sessions
from onehall.journeys.renew_recovery_codes import renew_recovery_codes
from onehall.journeys.revoke_second_factor import revoke_second_factor

SECURITY = "/account/security"
_LONGEST = 8000


@permit("account.self", methods=("GET",))
def page(request: Request) -> HttpResponse:
    """What proves me, how many codes are left, where I am signed in."""
    return _page(request)


@permit("account.self", methods=("POST",))
def begin(request: Request) -> HttpResponse:
    """The app's picture to scan, or the passkey's button."""
    given = request.POST
    try:
        begun = begin_second_factor(
            kind=given.get("kind", ""), password=given.get("password", ""), site=site_of(request), by=request.actor,
            at=request.at,
        )  # fmt: skip
    except Refusal as refusal:
        return _page(request, refusal=refusal)
    return _page(request, begun=begun)


@permit("account.self", methods=("POST",))
def confirm(request: Request) -> HttpResponse:
    """The device proves itself; with the first one come the recovery codes, shown this once."""
    given = request.POST
    try:
        codes = confirm_second_factor(
            name=given.get("name", ""), code=given.get("code", ""), token=given.get("token", ""),
            answer=given.get("passkey", "")[:_LONGEST], site=site_of(request), by=request.actor, at=request.at,
        )  # fmt: skip
    except Refusal as refusal:
        return _page(request, refusal=refusal)
    return _page(request, codes=codes) if codes else go(request, SECURITY)


@permit("account.self", methods=("POST",))
def revoke(request: Request, factor_id: int) -> HttpResponse:
    """Lost, sold or replaced."""
    revoke_second_factor(factor_id=factor_id, by=request.actor, at=request.at)
    return go(request, SECURITY)


@permit("account.self", methods=("POST",))
def codes(request: Request) -> HttpResponse:
    """Ten new ones."""
    try:
        fresh = renew_recovery_codes(
            password=request.POST.get("password", ""), by=request.actor, at=request.at
        )
    except Refusal as refusal:
        return _page(request, refusal=refusal)
    return _page(request, codes=fresh)


@permit("account.self", methods=("POST",))
def others(request: Request) -> HttpResponse:
    """Every other sign-in ends."""
    end_other_sessions(by=request.actor, at=request.at)
    return go(request, SECURITY)


def _page(request: Request, **more: Any) -> HttpResponse:
    by, begun, refusal = request.actor, more.get("begun"), more.get("refusal")
    facts = {
        "factors": factors.factors(by.user_id),
        "codes_left": factors.codes_left(by.user_id),
        "sessions": sessions_of(by.user_id),
        "here": by.session_id,
        "must": must_have_factor(user_id=by.user_id, hall_id=by.hall_id, at=request.at),
        "picture": _picture(begun),
        **more,
    }
    return render(request, "public/session/security.html", facts, status=refusal.status if refusal else 200)


def _picture(begun: FactorBegun | None) -> str:
    if begun is None or not begun.uri:
        return ""
    return mark_safe(segno.make(begun.uri).svg_inline(scale=4, light="#fff"))  # noqa: S308 - drawn by us from our own address
