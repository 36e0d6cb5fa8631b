"""What goes in and out about books of papers."""

from typing import Annotated

from pydantic import Field

from onehall.entrances.api.shared.schema import Day, Given, Id, Moment, Sentence, Shown, Word

Papers = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]


class LotGiven(Given):
    """A range from the printer: kind `receipt` or `invoice`, numbers as on the cover, the delivery note."""

    kind: Word
    first: Word
    last: Word
    note: Word


class DrawGiven(Given):
    """A part of a lot for a hall."""

    hall_id: Id
    first: Word
    last: Word


class TakingGiven(Given):
    """How many papers the keeper counted."""

    papers: Papers


class BookGiven(Given):
    """A book for a clerk at a counter, out of what the hall drew."""

    kind: Word
    counter_id: Id
    person: Id
    first: Word
    last: Word


class HolderGiven(Given):
    """The user who has the book from now on."""

    person: Id


class ReturnGiven(Given):
    """How many stubs were counted."""

    stubs: Papers


class SpoiltGiven(Given):
    """The paper in hand: its number, its copies, why it is spoilt."""

    kind: Word
    number: Word
    copies_present: Papers
    reason: Sentence


class SeenGiven(Given):
    """What was counted of one book."""

    book: Id
    stubs: Papers
    voids: Papers
    reason: Word = ""


class StubsGiven(Given):
    """Every book that is due, for the report of a day."""

    day: Day
    books: list[SeenGiven]


class Lot(Shown):
    """A lot; `drawn` papers of it went to halls."""

    id: int
    kind: str
    first_number: str
    last_number: str
    papers: int
    drawn: int
    note: str
    at: Moment


class Draw(Shown):
    """A hall's part of a lot; `taken_at` is null until its keeper counted it, `issued` papers are in books."""

    id: int
    hall_id: int
    kind: str
    first_number: str
    last_number: str
    papers: int
    issued: int
    keeper: int
    at: Moment
    taken_at: Moment | None


class Range(Shown):
    """A book's numbers; `next_number` is empty when it is used up."""

    id: int
    kind: str
    counter_id: int
    first_number: str
    last_number: str
    next_number: str
    remaining: int


class Book(Shown):
    """A book with who holds it."""

    range: Range
    issued_at: Moment
    holder: int | None


class StubsOfBook(Shown):
    """Stubs that wait to be written off; `missing` are numbers on no paper."""

    book: Range
    first_number: str
    last_number: str
    stubs: int
    voids: int
    missing: list[str]


class WrittenOff(Shown):
    """Stubs written off, as they were found."""

    id: int
    book: int
    day: Day
    first_number: str
    last_number: str
    papers: int
    stubs: int
    voids: int
    reason: str
    at: Moment


class Spoilt(Shown):
    """The number put aside."""

    number: str


class Stock(Shown):
    """Lots (headquarters only) and draws in scope, the newest first."""

    lots: list[Lot]
    draws: list[Draw]


class Books(Shown):
    """A hall's books, the newest first."""

    items: list[Book]


class Stubs(Shown):
    """What is due for a day, and what was written off lately."""

    due: list[StubsOfBook]
    written_off: list[WrittenOff]
