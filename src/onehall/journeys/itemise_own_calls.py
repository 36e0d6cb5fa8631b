"""自助详单 A customer looks at the calls of a line of theirs in full, having pressed its service password (ADR-05, BIL-05, SEC-05).

The first password of a line is the same for everybody: it proves nothing until the customer has changed it at the hall.
"""

from dataclasses import dataclass
from datetime import date, datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity.customers import CustomerPresence, Doors
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import SubscriptionId
from onehall.steps.itemising import Itemised, itemised
from onehall.steps.recharging import line_of_customer
from onehall.steps.service_proof import not_shown

_ALL = Scope.operator()


@dataclass(frozen=True, slots=True)
class CallsAsked:
    """Which line and month, and what was pressed to show who it is."""

    line: int
    month: date
    password: str


def itemise_own_calls(*, asked: CallsAsked, who: CustomerPresence, address: str, at: datetime) -> Itemised:
    """Raises NotFound for somebody else's line, ServicePasswordFailed and CustomerLocked (both counted), FirstServicePassword."""
    with transaction():
        own = subscriptions.subscription(
            subscription_id=SubscriptionId(who.subscription_id), scope=_ALL
        ).party_id
        line, _ = line_of_customer(asked.line, own, at=at, scope=_ALL)
        book = policy_book(hall_id=line.hall, at=at)
        refused = not_shown(line, asked.password, Doors(f"telephone {line.state.number}", address), book, at)
        root = customers.root(own, scope=_ALL)
        record(
            action="portal.calls_refused" if refused else "calls.itemised", subject="party", subject_id=root, hall_id=line.hall, by=None,
            at=at, rule="SEC-05", policy_version=book.version,
            details={"line": line.id, "month": f"{asked.month:%Y-%m}", "proof": refused.code if refused else "service_password"},
        )  # fmt: skip
        found = itemised(voice.month_of_line(line, asked.month, scope=_ALL))
    if refused is not None:
        raise refused
    return found
