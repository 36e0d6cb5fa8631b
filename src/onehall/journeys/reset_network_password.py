"""STUB until branch commands is merged."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.database import transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor


@dataclass(frozen=True, slots=True)
class PasswordReset:
    """What is for the slip."""

    account: str
    secret: str
    pending: bool = True


def reset_network_password(*, account: str, intent: UUID, by: Actor, at: datetime) -> PasswordReset:
    """The new password."""
    with transaction():
        policy = provisioning.secret_policy(policy_book(hall_id=by.hall_id, at=at))
        return PasswordReset(account, provisioning.reset_secret(account=account, policy=policy, by=by, at=at))
