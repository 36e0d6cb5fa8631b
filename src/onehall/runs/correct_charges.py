"""更正计费 A month judged again by the tariffs of today: differences are written beside what was charged, nothing is edited (BIL-04)."""

from dataclasses import dataclass
from datetime import date, datetime

from onehall.contexts.voice import api as voice
from onehall.foundation.database import transaction

BATCH = 5000  # structural: calls of one transaction, whatever their number


@dataclass(frozen=True, slots=True)
class Corrected:
    """How many charges changed, and by how much together, in units."""

    changed: int
    difference: int


def correct_charges(*, month: date, at: datetime, batch: int = BATCH) -> Corrected:
    """Run twice, or killed and run again, it corrects once: the second look finds nothing to differ."""
    after, changed, difference = 0, 0, 0
    while True:
        with transaction():
            last, some, more = voice.correct_charges(month=month, after=after, limit=batch, at=at)
        if last is None:
            return Corrected(changed, difference)
        after, changed, difference = last, changed + some, difference + more
