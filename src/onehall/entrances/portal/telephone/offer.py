"""How a line may be recharged on the web, or in a sentence why not (PAY-03, CAT-06)."""

from typing import Any

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.customers import api as customers
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.entrances.portal.account.guard import CustomerRequest
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import HallId, PartyId, SubscriptionId
from onehall.foundation.values.text import Text
from onehall.steps.online import check_served_online, counter_of, hall_of, online_clerk
from onehall.steps.online_baskets import standing

_EVERYWHERE = Scope.operator()


def offer(line: voice.Line, request: CustomerRequest) -> dict[str, Any]:
    """What the form of this line needs; `why` alone where there is none."""
    known = subscriptions.subscription(subscription_id=line.subscription, scope=_EVERYWHERE)
    hall = hall_of(known)
    book = policy_book(hall_id=hall.id if hall else HallId(line.hall), at=request.at)
    try:
        clerk, providers = check_served_online(line, online_clerk(hall.id) if hall else None, book=book)
    except Refusal as no:
        return {
            "why": Text(
                *(
                    f"{no.sentence(lang)}{' ' if lang == 'en' else ''}{no.alternative(lang)}"
                    for lang in ("zh", "en")
                )
            )
        }
    names = [(one.value, ledger.MEANS_NAMES[ledger.Means(one.value)]) for one in providers]
    least, most = book[voice.LEAST_TOP_UP], book[voice.MOST_TOP_UP]
    here = request.POST.get("line") == str(line.id)
    return {
        "providers": names, "waits": _under_way(clerk, request), "typed": request.POST.get("amount", "")[:20] if here else "",
        "limits": Text(f"{least} 到 {most} 元，付好后自动到帐。", f"{least} to {most} yuan; it counts by itself once it is paid."),
        "words": Text(f"用{names[0][1].zh}充值", f"Recharge by {names[0][1].en}") if len(names) == 1 else Text("充值", "Recharge"),
    }  # fmt: skip


def _under_way(clerk: Actor, request: CustomerRequest) -> acquiring.Charge | None:
    basket = orders.open_basket_of(counter_id=counter_of(clerk), party_id=root_of(request), scope=clerk.scope)
    charges = standing(basket) if basket else ()
    return charges[0] if charges else None


def root_of(request: CustomerRequest) -> PartyId:
    """The record as which the customer is known now."""
    number = SubscriptionId(request.customer.subscription_id)
    party = subscriptions.subscription(subscription_id=number, scope=_EVERYWHERE).party_id
    return customers.root(party, scope=_EVERYWHERE)
