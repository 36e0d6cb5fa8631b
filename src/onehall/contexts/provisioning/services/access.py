"""The desired state: what accounts may do, since when, and with which secret."""

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from onehall.contexts.provisioning import rules
from onehall.contexts.provisioning.contracts import (
    AccountOfAnother,
    AccountUnknown,
    Grant,
    Granted,
    SecretPolicy,
)
from onehall.contexts.provisioning.models import CLEAR_SECRET, BroadbandAccess, Command, PlannedSpeed
from onehall.foundation.database import (
    Asking,
    asks,
    copy_in,
    delete_rows,
    function,
    in_batches,
    in_transaction,
)
from onehall.foundation.scopes import Actor
from onehall.foundation.vault import encrypt

_PASSWORDS = 10_000  # structural: what a register remembers of its passwords takes a few megabytes
_SALT_BYTES = 16  # structural: 128 bits, RFC 8018 asks for at least 64


@in_transaction
@asks
def grant_access(
    *, grants: Sequence[Grant], policy: SecretPolicy, at: datetime
) -> Asking[tuple[Granted, ...]]:
    """★ Writes what accounts may do and since when, in one call; new ones get the initial secret, renewals keep theirs.

    The secret of a new account is returned once and cannot be read again. Raises AccountUnknown, AccountOfAnother.
    """
    secrets = {grant.account: _initial(policy) if grant.is_new else "" for grant in grants}
    items = [_item(grant, secrets[grant.account], policy) for grant in grants]
    rows = yield function(
        "provisioning_grant", p_items=json.dumps(items, default=datetime.isoformat), p_at=at
    )
    outcomes = {row["account"]: row for row in rows}
    for account, row in outcomes.items():
        if row["outcome"] == "missing":
            raise AccountUnknown(account=account)
        if row["outcome"] == "other":
            raise AccountOfAnother(account=account)
    return tuple(
        Granted(
            account=grant.account,
            secret=secrets[grant.account]
            if outcomes[grant.account]["outcome"] in ("granted", "replaced")
            else "",
            pending=outcomes[grant.account]["pending"],
        )
        for grant in grants
    )


@in_transaction
def take_over_access(
    *,
    grants: Sequence[Grant],
    secrets: Sequence[str],
    hashed: dict[str, tuple[Any, ...]],
    policy: SecretPolicy,
    at: datetime,
) -> None:
    """What accounts of a register may do, each with the password it brings (or the initial one), to be changed (ADR-04).

    Equal passwords share one salted hash: 100,000 accounts with the first password of the hall are hashed once. `hashed` is
    what earlier calls for the same register hashed, and is added to.
    """
    if len(hashed) > _PASSWORDS:
        hashed.clear()
    for secret in dict.fromkeys(secrets):
        if secret not in hashed:
            hashed[secret] = tuple(_hashes(secret or _initial(policy), policy).values())
    for some in in_batches(grants):
        BroadbandAccess.objects.filter(account__any_of=[grant.account for grant in some]).delete()
    copy_in(
        BroadbandAccess,
        ("account", "subscription_id", "nt_hash", "pbkdf2", "clear_secret", "must_change", "valid_from", "valid_until",
         "down_kbps", "up_kbps", "network_profile", "state", "updated_at"),
        (
            (g.account, g.subscription_id, *hashed[secret], True, g.period.start, g.period.end,
             g.down_kbps, g.up_kbps, g.network_profile, "active", at)
            for g, secret in zip(grants, secrets, strict=True)
        ),
    )  # fmt: skip


@in_transaction
def withdraw_accounts(*, accounts: Sequence[str]) -> None:
    """Accounts that came with a register are unknown to the network again."""
    for some in in_batches(accounts):
        delete_rows(PlannedSpeed.objects.filter(account__any_of=some))
        delete_rows(BroadbandAccess.objects.filter(account__any_of=some))


