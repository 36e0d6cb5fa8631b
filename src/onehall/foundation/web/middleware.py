"""What every answer carries: a number to ask about, and headers that keep the page and its data where they belong."""

import re
from collections.abc import Callable
from functools import lru_cache
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from onehall.foundation.outbox.tickets import live_origin
from onehall.foundation.values.context import request_id
from onehall.foundation.web.responses import error

REQUEST_ID = "X-Request-ID"
_ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9-]{8,36}")
_NO_SCRIPT_FROM_ELSEWHERE = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}

Next = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Sets `request.id`, for the log and the trail too, and returns it as X-Request-ID; a number given by the proxy in front is kept if it is sane."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(REQUEST_ID, "")
        number = given if _ACCEPTABLE_ID.fullmatch(given) else uuid4().hex
        request.id = number  # type: ignore[attr-defined]
        token = request_id.set(number)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response[REQUEST_ID] = number
        return response


class SecurityHeadersMiddleware:
    """No inline script or style, no framing, no guessing of types; pages are stored nowhere (SEC-03)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", content_security_policy(_stream_origin(request)))
        response.setdefault("X-Content-Type-Options", "nosniff")
        response.setdefault("X-Frame-Options", "DENY")
        response.setdefault("Referrer-Policy", "same-origin")
        response.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.setdefault("Permissions-Policy", "geolocation=(), microphone=(), payment=(), usb=()")
        if not request.path.startswith(settings.STATIC_URL):
            response.setdefault("Cache-Control", "no-store")
        return response


class BodyLimitMiddleware:
    """Refuses a body larger than MAX_BODY_BYTES (or what LARGER_BODIES allows its path) before it is read."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.limit = getattr(settings, "MAX_BODY_BYTES", settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 2**21)
        self.larger: dict[str, int] = getattr(settings, "LARGER_BODIES", {})

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.headers.get("Content-Length", "0")
        limit = self.larger.get(request.path, self.limit)
        if length.isdecimal() and int(length) > limit:
            return error(request, 413)
        return self.get_response(request)


@lru_cache(maxsize=64)  # structural: a hall has one origin, a proxy in front a few
def content_security_policy(stream: str = "") -> str:
    """The header's value; `stream`, the origin of the live updates, is the one foreign address that may be reached."""
    rules = {**_NO_SCRIPT_FROM_ELSEWHERE, "connect-src": f"'self' {stream}".strip()}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _stream_origin(request: HttpRequest) -> str:
    try:
        return live_origin(f"{request.scheme}://{request.get_host()}/")
    except DisallowedHost:
        return ""
