"""过户 A line passes to another owner, both present: account, serial and term stay, each keeps a history and a form of their own (SEC-05)."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.identity.customers import end_customer_sessions
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId, PartyId, SubscriptionId
from onehall.foundation.values.text import Text
from onehall.steps import transferring

GIVEN, TAKEN = "transfer_given", "transfer_taken"
_NAMES = {GIVEN: Text("过户转出", "Line passed on"), TAKEN: Text("过户转入", "Line taken over")}


@dataclass(frozen=True, slots=True)
class LineTransferred:
    """The basket of each owner, for the form that each signs."""

    account: str
    given_basket: BasketId
    taken_basket: BasketId


def transfer_line(
    *, subscription_id: SubscriptionId, owner: PartyId, intent: UUID, by: Actor, at: datetime
) -> LineTransferred:
    """Raises TransferRefused, PartyNotVerified, SameOwner; the same intent again answers the same (ORD-13)."""
    with transaction():
        by.require("line.transfer")
        body = {"subscription": subscription_id, "owner": owner}
        attempt = once(key=intent, journey="transfer_line", by=by, body=body, at=at)
        if attempt.result is not None:
            return LineTransferred(**attempt.result)
        line = subscriptions.subscription(subscription_id=subscription_id, scope=by.scope)
        former, owner = transferring.owners_checked(line, owner, by=by, at=at)
        book = policy_book(hall_id=by.hall_id, at=at)
        given = _order(line, former, GIVEN, {"owner": owner}, book, by, at)
        taken = _order(line, owner, TAKEN, {"former": former}, book, by, at)
        subscriptions.change_owner(subscription_id=line.id, owner=owner, by=by, at=at)
        end_customer_sessions(account=line.account_name, keep=None, why="transferred", at=at)
        done = LineTransferred(line.account_name, given.basket_id, taken.basket_id)
        attempt.finish(asdict(done))
        _announce(line, {"former": former, "owner": owner, "orders": [given.id, taken.id]}, book, by, at)
    return done


def _order(
    line: subscriptions.Subscription,
    party_id: PartyId,
    kind: str,
    other: dict[str, int],
    book: PolicyBook,
    by: Actor,
    at: datetime,
) -> orders.Order:
    return orders.order_for_nothing(
        party_id=party_id, business=kind, name=_NAMES[kind], rule="SEC-05", details={"account": line.account_name, **other},
        policy_version=book.version, dwelling_id=line.dwelling_id, subscription_id=line.id, serial=line.serial, by=by, at=at,
    )  # fmt: skip


def _announce(
    line: subscriptions.Subscription, details: dict[str, object], book: PolicyBook, by: Actor, at: datetime
) -> None:
    record(
        action="subscription.transferred", subject="subscription", subject_id=line.id, hall_id=by.hall_id, by=by, at=at,
        rule="SEC-05", policy_version=book.version, details=details,
    )  # fmt: skip
    publish(topic="subscription.changed", hall_id=by.hall_id, at=at, payload={"subscription": line.id})
