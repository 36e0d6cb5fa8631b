"""What the end of a subscription brings about in the other rooms."""

from datetime import datetime

from onehall.contexts.numbers import api as numbers
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor
from onehall.steps.household import FIXED_LINE
from onehall.steps.line_states import close_number, retell


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


def close_talk(
    *, line: subscriptions.Subscription, talk: subscriptions.Talk, kind: subscriptions.EndingKind, book: PolicyBook,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Keeps why the customer leaves and what was offered (CHG-07); a line that ends now is given back."""
    now = kind is subscriptions.EndingKind.NOW
    outcome = subscriptions.Outcome.LEFT if now else subscriptions.Outcome.BOOKED
    subscriptions.record_talk(subscription_id=line.id, talk=talk, outcome=outcome, by=by, at=at)
    if now and line.kind == FIXED_LINE:
        days = book[numbers.QUARANTINE]
        close_number(number=line.account_name, quarantine_days=days, book=book, by=by, at=at)
    elif now:
        give_back(account=line.account_name, book=book, by=by, at=at)
        retell(dwelling_id=line.dwelling_id, book=book, by=by, at=at)


def require_portable(*, line: subscriptions.Subscription, book: PolicyBook, at: datetime) -> None:
    """Raises NotPortable while the conditions of porting out are not met (LAW-14)."""
    subscriptions.check_porting(
        opened_at=line.opened_at, terms=line.terms, binding_months=book[subscriptions.BINDING_MONTHS],
        least_days=book[subscriptions.PORTING_DAYS], at=at,
    )  # fmt: skip
