"""From the printer to the clerk, and what was used of it day by day: decisions about ranges of papers (RCP-01, RCP-02)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from onehall.contexts.numbers.contracts import BookRange
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import BookId, HallId, UserId


@dataclass(frozen=True, slots=True)
class Lot:
    """What came from the printer; `drawn` papers of it went to halls."""

    id: int
    kind: str
    prefix: str
    width: int
    first: int
    last: int
    first_number: str
    last_number: str
    papers: int
    drawn: int
    note: str
    by: UserId
    at: datetime


@dataclass(frozen=True, slots=True)
class Draw:
    """A part of a lot for a hall, taken by its keeper at `taken_at`; `issued` papers of it are in books at counters."""

    id: int
    hall_id: HallId
    kind: str
    first_number: str
    last_number: str
    papers: int
    issued: int
    keeper: UserId
    by: UserId
    at: datetime
    taken_at: datetime | None


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


class StockRefused(Refusal):
    """Papers that cannot be received, handed over or spoilt like this."""

    code = "numbers.stock_refused"
    rule = "RCP-02"
    zh = "票据{what}：{why}。"
    en = "{what_en}: {why_en}."
    alternative_zh = "核对封面起止号和是谁经手；每一步都由交的人和收的人两个人办。"
    alternative_en = "Check the numbers on the cover and who handles them: each step takes two people, one gives, one takes."


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


def check_spoilt(*, copies: int, present: int, reason: str) -> None:
    """RCP-01: a spoilt paper is kept with every copy and its reason. Raises StockRefused."""
    if not reason.strip():
        raise spoilt("reason", "没有写原因", "its reason is missing")
    if present != copies:
        raise spoilt(
            "copies_present",
            f"一份有 {copies} 联，只有 {present} 联在手里",
            f"it has {copies} copies, {present} are at hand",
        )


def spoilt(field: str, why: str, why_en: str) -> StockRefused:
    """A paper that cannot be put down as spoilt."""
    return StockRefused(
        field=field,
        what="不能登记作废",
        what_en="The paper cannot be put down as spoilt",
        why=why,
        why_en=why_en,
    )


def received(field: str, why: str, why_en: str) -> StockRefused:
    """Papers that cannot be received or handed on."""
    return StockRefused(
        field=field, what="不能交接", what_en="The papers cannot change hands", why=why, why_en=why_en
    )


def not_to_oneself(*, giver: UserId, taker: UserId, field: str) -> None:
    """RCP-02: nobody hands papers to himself. Raises StockRefused."""
    if giver == taker:
        raise received(
            field, "不能发给自己，请由另一个人来发", "nobody hands them to himself; somebody else must"
        )


def left_of(first: int, last: int, taken: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The parts of a range that no one took, in order; `taken` lie within it and apart."""
    parts, at = [], first
    for low, high in sorted(taken):
        if at < low:
            parts.append((at, low - 1))
        at = max(at, high + 1)
    if at <= last:
        parts.append((at, last))
    return tuple(parts)
