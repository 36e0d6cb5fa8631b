"""补录 Say that a basket is typed from a form that was written while the system was down: who, when, why (CON-03)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import PartyId, UserId


def state_paper_form(
    *, party_id: PartyId, given: orders.PaperGiven, staff_no: str, by: Actor, at: datetime
) -> orders.PaperForm:
    """Prices, terms and policies of the basket are those of the moment on paper from here on.

    The writer is somebody of this hall. Raises the refusals of `orders.state_paper`, PaperIncomplete for an unknown writer.
    """
    with transaction():
        by.require("sale.backdate")
        book = policy_book(hall_id=by.hall_id, at=at)
        basket = _open(party_id, book, by, at)
        form = orders.state_paper(
            basket_id=basket.id, given=given, written_by=_writer(staff_no, by),
            longest_hours=book[orders.BACKDATE_LONGEST], by=by, at=at,
        )  # fmt: skip
        record(
            action="basket.backdated", subject="basket", subject_id=basket.id, hall_id=by.hall_id, by=by, at=at,
            rule="CON-03", policy_version=book.version,
            details={"paper": form.number, "written_at": form.written_at.isoformat(), "written_by": form.written_by},
        )  # fmt: skip
        publish(topic="basket.changed", hall_id=by.hall_id, at=at, payload={"basket": basket.id})
        return form


def _open(party_id: PartyId, book: PolicyBook, by: Actor, at: datetime) -> orders.Basket:
    if by.counter_id is None:
        raise NotFound(what="您的台席（请在台席登录）", what_en="Your counter (sign in at a counter)")
    return orders.open_basket(
        hall_id=by.hall_id,
        counter_id=by.counter_id,
        party_id=customers.customer_in_service(party_id=party_id, by=by),
        policy_version=book.version,
        by=by,
        at=at,
    )


def _writer(staff_no: str, by: Actor) -> UserId:
    for person in organisation.people(scope=by.scope, hall_id=by.hall_id):
        if person.staff_no == staff_no.strip() and person.user_id is not None:
            return person.user_id
    raise orders.PaperIncomplete(
        field="written_by", why="填单人不是本厅的工号", why_en="the writer is no staff number of this hall"
    )
