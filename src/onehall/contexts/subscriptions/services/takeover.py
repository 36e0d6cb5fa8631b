"""Subscriptions that come with a register: many at once, taken back as a whole."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from onehall.contexts.subscriptions.contracts import NewSubscription
from onehall.contexts.subscriptions.models import Subscription as SubscriptionRow
from onehall.contexts.subscriptions.models import Term as TermRow
from onehall.foundation.database import copy_in, delete_rows, in_batches, in_transaction, new_ids
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import SubscriptionId
from onehall.foundation.values.period import local

_SUBSCRIPTION = ("id", "party_id", "dwelling_id", "kind", "account_name", "serial", "opened_at", "by_id")
_TERM = (
    "subscription_id", "starts_at", "expires_at", "anchor_day", "months", "offering", "price_version", "price_fen",
    "policy_version", "paid_at",
)  # fmt: skip


@in_transaction
def take_over_subscriptions(
    *, given: Sequence[NewSubscription], opened: Sequence[datetime], by: Actor
) -> tuple[SubscriptionId, ...]:
    """Subscriptions that come with a register, each with the term it is paid for (none of 0 months), in order; `opened` is each form's moment.

    No order stands behind them. The caller has asked `taken_serials` and `live_accounts`; else IntegrityError.
    """
    ids = new_ids(SubscriptionRow, len(given))
    whole = list(zip(ids, given, opened, strict=True))
    copy_in(
        SubscriptionRow,
        _SUBSCRIPTION,
        (
            (i, n.party_id, n.dwelling_id, n.kind, n.account_name, n.serial, moment, by.user_id)
            for i, n, moment in whole
        ),
    )
    copy_in(TermRow, _TERM, (_term(i, n, moment) for i, n, moment in whole if n.bought.months))
    return tuple(SubscriptionId(one) for one in ids)


def _term(subscription_id: int, new: NewSubscription, paid_at: datetime) -> tuple[Any, ...]:
    b = new.bought
    sold = (b.months, b.offering, b.price_version, b.price.fen, b.policy_version)
    return (subscription_id, new.starts_at, new.expires_at, local(new.starts_at).day, *sold, paid_at)


@in_transaction
def withdraw_subscriptions(*, subscription_ids: Sequence[SubscriptionId]) -> tuple[str, ...]:
    """Takes back what came with a register; the account names that are free again. Refused by the database once used."""
    names: list[str] = []
    for some in in_batches(subscription_ids):
        names += SubscriptionRow.objects.filter(pk__any_of=some).values_list("account_name", flat=True)
        delete_rows(TermRow.objects.filter(subscription_id__any_of=some, order_id__isnull=True))
        delete_rows(SubscriptionRow.objects.filter(pk__any_of=some))
    return tuple(names)
