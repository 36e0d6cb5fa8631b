"""Probes for whoever watches the servers. What is wrong, and how much is going on, is told to them alone."""

import hmac
import ipaddress

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST

from onehall.foundation.scopes import NotFound
from onehall.foundation.telemetry.metrics import exposition
from onehall.foundation.telemetry.readiness import readiness
from onehall.foundation.telemetry.state import State, state
from onehall.foundation.web.permit import public
from onehall.foundation.web.requests import PublicRequest

_FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via")


@public()
def alive(request: PublicRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("alive\n", content_type="text/plain")


@public()
def ready(request: PublicRequest) -> HttpResponse:
    """200 where work can be done here, else 503; which look failed is told to the watchers."""
    found = readiness(at=request.at)
    well = not any(found.values())
    said: dict[str, object] = {"ready": well}
    if _watches(request):
        said["looks"] = {name: trouble or "ok" for name, trouble in found.items()}
    return JsonResponse(said, status=200 if well else 503)


@public()
def metrics(request: PublicRequest) -> HttpResponse:
    """The figures of all processes. Raises NotFound for everybody but the watchers."""
    if not _watches(request):
        raise NotFound(what="这个页面", what_en="This page")
    return HttpResponse(exposition(_state(request)), content_type=CONTENT_TYPE_LATEST)


def _state(request: PublicRequest) -> State | None:
    try:
        return state(at=request.at)
    except (DatabaseError, InterfaceError):
        return None


def _watches(request: HttpRequest) -> bool:
    """Who holds METRICS_TOKEN; where none is set, who asks on this machine and not through a proxy."""
    token = str(settings.METRICS_TOKEN)
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        return hmac.compare_digest(given.encode(), token.encode())
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
