"""客户屏签名 The customer ticks the terms and signs what the counter's display shows (ORD-02, ORD-14, LAW-32)."""

from datetime import datetime

from onehall.contexts.orders import api as orders
from onehall.foundation.database import transaction
from onehall.foundation.documents.display import end_signing, signing
from onehall.foundation.documents.queries import document
from onehall.foundation.documents.signing import Signing
from onehall.foundation.documents.strokes import Pad
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId
from onehall.steps.signing import FormChanged, form_to_sign, keep_strokes, stamp_of


class TermsNotTicked(Refusal):
    """Signed without the terms."""

    code = "acceptance.terms_not_ticked"
    rule = "ORD-14"
    status = 400
    zh = "还没有勾选“已阅读客户须知”（{version} 版）。"
    en = "“I have read the terms” (version {version}) is not ticked."
    alternative_zh = "请阅读客户须知，勾选以后再确认。签名还在，不用重签。"
    alternative_en = "Read the terms, tick them and confirm again. The signature is kept."


def sign_on_display(
    *, request_id: int, shown: str, terms: str, pad: Pad | None, by: Actor, at: datetime
) -> Signing:
    """`shown` is the hash of the form on the display, `terms` the version that was ticked.

    SignedElsewhere, SigningOver, FormChanged, TermsNotTicked, SignatureUnreadable, SignatureTooShort: nothing is recorded.
    """
    with transaction():
        by.require("basket.edit")
        asked = signing(request_id, scope=by.scope)
        basket = orders.keep_still(basket_id=BasketId(asked.subject_id), by=by)
        end_signing(request_id=request_id, stamp=stamp_of(basket), wrong=None, by=by, at=at)
        form = document(asked.document_id, scope=by.scope)
        now = form_to_sign(basket, by=by, at=at)
        if now is None or not now.sha256 == form.sha256 == shown:
            raise FormChanged()
        version = form.content["terms_version"]
        if terms != version:
            raise TermsNotTicked(field="terms", version=version)
        book = policy_book(hall_id=basket.hall_id, at=at)
        keep_strokes(basket, form, pad=pad, terms=version, book=book, by=by, at=at)
        return signing(request_id, scope=by.scope)
