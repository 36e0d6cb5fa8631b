"""发访问令牌 Let a programme act for a person in a hall, within that person's permissions; the token is shown once (API-01, SEC-08)."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid4

from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.identity import tokens
from onehall.foundation.identity.contracts import TokenIssued, TokenWanted
from onehall.foundation.identity.policies import TOKEN_DAYS
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, Scope


def issue_token(
    *, wanted: TokenWanted, by: Actor | None, at: datetime, intent: UUID | None = None
) -> TokenIssued:
    """`by` is None for the administrator at the console. Asked again with the same intent, there is no second token and no secret.

    Raises TokenNotIssued, and NotFound for a hall or counter out of reach.
    """
    with transaction():
        if by is not None:
            by.require("token.manage")
            by.scope.require(wanted.hall_id)
        key = intent or uuid4()
        attempt = once(key=key, journey="issue_token", by=by, body=asdict(wanted), at=at) if by else None
        if attempt is not None and attempt.result is not None:
            before = attempt.result
            return TokenIssued(before["id"], "", datetime.fromisoformat(before["expires_at"]))
        organisation.hall(wanted.hall_id, scope=Scope.operator())
        if wanted.counter_id is not None:
            organisation.seat(wanted.counter_id, scope=Scope.of(wanted.hall_id))
        book = policy_book(hall_id=wanted.hall_id, at=at)
        issued = tokens.issue_token(
            wanted=wanted, longest_days=book[TOKEN_DAYS], by=by.user_id if by else None, at=at
        )
        if attempt is not None:
            attempt.finish({"id": issued.id, "expires_at": issued.expires_at.isoformat()})
        _record(wanted, issued, book.version, by, at)
    return issued


def _record(wanted: TokenWanted, issued: TokenIssued, version: int, by: Actor | None, at: datetime) -> None:
    facts = {"name": wanted.name, "staff_no": wanted.staff_no, "counter": wanted.counter_id}
    record(
        action="token.issued", subject="token", subject_id=issued.id, hall_id=wanted.hall_id, by=by, at=at, rule="SEC-08",
        policy_version=version,
        details={**facts, "scopes": sorted(wanted.scopes), "expires_at": issued.expires_at.isoformat()},
    )  # fmt: skip
