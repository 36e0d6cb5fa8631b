"""What a clerk may know of a blind count (LAW-40)."""

from dataclasses import dataclass

from onehall.contexts.custody import api as custody
from onehall.foundation.values.money import Money


@dataclass(frozen=True, slots=True)
class CountTold:
    """What the clerk may know of a count; `difference_fen` is None as long as it is blind."""

    turn: int
    amount_fen: int
    told: str
    difference_fen: int | None

    @property
    def amount(self) -> Money:
        """What was counted."""
        return Money(self.amount_fen)

    @property
    def difference(self) -> Money | None:
        """Over (+) or short (-), once it is shown."""
        return None if self.difference_fen is None else Money(self.difference_fen)


def count_told(*, count: custody.Count, blind_counts: int) -> CountTold:
    """What a clerk may know of this count."""
    seen = custody.told(turn=count.turn, difference=count.difference, blind_counts=blind_counts)
    open_ = seen is not custody.Told.COUNT_AGAIN
    return CountTold(count.turn, count.amount.fen, seen.value, count.difference.fen if open_ else None)
