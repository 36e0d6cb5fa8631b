"""先外后内、先急后缓: customers before paperwork, what others wait for before the rest, the urgent before the slow (ORD-16)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from onehall.foundation.values.text import Text


class WaitsFor(IntEnum):
    """Who waits until it is done; a smaller number comes first."""

    CUSTOMER = 0
    COLLEAGUE = 1
    PAPER = 2


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that waits for a person. `key` is its own within `kind`; `due` None has no limit. `rank` says how far ahead the
    customer `party_id` stands, `mark` why."""

    kind: str
    key: str
    words: Text
    href: str
    waits_for: WaitsFor
    since: datetime
    due: datetime | None = None
    detail: str = ""
    party_id: int | None = None
    rank: int = 0
    mark: Text | None = None

    def late(self, at: datetime) -> bool:
        """Whether its limit has passed."""
        return self.due is not None and self.due <= at


def in_order(todos: Iterable[Todo]) -> list[Todo]:
    """Customers, then colleagues, then paper; within each whose customer stands ahead (CUS-07), then what is due first, without a
    limit last; then what waits longest."""
    return sorted(todos, key=_place)


def _place(todo: Todo) -> tuple[int, int, bool, datetime, datetime, str, str]:
    return (
        int(todo.waits_for),
        -todo.rank,
        todo.due is None,
        todo.due or todo.since,
        todo.since,
        todo.kind,
        todo.key,
    )
