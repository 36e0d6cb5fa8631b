"""What a line may be, what it costs a month, and what was delivered for it. Money is in units: whole numbers of 1/10000 yuan."""

from dataclasses import dataclass
from datetime import datetime

from onehall.contexts.voice.contracts import LineState
from onehall.foundation.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Row:
    """A row of calls as it was delivered, with the moment and length read from it; None where they say no such thing."""

    line: int
    call_id: str
    start: str
    caller: str
    callee: str
    seconds: str
    started_at: datetime | None
    length: int | None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a delivery: calls that are new, rows that are none, and rows that came before."""

    delivery: int
    taken: int
    bad: int
    repeated: int


@dataclass(frozen=True, slots=True)
class Unrated:
    """The calls of a line that could not be charged: how many, since when, and the reasons (`Waits`)."""

    calls: int
    since: datetime | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it is charged at a moment: a month's rent, the fee of caller id, and prices per started minute by class."""

    code: str
    name_zh: str
    name_en: str
    rent: int
    caller_id: int
    prices: tuple[tuple[str, int], ...]


class StateRefused(Refusal):
    """A state that no line can have."""

    code = "voice.state_refused"
    rule = "CAT-05"
    zh = "{why}。"
    en = "{why_en}."
    alternative_zh = "请核对后再提交。"
    alternative_en = "Check it and submit again."


def check_state(state: LineState) -> None:
    """Refuses what no line can be: without a number or plan, money below zero, annual credit without its last day (CAT-04)."""
    check_number(state.number)
    if not state.plan:
        raise StateRefused(field="plan", why="没有资费", why_en="The plan is missing")
    for name in ("monthly_credit", "annual_credit", "alarm_threshold"):
        if getattr(state, name) < 0:
            raise StateRefused(field=name, why="金额不能小于零", why_en="An amount cannot be below zero")
    if state.annual_credit and state.annual_credit_until is None:
        raise StateRefused(
            field="annual_credit_until", why="年赠送话费没有到期日", why_en="Annual credit has no last day"
        )


def check_number(number: str) -> None:
    """A telephone number is made of digits. Raises StateRefused."""
    if not (number.isascii() and number.isdigit()):
        raise StateRefused(
            field="number", why="电话号码要是数字", why_en="A telephone number is made of digits"
        )
