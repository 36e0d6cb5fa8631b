"""换恢复码 Ten new codes for when the device is lost; the old ones open nothing (SEC-08)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity import factors
from onehall.foundation.identity.services import require_password
from onehall.foundation.scopes import Actor


def renew_recovery_codes(*, password: str, by: Actor, at: datetime) -> list[str]:
    """Shown this once. Raises WrongCredentials."""
    with transaction():
        by.require("account.self")
        require_password(user_id=by.user_id, password=password, field="password")
        codes = factors.renew_codes(user_id=by.user_id, at=at)
        record(
            action="identity.codes_renewed", subject="user", subject_id=by.user_id, hall_id=by.hall_id, by=by, at=at,
            rule="SEC-08",
        )  # fmt: skip
    return codes
