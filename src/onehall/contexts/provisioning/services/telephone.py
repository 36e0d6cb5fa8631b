"""What the telephone network is to have: stated in the transaction of the decision; and a line's service password (ADR-05, LAW-03)."""

import os
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db.models import QuerySet

from onehall.contexts.provisioning import rules
from onehall.contexts.provisioning.models import TelephoneAccess
from onehall.foundation.database import copy_in, delete_rows, in_batches, in_transaction

_SALT_BYTES = 16  # structural: 128 bits, RFC 8018 asks for at least 64


@in_transaction
def state_telephone(*, wish: rules.TelephoneWish, initial: str, rounds: int, at: datetime) -> None:
    """The network is to have the line so. A number in new hands gets the first service password, which must be changed."""
    wanted = {name: value for name, value in asdict(wish).items() if name != "number"}
    held = TelephoneAccess.objects.filter(number=wish.number, subscription_id=wish.subscription_id)
    if held.update(**wanted, updated_at=at):
        return
    secret = {"service_secret": _hash(initial, rounds), "must_change": True}
    TelephoneAccess.objects.update_or_create(
        number=wish.number, defaults={**wanted, **secret, "updated_at": at}
    )


@in_transaction
def rename_telephone(*, number: str, to: str, at: datetime) -> None:
    """The line is known under another number, with the same service password; the old number is nobody's."""
    TelephoneAccess.objects.filter(number=to, state="withdrawn").delete()
    TelephoneAccess.objects.filter(number=number).update(number=to, updated_at=at)


@in_transaction
def set_service_password(*, number: str, secret: str, must_change: bool, rounds: int, at: datetime) -> None:
    """The line has this service password from now on. Raises NoServicePassword for a number that is nobody's line."""
    changed = _living(number).update(
        service_secret=_hash(secret, rounds), must_change=must_change, updated_at=at
    )
    if not changed:
        raise rules.NoServicePassword(number=number)


@in_transaction
def take_over_telephones(
    *, wishes: Sequence[rules.TelephoneWish], initial: str, rounds: int, at: datetime
) -> None:
    """Lines that come with a register, all with one first password, which must be changed (ADR-05)."""
    secret = _hash(initial, rounds)
    columns = (
        "number", "subscription_id", "state", "international_out", "international_in", "caller_id", "call_forward", "service_secret",
        "must_change", "updated_at",
    )  # fmt: skip
    for some in in_batches([wish.number for wish in wishes]):
        delete_rows(TelephoneAccess.objects.filter(number__any_of=some, state="withdrawn"))
    rows = (
        (w.number, w.subscription_id, str(w.state), w.international_out, w.international_in, w.caller_id, w.call_forward, secret, True, at)
        for w in wishes
    )  # fmt: skip
    copy_in(TelephoneAccess, columns, rows)


@in_transaction
def withdraw_telephones(*, subscription_ids: Sequence[int]) -> None:
    """Lines that came with a register are as if they had never been."""
    for some in in_batches(subscription_ids):
        delete_rows(TelephoneAccess.objects.filter(subscription_id__any_of=some))


def _living(number: str) -> QuerySet[TelephoneAccess]:
    return TelephoneAccess.objects.filter(number=number).exclude(state="withdrawn")


def _hash(secret: str, rounds: int) -> str:
    return rules.pbkdf2(secret, salt=os.urandom(_SALT_BYTES), rounds=rounds)
