"""Every request is counted, timed and written down: route, status, who by number, where; never its path or content."""

import logging
from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse

from onehall.foundation.telemetry.counters import METHODS, NO_ROUTE, count_request
from onehall.foundation.telemetry.flood import Flood
from onehall.foundation.values.context import PROBES

_CLIENT_ERROR, _SERVER_ERROR = 400, 500
_log = logging.getLogger("onehall.request")


class ObservedMiddleware:
    """Right inside the one that numbers requests, so that all others are timed with what they do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._strangers = Flood(burst=100, rate=5)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        response = self.get_response(request)
        ended = perf_counter()
        match = request.resolver_match
        route = match.route if match else NO_ROUTE
        method = request.method if request.method in METHODS else "OTHER"
        count_request(route=route, method=str(method), status=response.status_code, seconds=ended - began)
        self._write(request, response.status_code, route, f"{method}", ended - began, ended)
        return response

    def _write(
        self, request: HttpRequest, status: int, route: str, method: str, took: float, now: float
    ) -> None:
        """Probes that succeed are not worth a line; strangers' mistakes are bounded."""
        if status < _CLIENT_ERROR and request.path in PROBES:
            return
        actor = getattr(request, "actor", None)
        facts = {"route": route, "method": method, "status": status, "ms": round(took * 1000, 1)}
        if actor is not None:
            facts |= {"user": actor.user_id, "hall": actor.hall_id}
        elif _CLIENT_ERROR <= status < _SERVER_ERROR:
            before = self._strangers.admit("stranger", now)
            if before is None:
                return
            if before:
                facts["left_out"] = before
        level = logging.ERROR if status >= _SERVER_ERROR else logging.INFO
        if _log.isEnabledFor(level):  # as `_log.log` does, without looking who called
            _log.handle(_log.makeRecord(_log.name, level, "", 0, "request", (), None, extra={"facts": facts}))
