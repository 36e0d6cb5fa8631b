"""第二步验证生效 The device has proved itself: it is asked for at every sign-in from now on (SEC-08)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity import factors
from onehall.foundation.identity.factors import Site
from onehall.foundation.scopes import Actor


def confirm_second_factor(
    *, name: str, code: str, token: str, answer: str, site: Site, by: Actor, at: datetime
) -> list[str]:
    """By a code of the app, or by a passkey's `answer` to its attempt. The recovery codes with the first device, else nothing.

    Raises WrongProof.
    """
    with transaction():
        by.require("account.self")
        first = not factors.factors(by.user_id)
        if answer:
            made = factors.confirm_passkey(
                user_id=by.user_id, token=token, answer=answer, name=name, site=site, at=at
            )
        else:
            made = factors.confirm_totp(user_id=by.user_id, code=code, name=name, at=at)
        codes = factors.renew_codes(user_id=by.user_id, at=at) if first else []
        record(
            action="identity.factor_added", subject="user", subject_id=by.user_id, hall_id=by.hall_id, by=by, at=at,
            rule="SEC-08", details={"device": made, "kind": factors.PASSKEY if answer else factors.TOTP},
        )  # fmt: skip
    return codes
