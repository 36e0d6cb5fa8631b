"""What was used of a book day by day, and whether its stubs are there (RCP-02)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from onehall.contexts.numbers.contracts import BookRange
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import BookId, UserId


@dataclass(frozen=True, slots=True)
class Used:
    """A number of a book that stands on a paper, whether that is void by now."""

    number: str
    void: bool


@dataclass(frozen=True, slots=True)
class BookAt:
    """A book, the last number of it that was written off (None before the first time), and up to when papers were looked at."""

    range: BookRange
    prefix: str
    first: int
    next: int
    width: int
    written_off: int | None
    looked_upto: datetime


@dataclass(frozen=True, slots=True)
class StubsDue:
    """The stubs `first` to `last` wait to be looked through; `missing` are numbers in between that stand on no paper."""

    book: BookRange
    first: int
    last: int
    first_number: str
    last_number: str
    voids: int
    missing: tuple[str, ...]

    @property
    def stubs(self) -> int:
        """How many there should be."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class StubsSeen:
    """What the keeper counted of a book, and why it differs where it does."""

    stubs: int
    voids: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StubsWrittenOff:
    """销号: a book's stubs of a day's report, as they were found."""

    id: int
    book: BookId
    kind: str
    day: date
    first_number: str
    last_number: str
    papers: int
    stubs: int
    voids: int
    voids_due: int
    reason: str
    by: UserId
    at: datetime


class StubsDiffer(Refusal):
    """The stubs found are not those that should be, and nobody said why."""

    code = "numbers.stubs_differ"
    rule = "RCP-02"
    zh = "票据本 {first}—{last}：应有存根 {due} 张、作废 {voids_due} 份，点到 {stubs} 张、{voids} 份，要写明原因。"
    en = "Book {first}–{last}: {due} stubs and {voids_due} void papers are due, {stubs} and {voids} were counted; say why."
    alternative_zh = "再点一遍；仍然不符的，写明原因，登记后不能改。"
    alternative_en = "Count again; where it still differs write the reason: once entered it is never changed."


def stubs_due(at: BookAt, used: Collection[Used]) -> StubsDue | None:
    """RCP-02: what was used of a book up to a moment and is not written off yet; None where that is nothing.

    `used` are the book's papers up to that moment; those written off before are passed over.
    """
    after = at.first - 1 if at.written_off is None else at.written_off
    found = {int(one.number.removeprefix(at.prefix)): one.void for one in used}
    fresh = {number: void for number, void in found.items() if after < number < at.next}
    if not fresh:
        return None
    first, last = after + 1, max(fresh)

    def printed(number: int) -> str:
        return f"{at.prefix}{number:0{at.width}d}"

    missing = tuple(printed(number) for number in range(first, last + 1) if number not in fresh)
    return StubsDue(at.range, first, last, printed(first), printed(last), sum(fresh.values()), missing)


def check_stubs(due: StubsDue, seen: StubsSeen) -> None:
    """RCP-02: a difference needs its reason. Raises StubsDiffer."""
    differs = (seen.stubs, seen.voids) != (due.stubs, due.voids) or bool(due.missing)
    if differs and not seen.reason.strip():
        raise StubsDiffer(
            field=f"reason_{due.book.id}", first=due.first_number, last=due.last_number, due=due.stubs, voids_due=due.voids,
            stubs=seen.stubs, voids=seen.voids,
        )  # fmt: skip
