"""The second factor: devices of a person, their enrolment and revocation, codes for when a device is lost (SEC-08)."""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

import pyotp
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from onehall.foundation.database import in_transaction
from onehall.foundation.identity.contracts import WrongProof
from onehall.foundation.identity.models import RecoveryCode, SecondFactor, SecondStep, User
from onehall.foundation.identity.rules import good_step
from onehall.foundation.identity.services import token_hash
from onehall.foundation.refusals import NotFound

ISSUER = "OneHall"
TOTP, PASSKEY = "totp", "passkey"
_CODES, _BYTES = 10, 10
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Site:
    """Where the browser is: passkeys hold for one host only. `origin` with scheme and port, `host` without."""

    origin: str
    host: str


@dataclass(frozen=True, slots=True)
class Factor:
    """A device as its person sees it."""

    id: int
    kind: str
    name: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class TotpBegun:
    """Shown this once: `secret` to type, `uri` to scan."""

    id: int
    secret: str
    uri: str


def factors(user_id: int) -> list[Factor]:
    """The devices that prove this person, the oldest first."""
    return [Factor(one.pk, one.kind, one.name, one.made_at, one.used_at) for one in _confirmed(user_id)]


def codes_left(user_id: int) -> int:
    """How many recovery codes are unused."""
    return RecoveryCode.objects.filter(user_id=user_id, used_at=None).count()


@in_transaction
def begin_totp(*, user_id: int, at: datetime) -> TotpBegun:
    """A new secret for an app; what was begun before and never confirmed is forgotten."""
    SecondFactor.objects.filter(user_id=user_id, kind=TOTP, confirmed_at=None).delete()
    secret, user = pyotp.random_base32(), User.objects.get(pk=user_id)
    made = SecondFactor.objects.create(user=user, kind=TOTP, name="", secret=secret, made_at=at)
    return TotpBegun(
        made.pk, secret, pyotp.TOTP(secret).provisioning_uri(name=user.staff_no, issuer_name=ISSUER)
    )


@in_transaction
def confirm_totp(*, user_id: int, code: str, name: str, at: datetime) -> int:
    """The app shows the right code: from now on it is asked for. Raises WrongProof, also where nothing was begun."""
    row = (
        SecondFactor.objects.select_for_update().filter(user_id=user_id, kind=TOTP, confirmed_at=None).first()
    )
    if row is None or not _code_fits(row, code, at):
        raise WrongProof(field="code")
    SecondFactor.objects.filter(pk=row.pk).update(confirmed_at=at, name=_name(name, "验证器 app"))
    return row.pk


@in_transaction
def begin_passkey(*, user_id: int, site: Site, at: datetime) -> tuple[str, str]:
    """What the browser asks the passkey's device (JSON), and the token that its answer comes back with."""
    user, token = User.objects.get(pk=user_id), secrets.token_urlsafe(32)
    options = generate_registration_options(
        rp_id=site.host, rp_name=ISSUER, user_name=user.staff_no, user_display_name=user.name,
        user_id=token_hash(f"passkey {user.pk}"), exclude_credentials=_descriptors(user_id),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )  # fmt: skip
    SecondStep.objects.filter(user=user, hall_id=None).delete()
    SecondStep.objects.create(token_hash=token_hash(token), user=user, challenge=options.challenge, at=at)
    return options_to_json(options), token


@in_transaction
def confirm_passkey(*, user_id: int, token: str, answer: str, name: str, site: Site, at: datetime) -> int:
    """The device answered its challenge: from now on it proves this person. Raises WrongProof."""
    step = SecondStep.objects.filter(token_hash=token_hash(token), user_id=user_id, hall_id=None).first()
    if step is None:
        raise WrongProof()
    try:
        found = verify_registration_response(
            credential=answer, expected_challenge=bytes(step.challenge), expected_rp_id=site.host,
            expected_origin=site.origin,
        )  # fmt: skip
    except (WebAuthnException, ValueError) as error:
        raise WrongProof() from error
    SecondStep.objects.filter(pk=step.pk).delete()
    made = SecondFactor.objects.create(
        user_id=user_id, kind=PASSKEY, name=_name(name, "通行密钥 passkey"), credential_id=found.credential_id,
        public_key=found.credential_public_key, counter=found.sign_count, made_at=at, confirmed_at=at,
    )  # fmt: skip
    return made.pk


