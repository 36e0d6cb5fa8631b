"""同意与撤回 Keep what the customer agrees to or takes back, with the version of the text they were shown (LAW-30)."""

from datetime import datetime

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId

_WORDS = {
    customers.ConsentKind.NOTICE: ("个人信息告知", "the notice on personal data"),
    customers.ConsentKind.SENSITIVE: ("敏感信息的单独同意", "the separate consent for sensitive data"),
    customers.ConsentKind.CALLS: ("回访电话", "follow-up calls"),
}
PRIVACY_TERMS = "privacy"


def record_consent(
    *, party_id: PartyId, kind: customers.ConsentKind, given: bool, guardian: bool, by: Actor, at: datetime
) -> None:
    """The newest word of a kind holds. Raises PurposeNeeded for a customer who was not verified, ConsentNeeded for a
    withdrawal of what a running service rests on."""
    with transaction():
        by.require("privacy.serve")
        root = PartyId(customers.root(party_id, scope=by.scope))
        if customers.verification_in_force(root, user_id=by.user_id, at=at, scope=by.scope) is None:
            raise customers.PurposeNeeded()
        if not given:
            _check_withdrawal(root, kind, by)
        version = catalogue.wording("terms", PRIVACY_TERMS, scope=by.scope).version
        customers.keep_consent(
            party_id=root, kind=kind, version=version, given=given, guardian=guardian, by=by, at=at
        )
        record(
            action="privacy.consented" if given else "privacy.withdrawn", subject="party", subject_id=root,
            hall_id=by.hall_id, by=by, at=at, rule="LAW-30",
            details={"kind": kind, "version": version, "guardian": guardian},
        )  # fmt: skip


def _check_withdrawal(party_id: PartyId, kind: customers.ConsentKind, by: Actor) -> None:
    members = customers.groups([party_id], scope=by.scope)[party_id]
    live = [
        line
        for one in members
        for line in subscriptions.subscriptions_of(party_id=one, scope=by.scope)
        if line.ended_at is None
    ]
    if not customers.may_withdraw(kind, live_lines=len(live)):
        zh, en = _WORDS[kind]
        raise customers.ConsentNeeded(kind=zh, kind_en=en)
