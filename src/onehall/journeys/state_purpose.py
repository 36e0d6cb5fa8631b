"""说明事由 State why a customer's full record is opened; a request on somebody else's behalf is refused and kept."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.customers.api import AskedByAnother, CaseNotOpen, Purpose, PurposeKind, PurposeStated
from onehall.contexts.orders import api as orders
from onehall.contexts.orders.api import OrderState
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId

_LOGGED = (AskedByAnother, CaseNotOpen, customers.ContactUnknown, customers.ContactExpired)


def state_purpose(*, party_id: PartyId, stated: PurposeStated, by: Actor, at: datetime) -> Purpose:
    """The purpose and until when it holds (SEC-01). A case is an order under way, named by its form serial or number.

    AskedByAnother (SEC-02), CaseNotOpen (SEC-01) and the refusals of whoever cannot act for an organisation (CUS-07) are
    raised after their log has committed.
    """
    with transaction():
        by.require("customer.open")
        try:
            return _stated(party_id, stated, by, at)
        except _LOGGED as refusal:
            refused: Refusal = refusal
            customers.log_refusal(party_id=party_id, refusal=refused, reason=stated.reason, by=by, at=at)
            record(
                action="customer.access_refused",
                subject="party",
                subject_id=party_id,
                hall_id=by.hall_id,
                by=by,
                at=at,
                rule=refused.rule,
                details={"code": refused.code},
            )
    raise refused


def _check_case(party_id: PartyId, stated: PurposeStated, by: Actor) -> None:
    case = stated.case.strip()
    if stated.kind is not PurposeKind.OPEN_CASE or not case:
        return
    under_way = (OrderState.ACCEPTED, OrderState.COMPLETED)
    mine = (
        order
        for member in customers.groups([party_id], scope=by.scope)[party_id]
        for order in orders.orders_of(party_id=member, scope=by.scope)
        if order.state in under_way
    )
    if all(case not in (order.serial, str(order.id)) for order in mine):
        raise CaseNotOpen(field="case", case=case[:40])


def _stated(party_id: PartyId, stated: PurposeStated, by: Actor, at: datetime) -> Purpose:
    _check_case(party_id, stated, by)
    book = policy_book(hall_id=by.hall_id, at=at)
    purpose = customers.state_purpose(party_id=party_id, stated=stated, book=book, by=by, at=at)
    record(
        action="customer.opened",
        subject="party",
        subject_id=party_id,
        hall_id=by.hall_id,
        by=by,
        at=at,
        rule="SEC-01",
        policy_version=book.version,
        details={"purpose_id": purpose.id, "kind": purpose.kind, "verification": purpose.verification},
    )
    if purpose.kind is PurposeKind.BREAK_GLASS:
        publish(topic="customers.break_glass", hall_id=by.hall_id, at=at, payload={"purpose_id": purpose.id})
    return purpose
