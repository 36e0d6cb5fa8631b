"""充值卡: its number and secret are asked of the platform once, and kept nowhere (PAY-03)."""

from django.http import HttpResponse

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.orders import api as orders
from onehall.entrances.desk.baskets.charging import onward
from onehall.entrances.desk.counter.forms import intent_of
from onehall.foundation.values.ids import BasketId
from onehall.foundation.values.money import Money
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.journeys.ask_charge import ask_charge
from onehall.journeys.note_charge import note_charge
from onehall.steps.charging import acquirer, put


@permit("payment.take", methods=("POST",))
def redeem(request: Request, basket_id: int) -> HttpResponse:
    """Redeems the card; where that pays the basket, it is settled at once."""
    by, at, provider = request.actor, request.at, acquiring.Provider.RECHARGE_CARD
    orders.basket(basket_id=BasketId(basket_id), scope=by.scope)
    code = acquiring.card_code(card=request.POST.get("card_no", ""), secret=request.POST.get("secret", ""))
    acquirer(provider)
    asked, new = ask_charge(
        basket_id=BasketId(basket_id), provider=provider, way=acquiring.Way.REDEEMED,
        amount=Money.yuan(request.POST.get("card_amount", "")), intent=intent_of(request), by=by, at=at,
    )  # fmt: skip
    if new:
        note_charge(number=asked.number, answer=put(asked, code=code, at=at), by=by, at=at)
    return onward(request, basket_id)
