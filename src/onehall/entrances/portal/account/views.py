"""The customer's pages."""

from django.http import HttpResponse

from onehall.entrances.portal.account.guard import COOKIE, CustomerRequest, address_of, customer, keep, page
from onehall.entrances.portal.account.page import home_facts, least_of
from onehall.foundation.identity.contracts import BadPassword
from onehall.foundation.refusals import Refusal
from onehall.foundation.web.permit import public
from onehall.foundation.web.requests import PublicRequest
from onehall.foundation.web.responses import go
from onehall.journeys.choose_network_password import choose_network_password
from onehall.journeys.sign_in_customer import sign_in_customer
from onehall.journeys.sign_out_customer import sign_out_customer


@public(methods=("GET", "POST"))
def sign_in(request: PublicRequest) -> HttpResponse:
    """The form, and its answer; the account stays as typed, the password does not."""
    refusal = None
    if request.method == "POST":
        try:
            return keep(go(request, "/my/"), _token(request))
        except Refusal as refused:
            refusal = refused
    return page(request, "sign_in", {"account": request.POST.get("account", "")[:64]}, refusal)


def _token(request: PublicRequest) -> str:
    return sign_in_customer(
        account=request.POST.get("account", ""), password=request.POST.get("password", ""), address=address_of(request),
        at=request.at,
    )  # fmt: skip


@customer(methods=("GET",))
def home(request: CustomerRequest) -> HttpResponse:
    """When it ends, what it may do, whether it is on line, its traffic, and what a renewal costs."""
    return page(request, "home", home_facts(request))


@customer(methods=("GET", "POST"))
def password(request: CustomerRequest) -> HttpResponse:
    """A password of one's own, asked for before anything else is shown (LAW-03)."""
    refusal = None
    if request.method == "POST":
        try:
            _choose(request)
            return page(request, "password_chosen", {"account": request.customer.account})
        except Refusal as refused:
            refusal = refused
    facts = {
        "account": request.customer.account,
        "first": request.access.must_change,
        "least": least_of(request),
    }
    return page(request, "password", facts, refusal)


def _choose(request: CustomerRequest) -> None:
    new = request.POST.get("new", "")
    if new != request.POST.get("again", ""):
        raise BadPassword(field="again", why="两次输入的不一样", why_en="the two entries differ")
    choose_network_password(
        who=request.customer,
        new=new,
        proof=request.POST.get("proof", ""),
        address=address_of(request),
        at=request.at,
    )


@customer(methods=("POST",))
def sign_out(request: CustomerRequest) -> HttpResponse:
    """Every browser of the account signs in again."""
    sign_out_customer(account=request.customer.account, at=request.at)
    answer = go(request, "/my/sign-in")
    answer.delete_cookie(COOKIE, path="/my/")
    return answer
