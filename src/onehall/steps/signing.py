"""The acceptance form that stands, and the customer's signature joined to it (ORD-02, ORD-14, LAW-32)."""

from datetime import datetime

from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.documents import forms
from onehall.foundation.documents.contracts import Document, Kind
from onehall.foundation.documents.display import withdraw_signing
from onehall.foundation.documents.policies import SIGNATURE_INK
from onehall.foundation.documents.queries import document, documents_of
from onehall.foundation.documents.services import issue_document, issue_signed
from onehall.foundation.documents.signed import Signed
from onehall.foundation.documents.strokes import Pad, check_signature, picture, spelled, strokes_hash
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, NotFound, Scope
from onehall.foundation.values.ids import BasketId
from onehall.steps import sale_papers


class FormChanged(Refusal):
    """What would be signed is not what the basket says now."""

    code = "acceptance.form_changed"
    rule = "LAW-32"
    zh = "受理单已经变化，不是屏上显示的内容，没有记下签名。"
    en = "The basket has changed and is not what was shown; no signature was recorded."
    alternative_zh = "请营业员重新出受理单，再请客户核对签名。"
    alternative_en = "Issue the form again and let the customer check and sign it."


class SignatureDue(Refusal):
    """Nothing is to be paid, so that the signature alone says what the customer wanted."""

    code = "acceptance.signature_due"
    rule = "ORD-02"
    zh = "客户还没有签受理单，不收费的业务不能办结。"
    en = "The customer has not signed the form; what costs nothing is not finished without."
    alternative_zh = "请出受理单（F7），请客户核对签名（F8），再办结。"
    alternative_en = "Issue the form (F7), let the customer check and sign it (F8), then finish."


_SOLD = ("services", "total", "customer", "terms_version")
_PARTICULARS = ("paper_number", "phone", "address", "agent")


def form_of(basket: orders.Basket, *, by: Actor, at: datetime) -> Document:
    """The stored form of a basket. Once signed the signed one stands, once paid the paid one; before, a form that says
    something else than the basket is made anew. NotFound while the basket is empty."""
    if not basket.items:
        raise NotFound(what="受理单里的业务", what_en="A service in this basket")
    signed = orders.signature(basket_id=basket.id, scope=by.scope)
    if signed is not None and signed.document_id is not None:
        return document(signed.document_id, scope=by.scope)
    fresh = sale_papers.acceptance(basket=basket, receipt_number="", by=by, at=at)
    standing = [paper for paper in _issued(basket, by) if says_the_same(paper, fresh, basket)]
    if standing:
        return standing[-1]
    paper = issue_document(
        fresh, hall_id=basket.hall_id, serial=f"{basket.id:08d}", subject="basket", subject_id=basket.id, by=by, at=at
    )  # fmt: skip
    if basket.state is orders.BasketState.SETTLED:
        orders.attach_form(
            basket_id=basket.id, document_id=paper.id, sha256=bytes.fromhex(paper.sha256), at=at
        )
    record(
        action="acceptance_form.issued", subject="basket", subject_id=basket.id, hall_id=basket.hall_id, by=by, at=at,
        rule="ORD-02", details={"document": paper.id},
    )  # fmt: skip
    return paper


def stamp_of(basket: orders.Basket) -> str:
    """How the basket stands: its lines. One with other lines is not what was shown."""
    return ",".join(str(item.id) for item in basket.items)


def form_to_sign(basket: orders.Basket, *, by: Actor, at: datetime) -> Document | None:
    """The newest stored form, if it still says what the basket says; None where none was issued. FormChanged."""
    issued = _issued(basket, by)
    if not issued:
        return None
    fresh = sale_papers.acceptance(basket=basket, receipt_number="", by=by, at=at)
    if not says_the_same(issued[-1], fresh, basket):
        raise FormChanged()
    return issued[-1]


def says_the_same(paper: Document, form: forms.Acceptance, basket: orders.Basket) -> bool:
    """Whether the stored paper says what the form says: services, sum, terms, and until it is paid the particulars too. Who
    printed it and when does not count."""
    fresh = forms.as_content(form)
    names = _SOLD if basket.state is orders.BasketState.SETTLED else _SOLD + _PARTICULARS
    return all(paper.content[name] == fresh[name] for name in names)


def check_signed(basket: BasketId, *, scope: Scope) -> None:
    """The customer signed the acceptance form, or the paper form from which the basket is typed. Raises SignatureDue."""
    if orders.paper_form(basket_id=basket, scope=scope) is None and not orders.signature(
        basket_id=basket, scope=scope
    ):
        raise SignatureDue()


def keep_strokes(
    basket: orders.Basket,
    form: Document,
    *,
    pad: Pad | None,
    terms: str,
    book: PolicyBook,
    by: Actor,
    at: datetime,
) -> Document:
    """Issues the signed form, the document of record, and keeps the strokes. SignatureUnreadable, SignatureTooShort."""
    drawn = check_signature(pad, least=book[SIGNATURE_INK])
    kept = spelled(drawn)
    signed = Signed(
        picture=picture(kept), strokes_sha256=strokes_hash(kept).hex(), form_sha256=form.sha256,
        terms_version=terms, signed_at=at,
    )  # fmt: skip
    paper = issue_signed(form, signed=signed, by=by, at=at)
    orders.record_signature(
        basket_id=basket.id, method="screen", strokes=(kept, strokes_hash(kept)), form_sha256=bytes.fromhex(form.sha256), document_id=paper.id,
        by=by, at=at,
    )  # fmt: skip
    announce_signed(basket, paper, method="screen", by=by, at=at)
    return paper


def keep_pen(basket: orders.Basket, form: Document, *, by: Actor, at: datetime) -> None:
    """The customer signed the printed form."""
    orders.record_signature(
        basket_id=basket.id, method="paper", form_sha256=bytes.fromhex(form.sha256), document_id=form.id, by=by, at=at
    )  # fmt: skip
    announce_signed(basket, form, method="paper", by=by, at=at)


def announce_signed(basket: orders.Basket, paper: Document, *, method: str, by: Actor, at: datetime) -> None:
    """What a display still asks is over. The line of the trail holds the hash of the document of record: once sealed, neither can be exchanged unseen."""
    withdraw_signing(subject="basket", subject_id=basket.id, at=at)
    record(
        action="acceptance_form.signed", subject="basket", subject_id=basket.id, hall_id=basket.hall_id, by=by, at=at,
        rule="ORD-02", details={"method": method, "document": paper.id, "sha256": paper.sha256},
    )  # fmt: skip
    publish(topic="basket.changed", hall_id=basket.hall_id, at=at, payload={"basket": basket.id})


def _issued(basket: orders.Basket, by: Actor) -> list[Document]:
    papers = documents_of("basket", basket.id, scope=by.scope)
    return [paper for paper in papers if paper.kind is Kind.ACCEPTANCE]
