"""What the customer sees of recharges: how one that was asked for stands."""

from typing import Any

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.customers import api as customers
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.contexts.rating import api as rating
from onehall.contexts.voice import api as voice
from onehall.entrances.portal.account.guard import CustomerRequest
from onehall.entrances.portal.telephone.offer import root_of
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.documents.typesetting import verify_url
from onehall.foundation.refusals import NotFound
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PaymentId
from onehall.steps.collection import RECEIPT
from onehall.steps.online import online_clerk
from onehall.steps.online_baskets import line_of

_EVERYWHERE = Scope.operator()
_State = acquiring.State


def own_charge(charge_id: int, request: CustomerRequest) -> tuple[acquiring.Charge, orders.Basket]:
    """A recharge that this customer asked for on the web. Raises NotFound for any other."""
    charge = acquiring.charge(charge_id, scope=_EVERYWHERE)
    basket = orders.basket(basket_id=charge.basket, scope=_EVERYWHERE)
    clerk = online_clerk(charge.hall)
    if (
        clerk is None
        or charge.counter != clerk.counter_id
        or customers.root(basket.party_id, scope=_EVERYWHERE) != root_of(request)
    ):
        raise NotFound(what="这笔充值", what_en="This recharge")
    return charge, basket


def recharge_facts(charge_id: int, request: CustomerRequest) -> dict[str, Any]:
    """The code while it is to be paid; then what became of it."""
    charge, basket = own_charge(charge_id, request)
    line = line_of(basket, at=request.at)
    booking = charge.usable and basket.state is orders.BasketState.OPEN
    facts: dict[str, Any] = {
        "charge": charge, "line": line, "here": f"/my/recharges/{charge.id}", "provider": ledger.MEANS_NAMES[ledger.Means(charge.provider.value)],
        "waits": charge.open or booking, "booking": booking, "code": _drawn(charge.code_url) if charge.open and charge.code_url else "",
        "given_back": charge.state in (_State.REFUNDING, _State.REFUND_REFUSED, _State.REFUNDED),
    }  # fmt: skip
    if charge.payment is None or facts["given_back"]:
        return facts
    left = rating.yuan(voice.balance(line.id, scope=_EVERYWHERE))
    return {**facts, "paid": True, "left": left, **_receipt(charge.payment)}


def _receipt(payment: PaymentId) -> dict[str, Any]:
    """The electronic receipt, and the code by which anybody can see that it is ours (REC-03)."""
    found = ledger.receipts_of_payment(payment, scope=_EVERYWHERE)[-1]
    code = documents_of(RECEIPT, found.id, scope=_EVERYWHERE)[0].code
    return {"receipt": found, "proof": code, "proof_drawn": _drawn(verify_url(code, settings.BASE_URL))}


def _drawn(content: str) -> SafeString:
    """Drawn here; nobody else learns what is in it."""
    return mark_safe(segno.make(content, error="m").svg_inline(light="#fff", omitsize=True))  # noqa: S308 - drawn by us
