"""转账: what the customer transferred is found in the bank's record and pays the basket (PAY-03)."""

from django.http import HttpResponse

from onehall.contexts.banking import api as banking
from onehall.contexts.orders import api as orders
from onehall.entrances.desk.baskets.charging import onward
from onehall.entrances.desk.counter.forms import intent_of
from onehall.foundation.values.ids import BasketId
from onehall.foundation.values.money import Money
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.journeys.claim_transfer import claim_transfer


@permit("payment.take", methods=("POST",))
def transfer(request: Request, basket_id: int) -> HttpResponse:
    """Claims the line that is meant; where that pays the basket, it is settled at once."""
    by = request.actor
    orders.basket(basket_id=BasketId(basket_id), scope=by.scope)
    typed = {field: request.POST.get(field, "") for field in ("reference", "payer")}
    wanted = banking.sought(amount=Money.yuan(request.POST.get("transfer_amount", "")), **typed)
    claim_transfer(
        basket_id=BasketId(basket_id), wanted=wanted, intent=intent_of(request), by=by, at=request.at
    )
    return onward(request, basket_id)
