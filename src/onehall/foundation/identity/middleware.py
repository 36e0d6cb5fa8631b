"""From the cookie to `request.actor`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.timezone import now

from onehall.foundation.identity.programmes import is_programme, language_asked
from onehall.foundation.identity.queries import Presence, presence
from onehall.foundation.identity.services import touch_session
from onehall.foundation.values.context import PROBES

SESSION_COOKIE = "onehall_session"
LANGUAGE_COOKIE = "onehall_lang"
UNATTENDED = "X-Unattended"
"""What a page asks again and again by itself says so: it keeps nobody signed in who went away (SEC-08)."""

_TOUCH = timedelta(minutes=1)
_PASSWORD_PAGE = "/account/password"  # noqa: S105 - an address
SECURITY_PAGE = "/account/security"
_ALWAYS = (_PASSWORD_PAGE, "/sign-out", "/static/")
_ENROLLING = (SECURITY_PAGE, "/preferences", *_ALWAYS)
UNLOCK_PAGE = "/unlock"
_WHILE_LOCKED = (UNLOCK_PAGE, "/sign-out", "/sign-in", "/preferences", "/desk/display", "/live-ticket")
"""What a locked counter still answers: the way back, and the customer's display, which shows no record (SEC-03)."""


def _found(token: str, at: datetime) -> Presence | None:
    """The read itself shows whether the connection still stands: a check before it would double the cost of asking."""
    connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        return presence(token=token, at=at)
    except OperationalError:
        connection.close()
        return presence(token=token, at=at)


def _locked(request: HttpRequest) -> HttpResponse:
    """Nothing of the page, to whatever asks; a page that was opened by its address is returned to afterwards."""
    if request.method == "GET" and "HX-Request" not in request.headers:
        return HttpResponseRedirect(f"{UNLOCK_PAGE}?{urlencode({'next': request.get_full_path()})}")
    answer = HttpResponse(status=401)
    if "X-Live" not in request.headers:
        answer["HX-Redirect"] = UNLOCK_PAGE
    return answer


class SessionMiddleware:
    """Sets `request.actor` (None for a stranger), `request.lang` and `request.at`, the request's one moment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = now()  # type: ignore[attr-defined]
        request.actor = None  # type: ignore[attr-defined]
        chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
        request.lang = chosen if chosen in ("zh", "en") else "zh"  # type: ignore[attr-defined]
        if request.path.startswith(settings.STATIC_URL) or request.path in PROBES:
            return self.get_response(request)
        if is_programme(request):
            request.lang = language_asked(request)  # type: ignore[attr-defined]
            return self.get_response(request)
        token = request.COOKIES.get(SESSION_COOKIE)
        found = _found(token, request.at) if token else None  # type: ignore[attr-defined]
        if found:
            request.actor = replace(found.actor, policy_version=found.policy_version)  # type: ignore[attr-defined]
            if not chosen:
                request.lang = found.actor.lang  # type: ignore[attr-defined]
            if found.locked and not request.path.startswith(_WHILE_LOCKED):
                return _locked(request)
            if request.at - found.seen_at > _TOUCH and UNATTENDED not in request.headers:  # type: ignore[attr-defined]
                touch_session(session_id=found.actor.session_id or 0, at=request.at)  # type: ignore[attr-defined]
            if found.must_change and not request.path.startswith(_ALWAYS):
                return HttpResponseRedirect(_PASSWORD_PAGE)
            if found.must_enrol and not request.path.startswith(_ENROLLING):
                return HttpResponseRedirect(SECURITY_PAGE)
        return self.get_response(request)
