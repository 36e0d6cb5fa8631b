"""The description and its page. Both tell what could be asked, nothing that is known: they are open to everybody."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from onehall.foundation.web.permit import public
from onehall.foundation.web.requests import PublicRequest

DESCRIPTION = "/api/openapi.json"


def described(description: Callable[[], dict[str, Any]]) -> Callable[..., Any]:
    """The view that answers with the description."""

    @public()
    def openapi(request: PublicRequest) -> HttpResponse:
        """OpenAPI 3.1."""
        return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})

    return openapi


@public()
def page(request: PublicRequest) -> HttpResponse:
    """The description for people."""
    return render(request, "api/docs/page.html", {"description": DESCRIPTION})
