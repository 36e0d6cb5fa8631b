"""打印用户登记表 Store the registration form of a line as it stands now (ORD-08, REC-01, REC-03)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.documents.contracts import Document
from onehall.foundation.documents.services import issue_document
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId, SubscriptionId
from onehall.steps.registration import registration_form


def issue_registration(*, subscription_id: SubscriptionId, by: Actor, at: datetime) -> Document:
    """It carries name, document and telephone in full: the customer was verified to this person. PurposeNeeded."""
    with transaction():
        by.require("document.print")
        line = subscriptions.subscription(subscription_id=subscription_id, scope=by.scope)
        root = PartyId(customers.root(line.party_id, scope=by.scope))
        if customers.verification_in_force(root, user_id=by.user_id, at=at, scope=by.scope) is None:
            raise customers.PurposeNeeded()
        paper = issue_document(
            registration_form(line, by=by, at=at), hall_id=by.hall_id, serial=line.serial, subject="subscription",
            subject_id=line.id, by=by, at=at,
        )  # fmt: skip
        record(
            action="document.issued", subject="document", subject_id=paper.id, hall_id=by.hall_id, by=by, at=at,
            rule="REC-01", details={"kind": "registration", "serial": line.serial},
        )  # fmt: skip
        return paper
