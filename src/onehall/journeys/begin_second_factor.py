"""登记第二步验证 A person begins to add an app or a passkey, once more with the password (SEC-08)."""

from dataclasses import dataclass
from datetime import datetime

from onehall.foundation.database import transaction
from onehall.foundation.identity import factors
from onehall.foundation.identity.factors import Site
from onehall.foundation.identity.services import require_password
from onehall.foundation.scopes import Actor


@dataclass(frozen=True, slots=True)
class FactorBegun:
    """For an app its `secret` and `uri`; for a passkey the browser's `options` (JSON) and the `token` of this attempt."""

    kind: str
    secret: str = ""
    uri: str = ""
    options: str = ""
    token: str = ""


def begin_second_factor(*, kind: str, password: str, site: Site, by: Actor, at: datetime) -> FactorBegun:
    """Nothing is asked for at sign-in until the device is confirmed. Raises WrongCredentials."""
    with transaction():
        by.require("account.self")
        require_password(user_id=by.user_id, password=password, field="password")
        if kind == factors.PASSKEY:
            options, token = factors.begin_passkey(user_id=by.user_id, site=site, at=at)
            return FactorBegun(kind, options=options, token=token)
        begun = factors.begin_totp(user_id=by.user_id, at=at)
        return FactorBegun(factors.TOTP, secret=begun.secret, uri=begun.uri)
