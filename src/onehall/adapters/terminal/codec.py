"""What a terminal's gateway is told and what it says. Whatever is not signed, or is about something else, says nothing."""

import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from onehall.contexts.acquiring.ports import Answer, Said
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local

SIGNATURE = "X-Signature"
_SAID = {
    "APPROVED": Said.SUCCEEDED, "WAITING": Said.WAITING, "DECLINED": Said.FAILED, "REVERSED": Said.CLOSED, "CANCELLED": Said.CLOSED,
    "REFUNDED": Said.REFUNDED, "REFUND_REFUSED": Said.REFUND_REFUSED, "UNKNOWN_NUMBER": Said.ABSENT,
}  # fmt: skip


def sign(key: bytes, body: bytes) -> str:
    """HMAC-SHA256 of the body, in hexadecimal figures."""
    return hmac.digest(key, body, "sha256").hex()


def is_theirs(key: bytes, body: bytes, signature: str) -> bool:
    """Whether who signed this holds the key."""
    return signature.isascii() and hmac.compare_digest(sign(key, body), signature)


def body(told: Mapping[str, Any]) -> bytes:
    """As it is sent and signed."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def believed(key: bytes, heard: bytes, signature: str) -> dict[str, Any]:
    """What was signed with the key; nothing where it was not, or cannot be read."""
    if not is_theirs(key, heard, signature):
        return {}
    try:
        told = json.loads(heard)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def answer(told: Mapping[str, Any], *, number: str) -> Answer:
    """How the charge of our number stands; UNKNOWN where this is about another, or makes no sense."""
    said = _SAID.get(str(told.get("state")))
    why = str(told.get("message", ""))
    if said is None or told.get("number") != number:
        return Answer(Said.UNKNOWN, why=why)
    if said is not Said.SUCCEEDED:
        return Answer(said, why=why)
    try:
        paid_at = datetime.fromisoformat(str(told["paid_at"]))
        name = name_of(paid_at, str(told["reference"]))
        return Answer(
            said, name, paid_at, Money(int(told["fen"])), payer=masked(str(told["card"])), approval=str(told["approval"])[:12]
        )  # fmt: skip
    except (KeyError, ValueError, TypeError):
        return Answer(Said.UNKNOWN, why="answer")


def name_of(at: datetime, reference: str) -> str:
    """A transaction of a card, as its slip names it: the day and the acquirer's reference. Raises ValueError."""
    if at.tzinfo is None or not (reference.isascii() and reference.isdecimal() and len(reference) == 12):
        raise ValueError(reference)
    return f"S{local(at):%Y%m%d}{reference}"


def masked(card: str) -> str:
    """The last four digits, and never more, also where a gateway sends the whole number."""
    return f"**** {''.join(one for one in card if one.isdecimal())[-4:]}"
