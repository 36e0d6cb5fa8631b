"""短款: missing money is a proposal with evidence; the clerk answers, a named person decides, nothing is cut from pay (PAY-04, LAW-04)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import DrawerId, HallId, UserId
from onehall.foundation.values.money import Money


class Cause(StrEnum):
    """Why money is missing, as far as the one who proposes knows."""

    MISCOUNT = "miscount"
    COUNTERFEIT = "counterfeit"


class Outcome(StrEnum):
    """Who bears it."""

    CLERK = "clerk"
    COMPANY = "company"
    DROPPED = "dropped"


class Standing(StrEnum):
    """How far a proposal is. `SILENT`: the time to answer is over and nothing was said."""

    AWAITED = "awaited"
    ACKNOWLEDGED = "acknowledged"
    OBJECTED = "objected"
    SILENT = "silent"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Shortage:
    """A proposal as it stands; `acknowledged` is None before the clerk answers, `outcome` before somebody decides."""

    id: int
    hall_id: HallId
    drawer_id: DrawerId
    clerk: UserId
    clerk_name: str
    amount: Money
    cause: Cause
    evidence: str
    proposed_by: UserId
    proposed_name: str
    proposed_at: datetime
    answer_by: datetime
    acknowledged: bool | None
    answer: str
    answered_at: datetime | None
    outcome: Outcome | None
    ground: str
    decided_name: str
    decided_at: datetime | None


class ShortageRefused(Refusal):
    """A step that is not this person's, or not now."""

    code = "workforce.shortage_refused"
    rule = "LAW-04"
    zh = "{why}。"
    en = "{why_en}."
    alternative_zh = "短款只是提议：先由本人确认或异议，再由别人决定；系统不扣工资。"
    alternative_en = "A shortage is a proposal: the clerk answers first, then somebody else decides; nothing is cut from pay."


def standing(shortage: Shortage, *, at: datetime) -> Standing:
    """How far it is at a moment."""
    if shortage.outcome is not None:
        return Standing.DECIDED
    if shortage.acknowledged is not None:
        return Standing.ACKNOWLEDGED if shortage.acknowledged else Standing.OBJECTED
    return Standing.AWAITED if at < shortage.answer_by else Standing.SILENT


def may_propose(*, difference: Money, clerk: int, by: int) -> None:
    """PAY-04: only what a confirmed drawer was short of, and never about oneself. Raises ShortageRefused."""
    if difference >= Money.zero():
        raise _no("这个钱箱没有短款", "This drawer is not short")
    if clerk == by:
        raise _no("自己的短款由别人提出", "Somebody else proposes about your own drawer")


def may_answer(shortage: Shortage, *, by: int, at: datetime) -> None:
    """LAW-04: the clerk alone, once, also after the time while nobody has decided. Raises ShortageRefused."""
    if by != shortage.clerk:
        raise _no(f"由{shortage.clerk_name}本人回应", f"{shortage.clerk_name} answers, nobody else")
    now = standing(shortage, at=at)
    if now is Standing.DECIDED:
        raise _no("已经决定", "It is decided already")
    if now not in (Standing.AWAITED, Standing.SILENT):
        raise _no("已经回应过", "It was answered already")


def may_decide(shortage: Shortage, outcome: Outcome, *, by: int, at: datetime) -> None:
    """LAW-04: once answered or after the time, by neither the clerk nor the proposer; PAY-04: the company bears a note that the
    detector did not recognise. Raises ShortageRefused."""
    if by in (shortage.clerk, shortage.proposed_by):
        raise _no("本人和提出人都不能决定", "Neither the clerk nor who proposed it decides")
    now = standing(shortage, at=at)
    if now is Standing.DECIDED:
        raise _no("已经决定", "It is decided already")
    if now is Standing.AWAITED:
        raise _no("本人还没有回应，时间也没有到", "The clerk has not answered and still may")
    if shortage.cause is Cause.COUNTERFEIT and outcome is Outcome.CLERK:
        raise _no(
            "验钞机没有识别的假币由公司处理", "The company bears a note that the detector did not recognise"
        )


def proposed_already() -> ShortageRefused:
    """One proposal for a drawer."""
    return _no("这个钱箱的短款已经提出过", "The shortage of this drawer was proposed already")


def _no(why: str, why_en: str) -> ShortageRefused:
    return ShortageRefused(why=why, why_en=why_en)
