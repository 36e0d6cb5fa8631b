"""自设密码 A customer chooses the password of the broadband, having shown who sits there (LAW-03, SEC-02).

The first password of a hall is the same for everybody and account names can be guessed: whoever changes it gives the last
figures of the document that was registered, else a neighbour could take the account over.
"""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.organisation import api as organisation
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity.contracts import CustomerLocked, ProofFailed
from onehall.foundation.identity.customers import (
    CustomerPresence,
    Doors,
    count_failure,
    end_customer_sessions,
)
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import SubscriptionId


def choose_network_password(
    *, who: CustomerPresence, new: str, proof: str, address: str, at: datetime
) -> None:
    """The network takes `new` from the next dialling on. Raises ProofFailed, CustomerLocked (both counted), and BadSecret or SecretTooEasy."""
    refused: ProofFailed | CustomerLocked | None = None
    with transaction():
        everywhere = Scope.operator()
        hall = organisation.halls(scope=everywhere)[0].id
        book = policy_book(hall_id=hall, at=at)
        line = subscriptions.subscription(
            subscription_id=SubscriptionId(who.subscription_id), scope=everywhere
        )
        if not customers.document_ends_with(line.party_id, proof, scope=everywhere):
            refused = _refuse(who, address, book, hall, at)
        else:
            _choose(who, new, book, hall, at)
    if refused is not None:
        raise refused


def _choose(who: CustomerPresence, new: str, book: PolicyBook, hall: int, at: datetime) -> None:
    provisioning.choose_secret(
        account=who.account, secret=new, policy=provisioning.secret_policy(book),
        least=book[provisioning.OWN_SECRET_LENGTH], at=at,
    )  # fmt: skip
    end_customer_sessions(account=who.account, keep=who.session_id, why="password_changed", at=at)
    record(
        action="portal.password_chosen", subject="subscription", subject_id=who.subscription_id, hall_id=hall, by=None, at=at,
        rule="LAW-03", policy_version=book.version, details={},
    )  # fmt: skip


def _refuse(
    who: CustomerPresence, address: str, book: PolicyBook, hall: int, at: datetime
) -> ProofFailed | CustomerLocked:
    """Counted like a wrong password; where the door closes by it, the session ends too."""
    closed = count_failure(doors=Doors(who.account, address), book=book, at=at)
    if closed is not None:
        end_customer_sessions(account=who.account, keep=None, why="locked", at=at)
    record(
        action="portal.proof_failed", subject="subscription", subject_id=who.subscription_id, hall_id=hall, by=None, at=at,
        rule="SEC-02", details={"locked": closed is not None},
    )  # fmt: skip
    return closed or ProofFailed(field="proof")
