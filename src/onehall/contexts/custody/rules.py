"""Deciding about a drawer: values in, values out."""

from collections.abc import Mapping

from onehall.contexts.custody.contracts import FloatDiffers, NotADenomination, NotAMovement
from onehall.foundation.values.money import COINS_AND_NOTES, Money

_PIECES = {piece.fen for piece in COINS_AND_NOTES}
_MOST_PIECES = 100_000  # structural: more pieces than any drawer holds, fewer than overflow a sum


def count_total(counted: Mapping[int, int]) -> Money:
    """The sum of a count, pieces by denomination in fen: {10000: 3, 50: 4} is 302.00. Raises NotADenomination."""
    for piece, count in counted.items():
        if piece not in _PIECES or not 0 <= count <= _MOST_PIECES:
            raise NotADenomination(field=f"pieces_{piece}", piece=Money(piece), count=count)
    return Money(sum(piece * count for piece, count in counted.items()))


def check_float(*, expected: Money, counted: Money, remark: str) -> None:
    """A difference at opening is explained or refused; it is never carried silently into the shift (LAW-40)."""
    if counted != expected and not remark.strip():
        raise FloatDiffers(
            field="remark", expected=expected, counted=counted, difference=abs(counted - expected)
        )


def check_movement(amount: Money, reason: str) -> None:
    """Cash that joins or leaves a drawer says how much and why. Raises NotAMovement."""
    if amount <= Money.zero():
        raise NotAMovement(field="amount")
    if not reason.strip():
        raise NotAMovement(field="reason")
