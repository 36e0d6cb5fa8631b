"""The request as views see it: annotate `request: Request` behind `permit`, `request: PublicRequest` behind `public`."""

from datetime import datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from onehall.foundation.scopes import Actor


class _Arrived(HttpRequest):
    """What the middleware adds to every request."""

    id: str
    at: datetime
    lang: str
    htmx: HtmxDetails


class Request(_Arrived):
    """Somebody signed in, holding the permission that the view names."""

    actor: Actor


class PublicRequest(_Arrived):
    """Anybody."""

    actor: Actor | None


def wants_fragment(request: HttpRequest) -> bool:
    """Whether a part of the page is expected (htmx or a live refresh), not a whole one."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers
