"""A signed basket stays as it was signed; the evidence of it (LAW-32)."""

from dataclasses import dataclass

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import BasketId


@dataclass(frozen=True, slots=True)
class Evidence:
    """A signature on screen as it is kept: the hash of the form that was shown, the strokes, and where the two were joined."""

    basket_id: BasketId
    document: int
    form_sha256: bytes
    strokes: str
    strokes_sha256: bytes


class BasketSigned(Refusal):
    """The customer has signed; what was signed stays as it was."""

    code = "orders.basket_signed"
    rule = "LAW-32"
    zh = "客户已经在这张受理单上签名，不能再增减业务。"
    en = "The customer has signed this form: no service can be added or taken out."
    alternative_zh = "另外要办的，请先收款，再开一张受理单；不办了点“客户不办了”，重新受理。"
    alternative_en = "Take the payment and open another basket for more; or decline this one and start again."
