"""票据本: issued to a counter, used up, back with every stub (RCP-02)."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.contexts.numbers.contracts import BadBookRange, BookRange
from onehall.contexts.numbers.rules.stubs import BookAt
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import UserId

_PRINTED = re.compile(r"([A-Z]{0,6})([0-9]{3,12})")
_MOST = 100_000  # structural: more papers than any printed book holds; a slip of the key, not an order


class BookLife(StrEnum):
    """How far a book is; `USED_UP` waits for its stubs."""

    IN_USE = "in_use"
    USED_UP = "used_up"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class BookBack:
    """Who took the stubs of a used-up book, when."""

    stubs: int
    by: UserId
    at: datetime


@dataclass(frozen=True, slots=True)
class BookHeld:
    """A book of a hall: its range, when it was issued, its return, who holds it (None: nobody in particular), what is written off."""

    range: BookRange
    size: int
    issued_at: datetime
    back: BookBack | None
    holder: UserId | None
    at: BookAt


class ReturnRefused(Refusal):
    """A book comes back used up and with every stub, once."""

    code = "numbers.return_refused"
    rule = "RCP-02"
    zh = "票据本 {first}—{last} 不能收回：{why}。"
    en = "The book {first}–{last} cannot be taken back: {why_en}."
    alternative_zh = "用完的票据本连同全部存根（作废的各联也在内）一起交回；缺的先查清。"
    alternative_en = "A used-up book comes back with every stub, void ones with all copies; find out about a missing one first."


def life(held: BookHeld) -> BookLife:
    """RCP-02: in use while a number is left, then waiting for its stubs, then returned."""
    if held.back is not None:
        return BookLife.RETURNED
    return BookLife.IN_USE if held.range.remaining else BookLife.USED_UP


def range_typed(first: str, last: str) -> tuple[str, int, int, int]:
    """Prefix, width, first and last number as they stand on a cover, e.g. "0020001" to "0020050". Raises BadBookRange."""
    one, other = (_PRINTED.fullmatch("".join(typed.split()).upper()) for typed in (first, last))
    if one is None or other is None or (one[1], len(one[2])) != (other[1], len(other[2])):
        raise BadBookRange(field="first", first=first.strip() or "—", last=last.strip() or "—")
    low, high = int(one[2]), int(other[2])
    if not 0 <= high - low < _MOST:
        raise BadBookRange(field="last", first=first.strip(), last=last.strip())
    return one[1], len(one[2]), low, high


def check_return(held: BookHeld, *, stubs: int) -> None:
    """RCP-02: used up, all stubs written off and there, not returned before. Raises ReturnRefused."""
    left = held.range.remaining
    if held.back is not None:
        raise _no(held, "已经收回过", "it was returned before")
    if left:
        raise _no(held, f"还有 {left} 张没有用", f"{left} numbers are unused")
    if held.at.written_off != held.at.next - 1:
        raise _no(held, "存根还没有全部销号", "its stubs are not all written off")
    if stubs != held.size:
        raise _no(
            held,
            f"应有存根 {held.size} 张，点到 {stubs} 张",
            f"{held.size} stubs are due, {stubs} were counted",
        )


def _no(held: BookHeld, why: str, why_en: str) -> ReturnRefused:
    return ReturnRefused(
        field="stubs", first=held.range.first_number, last=held.range.last_number, why=why, why_en=why_en
    )
