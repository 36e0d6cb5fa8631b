"""出受理单 Issue the one acceptance form of a basket, before or after it is paid; asked again, the same paper (ORD-02, ORD-14)."""

from datetime import datetime

from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.documents import forms
from onehall.foundation.documents.contracts import Document, Kind
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.documents.services import issue_document
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import BasketId
from onehall.steps import sale_papers


def issue_acceptance_form(*, basket_id: BasketId, by: Actor, at: datetime) -> Document:
    """The stored form. Before payment it is made anew while the basket still changes; once paid it stands."""
    with transaction():
        by.require("document.print")
        basket = orders.basket(basket_id=basket_id, scope=by.scope)
        if not basket.items:
            raise NotFound(what="受理单里的业务", what_en="A service in this basket")
        form = sale_papers.acceptance(basket=basket, receipt_number="", by=by, at=at)
        standing = [
            paper
            for paper in documents_of("basket", basket_id, scope=by.scope)
            if paper.kind is Kind.ACCEPTANCE and _says_the_same(paper, form)
        ]
        if standing:
            return standing[-1]
        paper = issue_document(
            form,
            hall_id=basket.hall_id,
            serial=f"{basket_id:08d}",
            subject="basket",
            subject_id=basket_id,
            by=by,
            at=at,
        )
        if basket.state is orders.BasketState.SETTLED:
            orders.attach_form(
                basket_id=basket_id, document_id=paper.id, sha256=bytes.fromhex(paper.sha256), at=at
            )
        record(
            action="acceptance_form.issued",
            subject="basket",
            subject_id=basket_id,
            hall_id=basket.hall_id,
            by=by,
            at=at,
            rule="ORD-02",
            details={"document": paper.id},
        )
    return paper


def _says_the_same(paper: Document, form: forms.Acceptance) -> bool:
    """Whether the stored paper has the services and the sum of the form; who printed it and when does not count."""
    fresh = forms.as_content(form)
    return all(
        paper.content[name] == fresh[name] for name in ("services", "total", "customer", "terms_version")
    )
