"""How well a clerk writes down what customers say, counted from the corrections made afterwards (CUS-03)."""

from dataclasses import dataclass

PERCENT = 100  # structural: what a share is told in


@dataclass(frozen=True, slots=True)
class Entries:
    """What a clerk wrote down: entries in all, those with something missing, those with something wrong (CUS-03)."""

    made: int
    incomplete: int
    wrong: int

    @property
    def complete_share(self) -> int | None:
        """Per cent that were complete, rounded down so that nobody reaches a mark by rounding; None without entries."""
        return self._share(self.incomplete)

    @property
    def accurate_share(self) -> int | None:
        """Per cent that were right, rounded down; None without entries."""
        return self._share(self.wrong)

    def _share(self, bad: int) -> int | None:
        return (self.made - bad) * PERCENT // self.made if self.made else None

    def meets(self, required: int) -> bool:
        """Whether at least `required` per cent are right and all are complete; without entries nothing is held against anybody."""
        return self.incomplete == 0 and (self.made - self.wrong) * PERCENT >= required * self.made