@in_transaction
def restate_access(*, account: str, valid_until: datetime, at: datetime) -> None:
    """Brings the validity back to `valid_until`, after a renewal was taken back; live sessions are told.

    Where that lies before the start of what is in force, nothing of it remains and the account is withdrawn.
    """
    row = BroadbandAccess.objects.select_for_update().filter(account=account).first()
    if row is None:
        raise AccountUnknown(account=account)
    if valid_until <= row.valid_from:
        withdraw_access(account=account, at=at)
        return
    PlannedSpeed.objects.filter(account=account, starts_at__gte=valid_until).delete()
    BroadbandAccess.objects.filter(account=account).update(valid_until=valid_until, updated_at=at)
    _command("refresh" if valid_until > at else "disconnect", account, at)


@in_transaction
def move_access(
    *, account: str, starts: Mapping[datetime, datetime], valid_until: datetime, at: datetime
) -> None:
    """The paid terms of this account begin on other days (ORD-09): `starts` maps each old start to the new one.

    Live sessions are told when what they may do is over sooner. Raises AccountUnknown.
    """
    row = BroadbandAccess.objects.select_for_update().filter(account=account).first()
    if row is None:
        raise AccountUnknown(account=account)
    planned = list(PlannedSpeed.objects.filter(account=account, starts_at__in=list(starts)))
    PlannedSpeed.objects.filter(account=account, starts_at__in=list(starts)).delete()
    for speed in planned:
        speed.starts_at = starts[speed.starts_at]
    PlannedSpeed.objects.bulk_create(planned)
    begins = starts.get(row.valid_from, row.valid_from)
    BroadbandAccess.objects.filter(account=account).update(
        valid_from=begins, valid_until=valid_until, updated_at=at
    )
    if row.valid_from <= at:
        _command("refresh", account, at)


@in_transaction
def withdraw_access(*, account: str, at: datetime) -> None:
    """The account is refused from now on and its sessions are cut (NET-01). An unknown account needs nothing."""
    if BroadbandAccess.objects.filter(account=account, state="active").update(
        state="withdrawn", updated_at=at
    ):
        _command("disconnect", account, at)
    PlannedSpeed.objects.filter(account=account).delete()


@in_transaction
def reset_secret(*, account: str, policy: SecretPolicy, by: Actor, at: datetime) -> str:
    """Gives the account the initial secret again, to be changed by the customer; returned once, for the slip (LAW-03).

    Sessions that know the old secret are cut. Who did it is audited by the journey.
    """
    secret = _initial(policy)
    changed = BroadbandAccess.objects.filter(account=account).update(
        **_hashes(secret, policy), must_change=True, cut_before=at, updated_at=at
    )
    if not changed:
        raise AccountUnknown(account=account)
    _command("disconnect", account, at)
    return secret


def _initial(policy: SecretPolicy) -> str:
    return rules.initial_secret(policy=policy, random=os.urandom(policy.length))


def _hashes(secret: str, policy: SecretPolicy) -> dict[str, Any]:
    return {
        "nt_hash": rules.nt_hash(secret),
        "pbkdf2": rules.pbkdf2(secret, salt=os.urandom(_SALT_BYTES), rounds=policy.rounds),
        "clear_secret": encrypt(secret, context=CLEAR_SECRET) if policy.keep_clear else None,
    }


def _item(grant: Grant, secret: str, policy: SecretPolicy) -> dict[str, Any]:
    hashes = _hashes(secret, policy) if secret else {}
    readable = {name: value.hex() if isinstance(value, bytes) else value for name, value in hashes.items()}
    return {
        "account": grant.account, "subscription": grant.subscription_id, "valid_from": grant.period.start,
        "valid_until": grant.period.end, "down_kbps": grant.down_kbps, "up_kbps": grant.up_kbps,
        "network_profile": grant.network_profile, "must_change": bool(secret), **readable,
    }  # fmt: skip


def _command(kind: str, account: str, at: datetime) -> None:
    Command.objects.create(kind=kind, account=account, created_at=at, next_attempt_at=at)
