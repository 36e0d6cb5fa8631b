"""The shape of telephone.toml: what plans of fixed lines cost, and the classes of dialled numbers (CAT-05)."""

import datetime as dt
from dataclasses import dataclass

from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text


@dataclass(frozen=True, slots=True)
class TelephonePlan:
    """A plan from a day on (without: the profile's first): rent and caller-id fee a month, and a started minute of each class."""

    code: str
    name: Text
    rent: Money
    caller_id: Money
    minute: dict[str, Money]
    source: str
    valid_from: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Dialled:
    """The class of numbers that begin so; the longest prefix decides, the empty one is for all others."""

    prefix: str
    kind: str
    place: str = ""
    valid_from: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Telephone:
    """telephone.toml of an operator that has telephones."""

    plan: tuple[TelephonePlan, ...]
    dialled: tuple[Dialled, ...]
