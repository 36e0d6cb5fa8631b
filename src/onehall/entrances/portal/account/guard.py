"""Who the customer is: a cookie of their own, looked up at every request. Nothing is shown before the first password is changed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.identity.customers import CustomerPresence, customer_presence
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Scope
from onehall.foundation.web.permit import public
from onehall.foundation.web.requests import PublicRequest
from onehall.foundation.web.responses import go

COOKIE = "onehall_customer"
SIGN_IN, PASSWORD = "/my/sign-in", "/my/password"
_LONGEST = 100


class CustomerRequest(PublicRequest):
    """A request of a customer who signed in."""

    customer: CustomerPresence
    access: provisioning.AccessState


def customer(*, methods: tuple[str, ...] = ("GET",)) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:  # fmt: skip
    """Lets customers in, others to sign in; an account that is gone signs out, a first password is changed first (LAW-03)."""

    def guard(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: CustomerRequest, **named: int) -> HttpResponseBase:
            found = customer_presence(token=request.COOKIES.get(COOKIE, "")[:_LONGEST], at=request.at)
            access = _access(request, found)
            if found is None or access is None:
                return go(request, SIGN_IN)
            request.customer, request.access = found, access
            if access.must_change and request.path not in (PASSWORD, "/my/sign-out"):
                return go(request, PASSWORD)
            return view(request, **named)

        return public(methods=methods)(guarded)

    return guard


def _access(request: CustomerRequest, found: CustomerPresence | None) -> provisioning.AccessState | None:
    """The account as long as it is this customer's: a name that went to another household opens nothing (ADR-07)."""
    if found is None:
        return None
    access = provisioning.access(account=found.account, at=request.at, scope=Scope.operator())
    if access is None or access.subscription_id != found.subscription_id:
        return None
    return None if access.standing is provisioning.Standing.WITHDRAWN else access


def address_of(request: PublicRequest) -> str:
    """Where the browser is; behind our own proxy what that one says. "" on this machine: no door is counted for it."""
    said = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_COOKIES:
        said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return "" if said in ("127.0.0.1", "::1") else said


def keep(answer: HttpResponse, token: str) -> HttpResponse:
    """The token in the browser, until it is closed."""
    answer.set_cookie(
        COOKIE, token, httponly=True, samesite="Lax", secure=settings.SECURE_COOKIES, path="/my/"
    )
    return answer


def page(
    request: PublicRequest, name: str, facts: dict[str, Any], refusal: Refusal | None = None
) -> HttpResponse:
    """In the portal's frame; whoever works here and is signed in beside it is nobody to these pages."""
    whole = {**facts, "refusal": refusal, "actor": None, "live_url": ""}
    return render(request, f"portal/{name}.html", whole, status=refusal.status if refusal else 200)
