"""一次告知 Papers are missing: told once and completely on a slip; the basket waits, with everything in it (ORD-03)."""

from collections.abc import Sequence
from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.documents.contracts import Document
from onehall.foundation.documents.services import issue_document
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId
from onehall.steps import papers_due


def tell_missing_papers(*, basket_id: BasketId, seen: Sequence[str], by: Actor, at: datetime) -> Document:
    """The slip; the basket is on hold for what it lists. NothingMissing, and BasketNotOpen when it was told already."""
    with transaction():
        by.require("basket.edit")
        basket = orders.basket(basket_id=basket_id, scope=by.scope)
        book = policy_book(hall_id=by.hall_id, at=at)
        now = papers_due.tick_off(basket, seen=seen, book=book, by=by, at=at)
        if not now.missing:
            raise customers.NothingMissing()
        form = papers_due.slip(basket, now, by=by, at=at)
        reason = "缺资料：" + "、".join(one.zh for one in form.missing)
        orders.hold_basket(basket_id=basket_id, reason=reason, by=by, at=at)
        paper = issue_document(
            form, hall_id=basket.hall_id, serial=f"{basket_id:08d}", subject="basket", subject_id=basket_id, by=by, at=at
        )  # fmt: skip
        customers.tell_missing(
            party_id=basket.party_id,
            basket_id=basket_id,
            missing=now.missing,
            document_id=paper.id,
            by=by,
            at=at,
        )
        _announce(basket, now, paper, book, by, at)
    return paper


def _announce(
    basket: orders.Basket,
    now: papers_due.Checklist,
    paper: Document,
    book: PolicyBook,
    by: Actor,
    at: datetime,
) -> None:
    record(
        action="basket.papers_told", subject="basket", subject_id=basket.id, hall_id=basket.hall_id, by=by, at=at,
        rule="ORD-03", policy_version=book.version, details={"missing": list(now.missing), "document": paper.id},
    )  # fmt: skip
    publish(topic="basket.changed", hall_id=basket.hall_id, at=at, payload={"basket": basket.id})
