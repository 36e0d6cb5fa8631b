"""A new ticket for a stream whose old one has run out."""

from django.http import HttpResponse

from onehall.foundation.web.context import live_address
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request


@permit("account.self", methods=("GET",))
def ticket(request: Request) -> HttpResponse:
    """The stream's address with a fresh ticket, as plain text."""
    return HttpResponse(live_address(request), content_type="text/plain; charset=utf-8")
