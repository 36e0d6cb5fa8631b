"""What a terminal's gateway is told and what it says. Whatever is not signed, or is about something else, says nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from onehall.contexts.acquiring.ports import Answer, Said
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local

_SAID = {
    "APPROVED": Said.SUCCEEDED, "WAITING": Said.WAITING, "DECLINED": Said.FAILED, "REVERSED": Said.CLOSED, "CANCELLED": Said.CLOSED,
    "REFUNDED": Said.REFUNDED, "REFUND_REFUSED": Said.REFUND_REFUSED, "UNKNOWN_NUMBER": Said.ABSENT,
}  # fmt: skip


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
