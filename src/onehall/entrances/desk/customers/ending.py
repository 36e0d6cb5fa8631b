"""Taking a line out at the desk: what the rules allow, why and what was offered, and changing one's mind (CHG-02, CHG-07)."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.customers import api as customers
from onehall.contexts.rating import api as rating
from onehall.contexts.subscriptions import api as subscriptions
from onehall.entrances.desk.counter.forms import intent_of
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.entrances.desk.counter.wording import spoken
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.ids import SubscriptionId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.end_subscription import end_subscription
from onehall.journeys.keep_customer import keep_customer
from onehall.journeys.keep_subscription import keep_subscription
from onehall.steps.household import FIXED_LINE
from onehall.steps.telephone_ending import GIVEN_UP, TO_BALANCE, others_of, rest_of


@permit("basket.edit")
def ending(request: Request, subscription_id: int) -> HttpResponse:
    """When the line would end, with the legal hint (LAW-07); sent, it ends or is booked to end, or the customer stays."""
    line = subscriptions.subscription(
        subscription_id=SubscriptionId(subscription_id), scope=request.actor.scope
    )
    back = f"/desk/customers/{line.party_id}?home={line.dwelling_id}"
    if request.method == "GET":
        return render(request, "desk/customers/ending.html", {**_facts(request, line), "back_href": back})
    procedure = keep_customer if request.POST.get("outcome") == "stayed" else end_subscription
    procedure(
        subscription_id=line.id, cause=request.POST.get("cause", ""), reason=request.POST.get("reason", ""),
        offer=request.POST.get("offer", ""), **_rest(request), intent=intent_of(request), by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, back)


def _facts(request: Request, line: subscriptions.Subscription) -> dict[str, object]:
    book = policy_book(hall_id=request.actor.hall_id, at=request.at)
    decision = subscriptions.decide_ending(
        terms=line.terms, binding_months=book[subscriptions.BINDING_MONTHS], at=request.at,
        show_hint=book[subscriptions.NO_REFUND_HINT],
    )  # fmt: skip
    card = customers.card(line.party_id, scope=request.actor.scope)
    facts = {"line": line, "decision": decision, "card": card, "intent": uuid4(), "causes": _CAUSES}
    facts |= {"porting": request.GET.get("porting") == "1", "porting_href": f"{request.path}?porting=1"}
    facts["spoken"] = spoken("leaving", scope=request.actor.scope)
    if line.kind == FIXED_LINE and line.ended_at is None:
        facts |= _telephone(line, book, request)
    return {**surroundings(request), **facts, "now": decision.kind is subscriptions.EndingKind.NOW}


def _telephone(line: subscriptions.Subscription, book: PolicyBook, request: Request) -> dict[str, object]:
    """What is left on a telephone line once its months are paid, and where it may go."""
    rest = rest_of(line, book=book, at=request.at)
    others = [
        (one.id, Text(f"转到 {one.state.number}", f"To {one.state.number}"))
        for one in others_of(line, at=request.at)
    ]
    balance = (TO_BALANCE, Text("转入客户的预存余额", "To the customer's prepaid balance"))
    given_up = (GIVEN_UP, Text("客户书面放弃", "Given up in writing"))
    asked = ("", Text("请先问客户", "ask the customer"))
    return {
        "telephone": True, "rest": rest.whole, "left": rating.yuan(rest.left), "fees": rating.yuan(rest.fees),
        "rests": [asked, *others, balance, given_up] if rest.whole > Money.zero() else [],
    }  # fmt: skip


def _rest(request: Request) -> dict[str, str]:
    """Where what is left goes; asked of a telephone line that ends."""
    chosen = request.POST.get("rest", "")
    return {"rest": chosen} if chosen and request.POST.get("outcome") != "stayed" else {}


_ASKED = [pair for pair in subscriptions.CAUSES.items() if pair[0] != subscriptions.Cause.PORTING]
_CAUSES = [("", Text("请先问客户", "ask the customer")), *_ASKED]
"""What is asked about, and nothing chosen beforehand; porting has a page of its own that asks nothing (LAW-05)."""


@permit("basket.edit", methods=("POST",))
def stay(request: Request, subscription_id: int) -> HttpResponse:
    """The customer stays."""
    keep_subscription(subscription_id=SubscriptionId(subscription_id), by=request.actor, at=request.at)
    line = subscriptions.subscription(
        subscription_id=SubscriptionId(subscription_id), scope=request.actor.scope
    )
    return go(request, f"/desk/customers/{line.party_id}?home={line.dwelling_id}")
