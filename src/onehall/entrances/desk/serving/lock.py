"""The screen of a counter that nobody touches (SEC-03)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from onehall.foundation.refusals import Refusal
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request, wants_fragment
from onehall.foundation.web.responses import go, refuse
from onehall.journeys.lock_screen import lock_screen
from onehall.journeys.unlock_screen import unlock_screen


@permit("account.self", methods=("POST",))
def lock(request: Request) -> HttpResponse:
    """From now on this session answers with the lock alone."""
    lock_screen(by=request.actor, at=request.at)
    return HttpResponse(status=204)


@permit("account.self")
def unlock(request: Request) -> HttpResponse:
    """The password again: the page that was covered goes on, or the page that was asked for opens."""
    refusal = None
    if request.method == "POST":
        try:
            unlock_screen(password=request.POST.get("password", ""), by=request.actor, at=request.at)
        except Refusal as refused:
            refusal = refused
    if wants_fragment(request):
        return refuse(request, refusal) if refusal else HttpResponse(status=204)
    return _page(request, refusal)


def _page(request: Request, refusal: Refusal | None) -> HttpResponse:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        wanted = "/"
    if request.method == "POST" and refusal is None:
        return go(request, wanted)
    status = refusal.status if refusal else 200
    return render(request, "desk/serving/unlock.html", {"refusal": refusal, "next": wanted}, status=status)
