"""Who comes first where customers wait: by level, then organisations, then everybody in the order they had (CUS-07, ORD-16)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from onehall.contexts.customers import api as customers
from onehall.foundation.scopes import Scope
from onehall.foundation.values.text import Text

Waiting = TypeVar("Waiting")


def first_served(
    rows: Sequence[Waiting], *, party_of: Callable[[Waiting], int | None], at: datetime, scope: Scope
) -> list[tuple[Waiting, Text | None]]:
    """The rows with whoever stands ahead first, and why; among equals the order stays as it was."""
    parties = sorted({party for row in rows if (party := party_of(row))})
    ahead = customers.precedences(parties, at=at, scope=scope) if parties else {}
    nobody = customers.Precedence(0, None)
    known = [(row, ahead.get(party_of(row) or 0, nobody)) for row in rows]
    ordered = sorted(known, key=lambda one: -one[1].rank)
    return [(row, stands.words) for row, stands in ordered]
