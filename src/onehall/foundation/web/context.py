"""What every frame shows: who is at work, where, in which language; where the page's live stream is."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from onehall.foundation.identity.policies import SCREEN_LOCK
from onehall.foundation.outbox.tickets import issue_ticket, live_url
from onehall.foundation.policy.services import policy_book
from onehall.foundation.web.guide import guide_of
from onehall.foundation.web.requests import Request

THEME_COOKIE = "onehall_theme"
THEMES = ("auto", "light", "dark")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: actor, place (hall, counter), lang, theme, at, request_id, path, guide, live_url, lock_after."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "place": SimpleLazyObject(lambda: _place(actor)) if actor else None,
        "lang": getattr(request, "lang", "zh"),
        "theme": theme_of(request),
        "at": getattr(request, "at", None),
        "request_id": getattr(request, "id", ""),
        "path": request.path,
        "guide": SimpleLazyObject(lambda: guide_of(request)),
        "live_url": SimpleLazyObject(lambda: live_address(request)) if actor else "",
        "lock_after": SimpleLazyObject(lambda: _lock_after(request)) if actor and actor.counter_id else "",
    }


def theme_of(request: HttpRequest) -> str:
    """The theme chosen in this browser: auto (the machine's), light or dark."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return theme if theme in THEMES else "auto"


def _place(actor: Any) -> Any:
    """Names of hall and counter (`.hall`, `.counter`: Text) from the room that owns them, plugged in by settings."""
    finder = getattr(settings, "PLACE_FINDER", "")
    return (
        import_string(finder)(hall_id=actor.hall_id, counter_id=actor.counter_id, scope=actor.scope)
        if finder
        else None
    )


def _lock_after(request: HttpRequest) -> int:
    """Seconds without a hand on it after which a counter's screen locks (SEC-03)."""
    visitor = cast(Request, request)
    by = visitor.actor
    return int(policy_book(hall_id=by.hall_id, at=visitor.at, version=by.policy_version)[SCREEN_LOCK])


def live_address(request: HttpRequest) -> str:
    """Where this page opens its stream of changes, with a ticket for the person signed in."""
    visitor = cast(Request, request)
    return live_url(request.build_absolute_uri("/"), issue_ticket(visitor.actor, visitor.at))
