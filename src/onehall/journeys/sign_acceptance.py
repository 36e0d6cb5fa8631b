"""客户签名 The customer checks and signs the acceptance form: on paper, or on screen over the form's hash (ORD-02, LAW-32)."""

from datetime import datetime
from typing import Any

from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.documents.contracts import Kind
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.outbox import publish
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId


class NothingToSign(Refusal):
    """No form was issued, or nothing was drawn."""

    code = "acceptance.nothing_to_sign"
    rule = "ORD-02"
    status = 400
    zh = "{why}。"
    en = "{why_en}."
    alternative_zh = "请先出受理单，请客户核对后在签名框内签名。"
    alternative_en = "Issue the form first, let the customer check it and sign inside the box."


def sign_acceptance(
    *, basket_id: BasketId, method: str, strokes: Any, by: Actor, at: datetime
) -> orders.Basket:
    """Keeps the signature with the hash of the form that was signed; the first signature stands."""
    with transaction():
        by.require("basket.edit")
        basket = orders.basket(basket_id=basket_id, scope=by.scope)
        forms = [
            paper
            for paper in documents_of("basket", basket_id, scope=by.scope)
            if paper.kind is Kind.ACCEPTANCE
        ]
        if not forms:
            raise NothingToSign(
                field="strokes", why="还没有出受理单", why_en="No acceptance form has been issued"
            )
        if method == "screen" and not _drawn(strokes):
            raise NothingToSign(field="strokes", why="签名框是空的", why_en="The signature box is empty")
        orders.record_signature(
            basket_id=basket_id,
            method=method,
            strokes=strokes["strokes"] if method == "screen" else None,
            document_sha256=bytes.fromhex(forms[-1].sha256),
            by=by,
            at=at,
        )
        record(
            action="acceptance_form.signed",
            subject="basket",
            subject_id=basket_id,
            hall_id=basket.hall_id,
            by=by,
            at=at,
            rule="ORD-02",
            details={"method": method, "document": forms[-1].id},
        )
        publish(topic="basket.changed", hall_id=basket.hall_id, at=at, payload={"basket": basket_id})
    return basket


def _drawn(strokes: Any) -> bool:
    """Whether the pad's answer holds at least one line."""
    lines = strokes.get("strokes") if isinstance(strokes, dict) else None
    return isinstance(lines, list) and any(isinstance(line, list) and len(line) > 1 for line in lines)
