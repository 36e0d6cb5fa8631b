"""From the printer to the clerk: decisions about ranges of papers that change hands, and papers that are spoilt (RCP-01, RCP-02)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import HallId, UserId


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


class StockRefused(Refusal):
    """Papers that cannot be received or handed over like this."""

    code = "numbers.stock_refused"
    rule = "RCP-02"
    zh = "票据{what}：{why}。"
    en = "{what_en}: {why_en}."
    alternative_zh = "核对封面起止号和是谁经手；每一步都由交的人和收的人两个人办。"
    alternative_en = "Check the numbers on the cover and who handles them: each step takes two people, one gives, one takes."


class SpoiltRefused(Refusal):
    """A paper that cannot be put down as spoilt."""

    code = "numbers.spoilt_refused"
    rule = "RCP-01"
    zh = "票据不能登记作废：{why}。"
    en = "The paper cannot be put down as spoilt: {why_en}."
    alternative_zh = "只作废本台的下一张：照票面填号码，各联收齐，写明原因。已用过的请办当班作废。"
    alternative_en = "Only the counter's next paper is spoilt: its number, every copy and the reason. One that was used is voided with its sale."


def check_spoilt(*, copies: int, present: int, reason: str) -> None:
    """RCP-01: a spoilt paper is kept with every copy and its reason. Raises SpoiltRefused."""
    if not reason.strip():
        raise spoilt("reason", "没有写原因", "its reason is missing")
    if present != copies:
        raise spoilt(
            "copies_present",
            f"一份有 {copies} 联，只有 {present} 联在手里",
            f"it has {copies} copies, {present} are at hand",
        )


def spoilt(field: str, why: str, why_en: str) -> SpoiltRefused:
    """A paper that cannot be put down as spoilt."""
    return SpoiltRefused(field=field, why=why, why_en=why_en)


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
