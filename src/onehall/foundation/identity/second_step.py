"""Between the right password and the session: the second proof, its failures counted like a password's (SEC-08)."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from onehall.foundation.database import in_transaction
from onehall.foundation.identity import factors, services
from onehall.foundation.identity.contracts import AccountLocked, Failed, SecondStepGone, SignedIn, WrongProof
from onehall.foundation.identity.factors import Site
from onehall.foundation.identity.models import SecondStep, User
from onehall.foundation.identity.policies import SECOND_STEP_MINUTES
from onehall.foundation.policy import PolicyBook

_CHALLENGE = 32  # structural: bytes of a passkey's challenge


@dataclass(frozen=True, slots=True)
class Awaited:
    """Whose second proof is awaited, and where they sign in."""

    user_id: int
    staff_no: str
    hall_id: int
    counter_id: int | None


@dataclass(frozen=True, slots=True)
class Proof:
    """What was typed, or what a passkey's device answered (JSON)."""

    code: str = ""
    passkey: str = ""


@in_transaction
def begin(*, user_id: int, hall_id: int, counter_id: int | None, at: datetime) -> str:
    """A token for the browser; older steps of the person are forgotten."""
    token = secrets.token_urlsafe(32)
    SecondStep.objects.filter(user_id=user_id).exclude(hall_id=None).delete()
    SecondStep.objects.create(
        token_hash=services.token_hash(token), user_id=user_id, hall_id=hall_id, counter_id=counter_id,
        challenge=secrets.token_bytes(_CHALLENGE), at=at,
    )  # fmt: skip
    return token


def awaited(*, token: str, book: PolicyBook, at: datetime) -> Awaited:
    """Who is to prove themselves. Raises SecondStepGone."""
    row = _row(token, book, at)
    return Awaited(row.user_id, row.user.staff_no, row.hall_id or 0, row.counter_id)


def hall_of(*, token: str) -> int | None:
    """In which hall the step was begun: its policies judge it."""
    return (
        SecondStep.objects.filter(token_hash=services.token_hash(token))
        .values_list("hall_id", flat=True)
        .first()
    )


def options(*, token: str, site: Site, book: PolicyBook, at: datetime) -> str:
    """What to ask the person's passkeys; "" where they have none. Raises SecondStepGone."""
    row = _row(token, book, at)
    return factors.passkey_options(user_id=row.user_id, challenge=bytes(row.challenge), site=site)


@in_transaction
def finish(
    *, token: str, proof: Proof, site: Site, book: PolicyBook, at: datetime
) -> tuple[SignedIn | Failed, str]:
    """The session, or the failure whose count must be committed; and by which kind of proof. Raises SecondStepGone."""
    row = _row(token, book, at, lock=True)
    user = User.objects.select_for_update().get(pk=row.user_id)
    if user.locked_until is not None and user.locked_until > at:
        return Failed(services.locked(user)), ""
    kind = _proved(row, proof, site, at)
    if not kind:
        refusal = services.count_failure(user, book=book, at=at)
        if isinstance(refusal, AccountLocked):
            row.delete()
            return Failed(refusal), ""
        return Failed(WrongProof(field="code")), ""
    User.objects.filter(pk=user.pk).update(failed_attempts=0, locked_until=None)
    SecondStep.objects.filter(pk=row.pk).delete()
    return services.open_session(user, hall_id=row.hall_id or 0, counter_id=row.counter_id, at=at), kind


def _proved(row: SecondStep, proof: Proof, site: Site, at: datetime) -> str:
    if not proof.passkey:
        return factors.proves_by_code(user_id=row.user_id, code=proof.code, at=at)
    try:
        named = json.loads(proof.passkey)["id"]
        credential = factors.bytes_of(named)
    except (ValueError, KeyError, TypeError):
        return ""
    return factors.proves_by_passkey(
        user_id=row.user_id, challenge=bytes(row.challenge), answer=proof.passkey, credential_id=credential, site=site,
        at=at,
    )  # fmt: skip


def _row(token: str, book: PolicyBook, at: datetime, *, lock: bool = False) -> SecondStep:
    """The step under way and not too old."""
    rows = SecondStep.objects.select_for_update() if lock else SecondStep.objects.select_related("user")
    row = rows.filter(token_hash=services.token_hash(token)).exclude(hall_id=None).first()
    if row is None or at - row.at > timedelta(minutes=book[SECOND_STEP_MINUTES]):
        raise SecondStepGone()
    return row
