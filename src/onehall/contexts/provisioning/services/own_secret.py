"""The password that a customer chose: nobody at work ever sees it (LAW-03)."""

import os
from datetime import datetime

from onehall.contexts.provisioning import rules
from onehall.contexts.provisioning.contracts import AccountUnknown, SecretPolicy
from onehall.contexts.provisioning.models import CLEAR_SECRET, BroadbandAccess
from onehall.foundation.database import in_transaction
from onehall.foundation.vault import encrypt

_SALT_BYTES = 16  # structural: 128 bits, RFC 8018 asks for at least 64


@in_transaction
def choose_secret(*, account: str, secret: str, policy: SecretPolicy, least: int, at: datetime) -> None:
    """The account has this password from now on; its session goes on, the next one needs it.

    `least` characters at least. Raises BadSecret, SecretTooEasy, AccountUnknown.
    """
    chosen = rules.check_own_secret(secret, account=account, initial=policy.initial, least=least)
    changed = BroadbandAccess.objects.filter(account=account, state="active").update(
        nt_hash=rules.nt_hash(chosen),
        pbkdf2=rules.pbkdf2(chosen, salt=os.urandom(_SALT_BYTES), rounds=policy.rounds),
        clear_secret=encrypt(chosen, context=CLEAR_SECRET) if policy.keep_clear else None,
        must_change=False,
        updated_at=at,
    )
    if not changed:
        raise AccountUnknown(account=account)
