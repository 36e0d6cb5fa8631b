"""撤销访问令牌 From this moment on the token opens nothing (SEC-08)."""

from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity import tokens
from onehall.foundation.identity.contracts import TokenLine
from onehall.foundation.scopes import Actor, Scope


def revoke_token(*, token_id: int, by: Actor | None, at: datetime) -> TokenLine:
    """The token as it was; revoking it again changes nothing. `by` is None for the administrator at the console."""
    with transaction():
        if by is not None:
            by.require("token.manage")
        line = tokens.revoke_token(token_id=token_id, at=at, scope=by.scope if by else Scope.operator())
        if line.revoked_at is None:
            record(
                action="token.revoked",
                subject="token",
                subject_id=token_id,
                hall_id=line.hall_id,
                by=by,
                at=at,
                rule="SEC-08",
                details={"name": line.name, "staff_no": line.staff_no},
            )
    return line
