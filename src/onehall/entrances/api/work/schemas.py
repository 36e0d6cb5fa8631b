"""Work orders as JSON. Whom to ring is told one by one, to the installer and to who makes the call (SEC-01, SEC-07)."""

from typing import Annotated, Literal

from pydantic import Field

from onehall.contexts.fieldwork import api as fieldwork
from onehall.entrances.api.shared.paging import Stretch
from onehall.entrances.api.shared.schema import (
    Bilingual,
    Count,
    Day,
    Given,
    Id,
    Moment,
    Sentence,
    Shown,
    Word,
)

Part = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0, le=1e9)]
Stroke = Annotated[list[tuple[Part, Part, Weight, Weight]], Field(max_length=5000)]
Strokes = Annotated[list[Stroke], Field(max_length=200)]


class Case(Shown):
    """A work order; `waiting_until` is the limit of what it waits for, null when closed."""

    id: int
    hall_id: int
    order_id: int
    subscription_id: int | None
    compound: str
    kind: str
    serial: str
    account: str
    address: str
    offering: Bilingual
    points: int
    start_on: Day | None
    accepted_at: Moment
    due_at: Moment
    waiting_until: Moment | None
    state: fieldwork.State
    stage: Bilingual
    project_manager: str
    installer: str
    tries: int


class Cases(Shown):
    """The most urgent first; follow `next` for more."""

    items: list[Case]
    next: str | None


class Contact(Shown):
    """Whom to ask for; masked in lists, in clear where it was asked for on record (SEC-07)."""

    name: str
    phone: str


class Job(Case):
    """A work order with whom to ask for."""

    contact: Contact


class Jobs(Shown):
    """In work first, then by address."""

    items: list[Job]


class Owed(Shown):
    """The longest due first; contacts are masked."""

    items: list[Job]


class CasesAsked(Stretch):
    """Which part of the list; `find` begins a serial or an account."""

    state: fieldwork.State | None = None
    compound: str = Field("", max_length=64)
    find: str = Field("", max_length=64)
    closed: bool = False


class DispatchGiven(Given):
    """Cases handed over together, and to whom (a user's id)."""

    work_orders: list[Id] = Field(min_length=1, max_length=300)
    project_manager: Id


class SignGiven(Given):
    """Cases signed for with one signature on glass; confirming without one takes a session of one's own, not a token (WRK-02)."""

    work_orders: list[Id] = Field(min_length=1, max_length=300)
    strokes: Strokes


class AssignGiven(Given):
    """Who goes (a user's id)."""

    installer: Id


class TestGiven(Given):
    """Measured on the spot."""

    __test__ = False

    down_kbps: Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]
    up_kbps: Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]
    loss_permille: Annotated[int, Field(strict=True, ge=0, le=1000)]
    note: Word = ""


class MaterialGiven(Given):
    """What was used; `own` is the customer's own."""

    code: Word
    quantity: Count
    own: bool = False


class FinishGiven(Given):
    """What was done, and how the customer signed."""

    points: Count
    materials: list[MaterialGiven] = Field([], max_length=100)
    method: Literal["paper", "seal", "strokes"]
    strokes: Strokes = []
    note: Sentence = ""


class NoteGiven(Given):
    """Why nothing could be done."""

    note: Sentence


class SheetGiven(Given):
    """How the sheet that came back is signed."""

    method: Literal["paper", "seal", "strokes"]
    note: Sentence = ""


class CallGiven(Given):
    """One try of the follow-up call; an answered one has a satisfaction of 1 to 5."""

    outcome: fieldwork.CallOutcome
    satisfaction: Annotated[int, Field(strict=True, ge=1, le=5)] | None = None
    handled: Sentence = ""


def drawn(strokes: Strokes) -> fieldwork.Strokes | None:
    """As the room keeps them; None where nothing was drawn."""
    return tuple(tuple(stroke) for stroke in strokes) or None
