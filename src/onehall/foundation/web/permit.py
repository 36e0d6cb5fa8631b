"""Deny by default: every view says which permission it needs (ORG-06, SEC-10). A route without one breaks the build."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import NotFound, NotPermitted
from onehall.foundation.web.requests import wants_fragment
from onehall.foundation.web.responses import error, refuse

PUBLIC = "public"
"""The mark of a view that needs no sign-in; never a permission that a role could hold."""

SIGN_IN = "/sign-in"

_LARGEST_ID = 2**63 - 1  # structural: what a bigint column holds; a larger number names no record

View = Callable[..., HttpResponseBase]


def permit(code: str, *, methods: tuple[str, ...] = ("GET", "POST")) -> Callable[[View], View]:
    """Lets in who holds `code`. Strangers go to sign in and come back; others get a 403 that says what is missing.

    A `Refusal` raised inside is shown with its rule and what can be done instead (ORD-05); what was typed stays.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = getattr(request, "actor", None)
            if actor is None:
                return _to_sign_in(request)
            if not actor.may(code):
                return refuse(request, NotPermitted(permission=code))
            return _answer(view, methods, request, *args, **kwargs)

        return _marked(guarded, code, methods)

    return guard


def public(*, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Lets everybody in: sign-in, verification of a paper, preferences. Nothing personal is shown there."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return _answer(view, methods, request, *args, **kwargs)

        return _marked(guarded, PUBLIC, methods)

    return guard


def _marked(view: View, code: str, methods: tuple[str, ...]) -> View:
    view.permission = code  # type: ignore[attr-defined]
    view.methods = methods  # type: ignore[attr-defined]
    return view


def _answer(
    view: View, methods: tuple[str, ...], request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    method = "GET" if request.method == "HEAD" else request.method
    if method not in methods:
        refused = error(request, 405)
        refused["Allow"] = ", ".join(methods)
        return refused
    try:
        if any(isinstance(number, int) and number > _LARGEST_ID for number in kwargs.values()):
            raise NotFound()
        return view(request, *args, **kwargs)
    except Refusal as refusal:
        return refuse(request, refusal)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """A page that was asked for is returned to after sign-in; a form that was sent is not repeated by itself."""
    if wants_fragment(request):
        answer = HttpResponse(status=401)
        answer["HX-Redirect"] = f"{SIGN_IN}?{urlencode({'next': _page_shown(request)})}"
        return answer
    wanted = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    return HttpResponseRedirect(f"{SIGN_IN}?{urlencode({'next': wanted})}")


def _page_shown(request: HttpRequest) -> str:
    """Path of the page that the browser shows while it asks for a fragment; its own host is left out."""
    shown = request.headers.get("HX-Current-URL", "")
    origin = f"{request.scheme}://{request.get_host()}"
    return shown.removeprefix(origin) if shown.startswith(origin + "/") else "/"
