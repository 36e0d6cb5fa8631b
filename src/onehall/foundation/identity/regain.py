"""Letting somebody in again who lost password or devices, or whom failed attempts locked out (SEC-08)."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password

from onehall.foundation.database import fetch_all, in_transaction
from onehall.foundation.identity.contracts import ResetRefused
from onehall.foundation.identity.models import Grant, RecoveryCode, SecondFactor, SecondStep, User
from onehall.foundation.identity.rules import Powers, may_reset
from onehall.foundation.identity.services import end_sessions_of
from onehall.foundation.refusals import NotFound
from onehall.foundation.values.ids import UserId

_BYTES = 9  # structural: twelve signs, for a password that is changed at its first use
_STANDING = """
    select u.id, u.locked_until, u.must_change, count(f.id) filter (where f.confirmed_at is not null) as devices
    from identity_user u left join identity_secondfactor f on f.user_id = u.id and f.revoked_at is null
    where u.id = any(%(users)s) group by u.id
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a login stands: locked until when, whether its password waits to be changed, how many devices prove it."""

    locked_until: datetime | None
    must_change: bool
    devices: int

    def locked(self, at: datetime) -> bool:
        """Whether failed attempts keep it shut now."""
        return self.locked_until is not None and self.locked_until > at


@dataclass(frozen=True, slots=True)
class Regained:
    """`password` is shown this once and stored nowhere; `devices` and `sessions` are how many ended."""

    password: str
    devices: int
    sessions: int


def standings(user_ids: Collection[int]) -> dict[int, Standing]:
    """How these logins stand, by id."""
    rows = fetch_all(_STANDING, {"users": sorted(user_ids)})
    return {row["id"]: Standing(row["locked_until"], row["must_change"], row["devices"]) for row in rows}


def login_of(staff_no: str) -> tuple[UserId, str]:
    """The login with this staff number and its person's name, or NotFound."""
    row = User.objects.filter(staff_no=staff_no.strip(), is_active=True).first()
    if row is None:
        raise NotFound(what=f"工号 {staff_no} 的登录账号", what_en=f"A login with staff number {staff_no}")
    return UserId(row.pk), row.name


def powers_of(user_id: int) -> Powers:
    """What a login may do where: permission and hall, None for every hall."""
    rows = Grant.objects.filter(user_id=user_id).select_related("role")
    return frozenset((code, row.hall_id) for row in rows for code in row.role.permissions)


def require_power_over(*, user_id: int, by: int) -> None:
    """Whoever hands out a password could use it: nobody does it for somebody who can more, or for whom no person is. Raises ResetRefused."""
    if not User.objects.filter(pk=user_id, is_active=True).exists():
        raise ResetRefused(
            why="这是系统自己的账号，没有人用它登录",
            why_en="this is the system's own login; nobody signs in with it",
        )
    if not may_reset(powers_of(user_id), powers_of(by)):
        raise ResetRefused(
            why="这位员工的权限超过您自己的", why_en="this person's rights reach further than yours"
        )


def require_reason(reason: str) -> str:
    """The reason, trimmed. Raises ResetRefused where there is none."""
    if not reason.strip():
        raise ResetRefused(field="reason", why="没有写原因", why_en="its reason is missing")
    return reason.strip()[:200]


@in_transaction
def regain(*, user_id: int, devices: bool, at: datetime) -> Regained:
    """A new password to be changed at the first sign-in, no lock, no sign-in left open; without `devices` the second factor stays."""
    User.objects.select_for_update().get(pk=user_id)
    password = secrets.token_urlsafe(_BYTES)
    User.objects.filter(pk=user_id).update(
        password=make_password(password), must_change=True, failed_attempts=0, locked_until=None
    )
    ended = end_sessions_of(user_id=user_id, keep=None, why="login_reset", at=at)
    SecondStep.objects.filter(user_id=user_id).delete()
    return Regained(password, _forget_devices(user_id, at) if devices else 0, ended)


def _forget_devices(user_id: int, at: datetime) -> int:
    """Neither a device nor a recovery code opens anything any more; how many devices."""
    RecoveryCode.objects.filter(user_id=user_id).delete()
    SecondFactor.objects.filter(user_id=user_id, confirmed_at=None).delete()
    return SecondFactor.objects.filter(user_id=user_id, revoked_at=None).update(revoked_at=at)


@in_transaction
def unlock(*, user_id: int, at: datetime) -> None:
    """Failed attempts are forgotten; the password stays. Raises ResetRefused where nothing is locked."""
    locked = User.objects.filter(pk=user_id, locked_until__gt=at)
    if not locked.update(failed_attempts=0, locked_until=None):
        raise ResetRefused(why="账号没有锁定", why_en="the account is not locked")
