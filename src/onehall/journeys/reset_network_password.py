"""STUB until branch commands is merged."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.database import transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor


def reset_network_password(*, actor: Actor, account: str, intent: UUID, at: datetime) -> str:
    """The new password."""
    with transaction():
        policy = provisioning.secret_policy(policy_book(hall_id=actor.hall_id, at=at))
        return provisioning.reset_secret(account=account, policy=policy, by=actor, at=at)
