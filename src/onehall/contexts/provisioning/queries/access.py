"""Reads of the provisioning room. Secrets are opened for the RADIUS server alone, never for a person (LAW-03)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Max

from onehall.contexts.provisioning import rules
from onehall.contexts.provisioning.contracts import AccessState, DeviceUnknown
from onehall.contexts.provisioning.models import (
    CLEAR_SECRET,
    DEVICE_SECRET,
    AccessDevice,
    BroadbandAccess,
    Command,
    PlannedSpeed,
)  # fmt: skip
from onehall.contexts.provisioning.rules import DeviceState, ServerClient
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import SubscriptionId
from onehall.foundation.values.period import Period
from onehall.foundation.vault import VaultError, decrypt

_VISIBLE = (
    "account", "subscription_id", "valid_from", "valid_until", "down_kbps", "up_kbps", "network_profile", "must_change",
    "state", "updated_at", "paused_from", "paused_until",
)  # fmt: skip


def access(*, account: str, at: datetime, scope: Scope) -> AccessState | None:
    """What the network does with an account at `at`; None if it does not know it."""
    return next(iter(accesses(accounts=[account], at=at, scope=scope)), None)


def accesses(*, accounts: Iterable[str], at: datetime, scope: Scope) -> tuple[AccessState, ...]:
    """Several accounts at once, by name. A speed planned for a later term shows when that term has begun."""
    del scope  # the network is the operator's; whose account it is was asked before
    names = list(accounts)
    pending = set(
        Command.objects.filter(account__in=names, done_at__isnull=True).values_list("account", flat=True)
    )
    planned = {
        speed.account: speed
        for speed in PlannedSpeed.objects.filter(account__in=names, starts_at__lte=at).order_by("starts_at")
    }
    rows = BroadbandAccess.objects.filter(account__in=names).only(*_VISIBLE).order_by("account")
    return tuple(_state(row, planned.get(row.account), row.account in pending, at) for row in rows)


def devices(*, scope: Scope) -> tuple[DeviceState, ...]:
    """Every access device, those in service first, by name."""
    del scope  # the network is the operator's
    rows = AccessDevice.objects.defer("secret").order_by("state", "name")
    return tuple(_device(row) for row in rows)


def device(*, device_id: int, scope: Scope) -> DeviceState:
    """One access device. Raises DeviceUnknown."""
    del scope  # the network is the operator's
    row = AccessDevice.objects.defer("secret").filter(pk=device_id).first()
    if row is None:
        raise DeviceUnknown(device=device_id)
    return _device(row)


def server_clients(*, scope: Scope) -> tuple[ServerClient, ...]:
    """The access devices in service with their open secrets, for the RADIUS server; without those that do not open."""
    del scope  # read by the machine that configures the server
    rows = AccessDevice.objects.filter(state="active").order_by("pk")
    opened = ((row, _opened(row.secret, DEVICE_SECRET)) for row in rows)
    return tuple(
        ServerClient(row.pk, row.name, row.kind, row.address, secret) for row, secret in opened if secret
    )


def clear_secrets(*, scope: Scope) -> Mapping[str, str]:
    """Open passwords by account, of those whose access device needs CHAP, for the RADIUS server alone (LAW-03)."""
    del scope  # read by the machine that configures the server
    rows = BroadbandAccess.objects.filter(clear_secret__isnull=False).order_by("account")
    kept = rows.values_list("account", "clear_secret")
    opened = ((account, _opened(sealed, CLEAR_SECRET)) for account, sealed in kept)
    return {account: secret for account, secret in opened if secret}


def _opened(sealed: Any, context: str) -> str:
    """Empty where the key is missing or the value was altered."""
    try:
        return decrypt(bytes(sealed), context=context)
    except VaultError:
        return ""


def clear_secrets_state(*, scope: Scope) -> tuple[int, datetime | None]:
    """How many clear passwords there are and when one was last written: what changes when any of them changes."""
    del scope  # read by the machine that configures the server
    kept = BroadbandAccess.objects.filter(clear_secret__isnull=False)
    found = kept.aggregate(count=Count("pk"), newest=Max("updated_at"))
    return found["count"], found["newest"]


def secret_fits(*, account: str, secret: str, rounds: int, scope: Scope) -> bool:
    """Whether this is the account's password; as slow where nobody has the account, so that accounts cannot be tried out."""
    del scope  # asked by whoever says to be the customer
    stored = BroadbandAccess.objects.filter(account=account, state="active").values_list("pbkdf2", flat=True)
    nobodys = rules.pbkdf2("", salt=bytes(16), rounds=rounds)
    return rules.secret_matches(secret, next(iter(stored), nobodys)) and bool(secret)


def first_password_accounts(*, limit: int, scope: Scope) -> tuple[str, ...]:
    """Accounts in use that still have the password they were given: whom a demo's imitated routers can dial in for."""
    del scope  # names only, and of a demo
    rows = BroadbandAccess.objects.filter(must_change=True, state="active").order_by("account")
    return tuple(rows.values_list("account", flat=True)[:limit])


def _device(row: AccessDevice) -> DeviceState:
    return DeviceState(
        row.pk, row.name, row.kind, row.address, row.coa_port, row.place, row.state == "active", row.heard_at, row.failures,
        row.resting_until, row.last_error,
    )  # fmt: skip


def _state(row: BroadbandAccess, planned: PlannedSpeed | None, pending: bool, at: datetime) -> AccessState:
    speed = planned or row
    pause = Period(row.paused_from, row.paused_until) if row.paused_from and row.paused_until else None
    return AccessState(
        account=row.account,
        subscription_id=SubscriptionId(row.subscription_id),
        period=Period(row.valid_from, row.valid_until),
        down_kbps=speed.down_kbps,
        up_kbps=speed.up_kbps,
        network_profile=speed.network_profile,
        must_change=row.must_change,
        standing=rules.standing(
            withdrawn=row.state == "withdrawn",
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            pause=pause,
            at=at,
        ),
        pending=pending,
        updated_at=row.updated_at,
        pause=pause,
    )
