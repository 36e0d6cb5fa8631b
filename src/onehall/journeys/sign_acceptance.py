"""客户签名 The customer checks and signs the acceptance form at the desk: on paper, or on this screen (ORD-02, LAW-32)."""

from datetime import datetime

from onehall.contexts.orders import api as orders
from onehall.foundation.database import transaction
from onehall.foundation.documents.strokes import Pad
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId
from onehall.steps.signing import form_to_sign, keep_pen, keep_strokes


class NothingToSign(Refusal):
    """No form was issued."""

    code = "acceptance.nothing_to_sign"
    rule = "ORD-02"
    status = 400
    zh = "还没有出受理单。"
    en = "No acceptance form has been issued."
    alternative_zh = "请先出受理单，请客户核对后在签名框内签名。"
    alternative_en = "Issue the form first, let the customer check it and sign inside the box."


def sign_acceptance(
    *, basket_id: BasketId, method: str, pad: Pad | None, by: Actor, at: datetime
) -> orders.Basket:
    """Keeps the signature with the hash of the form that was signed; the first signature stands.

    NothingToSign, FormChanged; on screen also SignatureUnreadable and SignatureTooShort.
    """
    with transaction():
        by.require("basket.edit")
        basket = orders.keep_still(basket_id=basket_id, by=by)
        if orders.signature(basket_id=basket_id, scope=by.scope) is not None:
            return basket
        form = form_to_sign(basket, by=by, at=at)
        if form is None:
            raise NothingToSign(field="strokes")
        if method == "screen":
            book = policy_book(hall_id=basket.hall_id, at=at)
            keep_strokes(basket, form, pad=pad, terms="", book=book, by=by, at=at)
        else:
            keep_pen(basket, form, by=by, at=at)
    return basket
