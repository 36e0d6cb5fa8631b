"""What crosses the door of the registers room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from onehall.foundation.values.ids import HallId, PartyId, SubscriptionId
from onehall.foundation.values.text import Text


class ImportState(StrEnum):
    """Whether an import stands or was taken back."""

    STANDING = "standing"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Repair:
    """What was put right in a cell, as it stood and as it was taken."""

    row: int
    column: str
    before: str
    after: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to look at in a row that was accepted."""

    row: int
    column: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Fault:
    """The primary reason for which a row is refused."""

    row: int
    column: str
    reason: Text
    code: str
    rule: str


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a sheet; only accepted rows are repaired or warned."""

    rows: int = 0
    repaired: list[Repair] = field(default_factory=list)
    warnings: list[Caution] = field(default_factory=list)
    errors: list[Fault] = field(default_factory=list)

    @property
    def accepted(self) -> int:
        """Rows without a fault; none of a sheet that was refused as a whole."""
        return max(0, self.rows - len(self.errors))

    def with_more(self, more: "Report") -> "Report":
        """What came of these rows and of those that follow."""
        return Report(
            self.rows + more.rows,
            self.repaired + more.repaired,
            self.warnings + more.warnings,
            self.errors + more.errors,
        )


@dataclass(frozen=True, slots=True)
class RowKept:
    """One accepted row as it goes into the book. `key` is what it is found by (an account, a number)."""

    row: int
    day: date | None
    key: str
    texts: Mapping[str, str]
    serial: str = ""
    party_id: PartyId | None = None
    subscription_id: SubscriptionId | None = None
    party_is_new: bool = False


@dataclass(frozen=True, slots=True)
class ImportMade:
    """One import: which book, which file, how much of it, by whom and when."""

    id: int
    format: str
    hall_id: HallId
    file_name: str
    digest: bytes
    rows: int
    accepted: int
    repaired: int
    warned: int
    state: ImportState
    by_name: str
    at: datetime
    undone_at: datetime | None
    undone_by: str
