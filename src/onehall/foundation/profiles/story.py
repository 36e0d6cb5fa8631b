"""The shape of a demo story: people, households and what happened to them, told in days before today."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal

StepName = Literal[
    "sell", "dispatch", "sign_dispatch", "assign", "start_visit", "record_test", "finish_visit", "return_sheet",
    "follow_up", "archive", "void", "call", "recharge",
]  # fmt: skip
"""What can happen to a case, in the words of the journeys that the player of the story calls."""


@dataclass(frozen=True, slots=True)
class StoryDwelling:
    """Where a household lives."""

    compound: str
    building: str
    unit: str
    room: str


@dataclass(frozen=True, slots=True)
class StoryCustomer:
    """An invented customer; individuals have an identity card, organisations a credit code and an agent."""

    key: str
    name: str
    phone: str
    number: str
    home: StoryDwelling
    kind: Literal["individual", "organisation"] = "individual"
    agent: str = ""
    registered: int = -7


@dataclass(frozen=True, slots=True)
class StoryDrawer:
    """Whose drawer stands at which counter, opened each day they work; `counted` is its float: pieces by denomination in yuan."""

    by: str
    hall: str
    counter: str
    counted: dict[str, int]


@dataclass(frozen=True, slots=True)
class StoryItem:
    """One line of a basket; `line` of a telephone line its number, features and what is paid ahead in yuan."""

    business: str
    offering: str
    quantity: int = 1
    line: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoryStep:
    """Something done on a day (0 is today, −1 yesterday) by a person; `facts` are the journey's own arguments."""

    do: StepName
    day: int
    time: dt.time
    by: str
    item: tuple[StoryItem, ...] = ()
    tendered: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoryCase:
    """A sale and what followed it; it stands where its last step left it."""

    key: str
    customer: str
    hall: str
    counter: str
    step: tuple[StoryStep, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """demo.toml: a week of business."""

    customer: tuple[StoryCustomer, ...]
    drawer: tuple[StoryDrawer, ...]
    case: tuple[StoryCase, ...]

    def in_order(self) -> list[tuple[StoryCase, StoryStep]]:
        """Every step with its case, as it happened in time."""
        pairs = [(case, step) for case in self.case for step in case.step]
        return sorted(pairs, key=lambda pair: (pair[1].day, pair[1].time))
