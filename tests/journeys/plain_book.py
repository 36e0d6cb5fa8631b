"""A book of a hall's cash in plain Python: nothing of the house is asked, so that the house can be held against it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from onehall.contexts.banking import api as banking
from onehall.foundation.database import fetch_all
from onehall.foundation.values.ids import DrawerId
from onehall.foundation.values.money import COINS_AND_NOTES
from onehall.foundation.values.period import local

FLOAT = 50_000


def pieces(fen: int) -> dict[int, int]:
    """Any sum in the fewest notes and coins."""
    found = {}
    for piece in sorted((one.fen for one in COINS_AND_NOTES), reverse=True):
        found[piece], fen = divmod(fen, piece)
    return {piece: number for piece, number in found.items() if number}


@dataclass
class Shift:
    """A drawer as the plain book has it: what lies in it, its sales, how often it was counted, what was said last."""

    id: DrawerId
    cash: int = FLOAT
    handed_over: int = 0
    sales: list[Any] = field(default_factory=list)
    counts: int = 0
    counted: int | None = None
    handed_in: bool = False


@dataclass
class Sent:
    """A bag that left: what it held, when, and what the bank said of it."""

    bag: banking.Bag
    fen: int
    left_on: date
    booked_on: date | None = None
    wrong: int = 0
    explained: bool = False

    def troubles(self, bank_days: int) -> bool:
        """Whether a month's close asks for an explanation: nothing came, it came late, or it was another sum."""
        if self.booked_on is None:
            return True
        return not self.explained and (bool(self.wrong) or (self.booked_on - self.left_on).days > bank_days)


@dataclass
class Accounts:
    """What should stand on each account of cash's way, moved from one to another in whole fen."""

    fen: dict[str, int] = field(default_factory=dict)
    granted: set[str] = field(default_factory=set)

    def move(self, amount: int, *, to: str, out_of: str) -> None:
        """Debit `to`, credit `out_of`."""
        self.fen[to] = self.fen.get(to, 0) + amount
        self.fen[out_of] = self.fen.get(out_of, 0) - amount

    def opened(self, counter: str, off: int) -> None:
        """A float comes to a counter once; what its count was over or short is pending."""
        if counter not in self.granted:
            self.move(FLOAT, to="float", out_of="granted")
            self.granted.add(counter)
        self.move(off, to="drawer", out_of="pending")

    def standing(self) -> dict[str, int]:
        """Accounts on which something stands; what sales earned is no part of cash's way."""
        return {role: fen for role, fen in self.fen.items() if fen and role != "sales"}


def booked() -> dict[str, int]:
    """What the house posted on them."""
    rows = fetch_all(
        "select r.role, sum(g.amount)::bigint as fen from pub_ledger_posting g join pub_ledger_role r on r.account = g.account"
        " group by r.role having sum(g.amount) <> 0"
    )
    return {row["role"]: row["fen"] for row in rows}


def day(at: datetime) -> date:
    """The day in the hall."""
    return local(at).date()
