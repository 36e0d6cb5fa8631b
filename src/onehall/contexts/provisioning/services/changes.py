"""What changes in a line's life mean for its account: it rests for a while (CHG-03), it goes by another name (CHG-04)."""

import os
import secrets
from collections.abc import Mapping
from datetime import datetime

from onehall.contexts.provisioning import rules
from onehall.contexts.provisioning.contracts import AccountOfAnother, AccountUnknown, SecretPolicy
from onehall.contexts.provisioning.models import BroadbandAccess, Command, PlannedSpeed
from onehall.contexts.provisioning.services.access import move_access
from onehall.foundation.database import in_transaction
from onehall.foundation.values.period import Period

_SALT_BYTES = 16  # structural: 128 bits, RFC 8018 asks for at least 64
_NOBODYS_BYTES = 24  # structural: nobody guesses 192 bits, and nobody is told them


@in_transaction
def pause_access(
    *,
    account: str,
    pause: Period | None,
    starts: Mapping[datetime, datetime],
    valid_until: datetime,
    at: datetime,
) -> None:
    """The account is refused in `pause` and valid longer for it, or with None as before; whoever is on line is told.

    `starts` maps the start of each later term to its new one. Raises AccountUnknown.
    """
    move_access(account=account, starts=starts, valid_until=valid_until, at=at)
    BroadbandAccess.objects.filter(account=account).update(
        paused_from=pause.start if pause else None, paused_until=pause.end if pause else None, updated_at=at
    )


@in_transaction
def rename_access(*, account: str, to: str, policy: SecretPolicy, at: datetime) -> None:
    """The customer dials in as `to` from now on, with the password they have; the old name's is replaced by nobody's.

    Sessions under the old name are cut. Raises AccountUnknown, AccountOfAnother while `to` is in use.
    """
    names = BroadbandAccess.objects.select_for_update().filter(account__in=[account, to]).order_by("account")
    rows = {row.account: row for row in names}
    old, other = rows.get(account), rows.get(to)
    if old is None:
        raise AccountUnknown(account=account)
    if other is not None and other.state == "active" and other.subscription_id != old.subscription_id:
        raise AccountOfAnother(account=to)
    _copy(old, to, cut=other is not None, at=at)
    _give_up(account, policy, at)


def _copy(old: BroadbandAccess, to: str, *, cut: bool, at: datetime) -> None:
    """`to` may do what the old name may, also later; `cut` ends what somebody else began under it before."""
    kept = {field.attname: getattr(old, field.attname) for field in BroadbandAccess._meta.fields}
    kept |= {"updated_at": at, "cut_before": at if cut else None}
    del kept["account"]
    BroadbandAccess.objects.update_or_create(account=to, defaults=kept)
    planned = list(PlannedSpeed.objects.filter(account=old.account))
    PlannedSpeed.objects.filter(account=to).delete()
    for speed in planned:
        speed.account = to
    PlannedSpeed.objects.bulk_create(planned)


def _give_up(account: str, policy: SecretPolicy, at: datetime) -> None:
    nobodys = secrets.token_hex(_NOBODYS_BYTES)
    PlannedSpeed.objects.filter(account=account).delete()
    BroadbandAccess.objects.filter(account=account).update(
        state="withdrawn", nt_hash=rules.nt_hash(nobodys), clear_secret=None, test_until=None, paused_from=None,
        paused_until=None, pbkdf2=rules.pbkdf2(nobodys, salt=os.urandom(_SALT_BYTES), rounds=policy.rounds),
        must_change=True, cut_before=at, updated_at=at,
    )  # fmt: skip
    Command.objects.create(kind="disconnect", account=account, created_at=at, next_attempt_at=at)
