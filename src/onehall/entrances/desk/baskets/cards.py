"""刷卡: a connected terminal is asked, or the slip of another one is typed; a refund's slip likewise (PAY-03)."""

from django.http import HttpResponse

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.orders import api as orders
from onehall.entrances.desk.baskets.charging import onward
from onehall.entrances.desk.counter.forms import intent_of
from onehall.foundation.scopes import NotFound
from onehall.foundation.values.ids import BasketId
from onehall.foundation.values.money import Money
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.ask_charge import ask_charge
from onehall.journeys.note_charge import note_charge
from onehall.journeys.note_refund_slip import note_refund_slip
from onehall.steps.charging import acquirer, put

_CARD, _Way = acquiring.Provider.CARD, acquiring.Way


@permit("payment.take", methods=("POST",))
def card(request: Request, basket_id: int) -> HttpResponse:
    """Has the terminal charge the card, or takes its slip; where that pays the basket, it is settled at once."""
    by, at, typed = request.actor, request.at, request.POST.get("amount", "").strip()
    orders.basket(basket_id=BasketId(basket_id), scope=by.scope)
    slip = _slip(request) if request.POST.get("what") == "slip" else None
    if slip is None:
        acquirer(_CARD)
    asked, new = ask_charge(
        basket_id=BasketId(basket_id), provider=_CARD, way=_Way.SLIP if slip else _Way.TERMINAL,
        amount=Money.yuan(typed) if typed else None, intent=intent_of(request), by=by, at=at, slip=slip,
    )  # fmt: skip
    if new:
        note_charge(number=asked.number, answer=put(asked, code="", at=at), by=by, at=at)
    return onward(request, basket_id)


@permit("payment.take", methods=("POST",))
def refund_slip(request: Request, basket_id: int, charge_id: int) -> HttpResponse:
    """The terminal gave the card its money back; its slip is on record, once."""
    if acquiring.charge(charge_id, scope=request.actor.scope).basket != basket_id:
        raise NotFound(what="这笔收单", what_en="This charge")
    note_refund_slip(
        charge_id=charge_id, slip=_slip(request), intent=intent_of(request), by=request.actor, at=request.at
    )
    return go(request, f"/desk/baskets/{basket_id}/charges")


def _slip(request: Request) -> acquiring.Slip:
    """What was typed from the paper. Raises ChargeRefused."""
    typed = {field: request.POST.get(field, "") for field in ("card", "approval", "reference")}
    return acquiring.slip_of(**typed, at=request.at)
