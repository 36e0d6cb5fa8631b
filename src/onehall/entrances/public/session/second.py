"""The second step of signing in: six figures, a recovery code, or a passkey (SEC-08)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from onehall.entrances.public.session import views
from onehall.foundation.identity import second_step as step
from onehall.foundation.identity.contracts import AccountLocked, SecondStepGone
from onehall.foundation.identity.factors import Site
from onehall.foundation.identity.second_step import Proof
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.web.permit import public
from onehall.foundation.web.requests import PublicRequest
from onehall.journeys.sign_in_second_step import sign_in_second_step

_LONGEST = 8000


@public(methods=("GET", "POST"))
def second_step(request: PublicRequest) -> HttpResponse:
    """Only for a browser whose password was right a moment ago; everybody else begins at the beginning."""
    token, refusal = request.COOKIES.get(views.STEP_COOKIE, ""), None
    if request.method == "POST":
        proof = Proof(request.POST.get("code", "").strip()[:40], request.POST.get("passkey", "")[:_LONGEST])
        try:
            done = sign_in_second_step(token=token, proof=proof, site=site_of(request), at=request.at)
            return views.welcome(request, done)
        except (SecondStepGone, AccountLocked) as gone:
            return render(request, "onehall/refused.html", {"refusal": gone}, status=gone.status)
        except Refusal as refused:
            refusal = refused
    return _form(request, token, refusal)


def site_of(request: HttpRequest) -> Site:
    """Where this browser is, as a passkey's device sees it."""
    host = request.get_host()
    return Site(f"{request.scheme}://{host}", host.rsplit(":", 1)[0] if not host.endswith("]") else host)


def _form(request: PublicRequest, token: str, refusal: Refusal | None) -> HttpResponse:
    book = policy_book(hall_id=step.hall_of(token=token), at=request.at)
    try:
        asked = step.options(token=token, site=site_of(request), book=book, at=request.at)
    except SecondStepGone:
        return HttpResponseRedirect("/sign-in")
    facts = {
        "options": asked,
        "next": request.GET.get("next") or request.POST.get("next", ""),
        "refusal": refusal,
    }
    return render(request, "public/session/second.html", facts, status=refusal.status if refusal else 200)
