"""What the telephone network is to do with a line (VOI-01, BIL-02, CAT-06)."""

from dataclasses import dataclass
from enum import StrEnum

from onehall.contexts.provisioning.rules.refusals import SecretTooEasy
from onehall.foundation.refusals import Refusal

_UP = "0123456789" * 2
_IN_A_ROW = (_UP, _UP[::-1])
"""What anybody presses first: 123456, 987654, 890123."""


class TelephoneState(StrEnum):
    """`suspended` at the customer's wish: no calls at all. `stopped` because nothing is left: nobody is called from it (BIL-02)."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class TelephoneWish:
    """A line as its network is to have it. Emergency numbers are put through whatever stands here (LAW-11)."""

    number: str
    subscription_id: int
    state: TelephoneState
    international_out: bool
    international_in: bool
    caller_id: bool
    call_forward: bool

    @property
    def may_call(self) -> bool:
        """Whether ordinary calls go out."""
        return self.state is TelephoneState.ACTIVE

    @property
    def may_be_called(self) -> bool:
        """Whether calls come in: a customer who owes can still be reached."""
        return self.state in (TelephoneState.ACTIVE, TelephoneState.STOPPED)


@dataclass(frozen=True, slots=True)
class ServicePassword:
    """Of a telephone number: whose line it is, and whether the password is the first one still (ADR-05)."""

    number: str
    subscription_id: int
    must_change: bool


class NoServicePassword(Refusal):
    """The number is nobody's line."""

    code = "telephone.no_service_password"
    rule = "ADR-05"
    status = 404
    zh = "号码 {number} 没有在用的固话。"
    en = "No telephone line in use has the number {number}."
    alternative_zh = "请核对号码。"
    alternative_en = "Check the number."


def wish(
    *, number: str, subscription_id: int, features: tuple[str, ...], suspended: bool, stopped: bool, closed: bool, restricted: bool
) -> TelephoneWish:  # fmt: skip
    """CAT-05, CAT-06, BIL-02: features as the line has them; a restricted line makes and takes no international calls.

    What the customer wants goes before what the customer owes.
    """
    state = (
        TelephoneState.WITHDRAWN if closed
        else TelephoneState.SUSPENDED if suspended
        else TelephoneState.STOPPED if stopped
        else TelephoneState.ACTIVE
    )  # fmt: skip
    return TelephoneWish(
        number=number, subscription_id=subscription_id, state=state, international_out=not restricted,
        international_in=not restricted, caller_id="caller_id" in features, call_forward="call_forward" in features,
    )  # fmt: skip


def check_service_password(secret: str, *, number: str, initial: str, least: int) -> str:
    """Figures that can be pressed on a telephone: long enough, neither the first ones nor the number's, neither all the same nor in a row (ADR-05, LAW-03)."""
    if not (secret.isascii() and secret.isdigit()) or len(secret) < least:
        raise SecretTooEasy(
            field="new", why=f"要至少 {least} 位数字", why_en=f"at least {least} figures are needed"
        )
    if secret in (initial, number) or secret in number or number in secret:
        raise SecretTooEasy(
            field="new",
            why="与初始密码或号码相同",
            why_en="it repeats the first password or the number",
        )
    if len(set(secret)) <= 2 or any(
        secret in row for row in _IN_A_ROW
    ):  # structural: as for the broadband's own password
        raise SecretTooEasy(field="new", why="太简单", why_en="it is too simple")
    return secret
