"""The page behind the QR code of every paper. Shows no name, no address, no account (SEC-02)."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from onehall.foundation.documents.queries import verify_code
from onehall.foundation.web.permit import public
from onehall.foundation.web.requests import PublicRequest

_CODE_LENGTH = 64


@public()
def ask(request: PublicRequest) -> HttpResponse:
    """Where a code is typed by hand."""
    code = request.GET.get("code", "").strip()[:_CODE_LENGTH]
    if code:
        return HttpResponseRedirect(f"/v/{''.join(sign for sign in code if sign.isalnum() or sign == '-')}")
    return render(request, "public/verify/ask.html")


@public()
def paper(request: PublicRequest, code: str) -> HttpResponse:
    """What the code proves; an unknown code is told apart from a page that does not exist."""
    found = verify_code(code)
    return render(
        request, "public/verify/paper.html", {"found": found, "code": code}, status=200 if found else 404
    )