@in_transaction
def revoke_factor(*, user_id: int, factor_id: int, at: datetime) -> None:
    """The device proves nothing from now on; a second time changes nothing. NotFound for anybody else's."""
    mine = SecondFactor.objects.filter(pk=factor_id, user_id=user_id)
    if not mine.exists():
        raise NotFound(what="这个设备", what_en="This device")
    mine.filter(revoked_at=None).update(revoked_at=at)


@in_transaction
def renew_codes(*, user_id: int, at: datetime) -> list[str]:
    """Ten new recovery codes, shown this once; the old ones open nothing."""
    RecoveryCode.objects.filter(user_id=user_id).delete()
    codes = [base64.b32encode(secrets.token_bytes(_BYTES)).decode().lower() for _ in range(_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user_id=user_id, code_hash=token_hash(code), made_at=at) for code in codes
    )
    return ["-".join(code[place : place + 4] for place in range(0, len(code), 4)) for code in codes]


@in_transaction
def proves_by_code(*, user_id: int, code: str, at: datetime) -> str:
    """The kind of proof that the typed code is: an app's or a recovery code, used up by this; "" where it proves nothing."""
    for row in _confirmed(user_id).select_for_update():
        if row.kind == TOTP and _code_fits(row, code, at):
            return TOTP
    plain = code.replace("-", "").replace(" ", "").lower()
    spent = RecoveryCode.objects.filter(user_id=user_id, code_hash=token_hash(plain), used_at=None)
    return "recovery" if spent.update(used_at=at) else ""


def passkey_options(*, user_id: int, challenge: bytes, site: Site) -> str:
    """What the browser asks the person's passkeys, as JSON; "" where they have none."""
    known = _descriptors(user_id)
    if not known:
        return ""
    return options_to_json(
        generate_authentication_options(
            rp_id=site.host,
            challenge=challenge,
            allow_credentials=known,
            user_verification=UserVerificationRequirement.PREFERRED,
        )
    )


@in_transaction
def proves_by_passkey(
    *, user_id: int, challenge: bytes, answer: str, credential_id: bytes, site: Site, at: datetime
) -> str:
    """`passkey` where one of this person's passkeys signed the challenge, else ""."""
    row = _confirmed(user_id).select_for_update().filter(kind=PASSKEY, credential_id=credential_id).first()
    if row is None or row.public_key is None:
        return ""
    try:
        found = verify_authentication_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=site.host, expected_origin=site.origin,
            credential_public_key=bytes(row.public_key), credential_current_sign_count=row.counter,
        )  # fmt: skip
    except (WebAuthnException, ValueError):
        return ""
    SecondFactor.objects.filter(pk=row.pk).update(counter=found.new_sign_count, used_at=at)
    return PASSKEY


def _confirmed(user_id: int):  # type: ignore[no-untyped-def]
    return (
        SecondFactor.objects.filter(user_id=user_id, revoked_at=None)
        .exclude(confirmed_at=None)
        .order_by("pk")
    )


def _descriptors(user_id: int) -> list[PublicKeyCredentialDescriptor]:
    known = _confirmed(user_id).filter(kind=PASSKEY)
    return [PublicKeyCredentialDescriptor(id=bytes(one.credential_id)) for one in known]


def _code_fits(row: SecondFactor, code: str, at: datetime) -> bool:
    """A code is good once: its time step is kept, and none before it is taken again."""
    app = pyotp.TOTP(str(row.secret))
    step = good_step(code=code, at=at, last=row.counter, code_of=app.generate_otp)
    if step is None or not compare_digest(app.generate_otp(step), code.replace(" ", "")):
        return False
    return bool(SecondFactor.objects.filter(pk=row.pk, counter__lt=step).update(counter=step, used_at=at))


def bytes_of(name: str) -> bytes:
    """A credential's id as browsers write it. ValueError where it is none."""
    return base64url_to_bytes(name)


def _name(typed: str, otherwise: str) -> str:
    return " ".join(typed.split())[:_LONGEST_NAME] or otherwise
