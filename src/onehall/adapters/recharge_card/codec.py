"""What the platform of recharge cards is told and what it says. Whatever is not signed, or is about something else, says nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from onehall.contexts.acquiring.ports import Answer, Said
from onehall.foundation.values.money import Money

_SAID = {
    "REDEEMED": Said.SUCCEEDED, "REFUSED": Said.FAILED, "CANCELLED": Said.CLOSED, "RESTORED": Said.REFUNDED,
    "RESTORE_REFUSED": Said.REFUND_REFUSED, "UNKNOWN_NUMBER": Said.ABSENT, "WAITING": Said.WAITING,
}  # fmt: skip


def answer(told: Mapping[str, Any], *, number: str) -> Answer:
    """How the redemption of our number stands; UNKNOWN where this is about another, or makes no sense.

    Its transaction is the card itself: a card that a platform redeemed twice breaks the province's constraint.
    """
    said, why = _SAID.get(str(told.get("state"))), str(told.get("message", ""))
    if said is None or told.get("number") != number:
        return Answer(Said.UNKNOWN, why=why)
    if said is not Said.SUCCEEDED:
        return Answer(said, why=why)
    try:
        paid_at, serial = datetime.fromisoformat(str(told["redeemed_at"])), str(told["serial"])
        if paid_at.tzinfo is None or not serial:
            raise ValueError(serial)
        return Answer(said, f"R{serial}"[:64], paid_at, Money(int(told["fen"])), payer=f"**** {serial[-4:]}")
    except (KeyError, ValueError, TypeError):
        return Answer(Said.UNKNOWN, why="answer")
