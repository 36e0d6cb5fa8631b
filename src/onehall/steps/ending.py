"""What the end of a subscription brings about in the other rooms."""

from datetime import datetime

from onehall.contexts.numbers import api as numbers
from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor


def give_back(*, account: str, book: PolicyBook, by: Actor | None, at: datetime) -> None:
    """The network refuses the account from now on, and its name is free as its source allows (ADR-07)."""
    provisioning.withdraw_access(account=account, at=at)
    numbers.release_number(
        kind=numbers.NumberKind.ACCOUNT,
        number=account,
        quarantine_days=book[numbers.QUARANTINE],
        by=by,
        at=at,
    )
