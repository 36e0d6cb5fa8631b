"""挽留: what is asked and offered before a line ends, and that nobody who ports a number is held back (CHG-07, LAW-05)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.contexts.subscriptions.contracts import Term
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text


class Cause(StrEnum):
    """Why a customer leaves. Of whoever ports a number nothing else is asked (LAW-05)."""

    MOVING = "moving"
    PRICE = "price"
    QUALITY = "quality"
    SERVICE = "service"
    UNUSED = "unused"
    OTHER = "other"
    PORTING = "porting"


CAUSES: dict[str, Text] = {
    Cause.MOVING: Text("搬家", "moving away"),
    Cause.PRICE: Text("嫌贵", "too expensive"),
    Cause.QUALITY: Text("网络质量", "quality of the line"),
    Cause.SERVICE: Text("服务不满意", "service"),
    Cause.UNUSED: Text("用不上", "no use for it"),
    Cause.OTHER: Text("其他", "other"),
    Cause.PORTING: Text("携号转网", "porting out"),
}


class Outcome(StrEnum):
    """How the talk came out."""

    LEFT = "left"
    BOOKED = "booked"
    STAYED = "stayed"


OUTCOMES: dict[str, Text] = {
    Outcome.LEFT: Text("已拆机", "left"),
    Outcome.BOOKED: Text("到期拆机", "leaves at expiry"),
    Outcome.STAYED: Text("留下了", "stayed"),
}


@dataclass(frozen=True, slots=True)
class Talk:
    """Why, in the customer's own words, and what was offered to keep them."""

    cause: Cause
    words: str = ""
    offer: str = ""


class TalkIncomplete(Refusal):
    """Nobody wrote down why the customer leaves, or something was written that is not asked of whoever ports out."""

    code = "subscriptions.talk_incomplete"
    rule = "CHG-07"
    status = 400
    zh = "{why}。"
    en = "{why_en}."
    alternative_zh = "先问原因，能留则留；原因和结果会上报。"
    alternative_en = "Ask first, and offer to keep the customer; reason and outcome are reported."


class PortingNoTalk(Refusal):
    """Words about somebody who ports a number out."""

    code = "subscriptions.porting_no_talk"
    rule = "LAW-05"
    status = 400
    zh = "携号转网不问原因、不挽留，不写这些内容。"
    en = "Whoever ports a number out is neither asked why nor held back; nothing of that is written down."
    alternative_zh = "请只选“携号转网”，直接办理。"
    alternative_en = "Choose “porting out” alone and serve the customer."


class NotPortable(Refusal):
    """The conditions of porting out are not met yet."""

    code = "subscriptions.not_portable"
    rule = "LAW-14"
    zh = "暂不能携号转网：{why}。"
    en = "The number cannot be ported out yet: {why_en}."
    alternative_zh = "{day} 起可以办理。"
    alternative_en = "It can be from {day} on."


def check_talk(*, cause: str, words: str, offer: str) -> Talk:
    """CHG-07: a cause from the list, words with “other”. LAW-05: of porting nothing but the fact."""
    words, offer = words.strip(), offer.strip()
    if cause not in set(Cause):
        raise TalkIncomplete(field="cause", why="请选一个原因", why_en="Choose a reason")
    if cause == Cause.PORTING and (words or offer):
        raise PortingNoTalk(field="reason" if words else "offer")
    if cause == Cause.OTHER and not words:
        raise TalkIncomplete(
            field="reason", why="选“其他”请写一句原因", why_en="With “other”, say why in a sentence"
        )
    return Talk(Cause(cause), words, offer)


def check_porting(
    *, opened_at: datetime, terms: Sequence[Term], binding_months: int, least_days: int, at: datetime
) -> None:
    """LAW-14: so many days with the operator, and no term that binds. What is prepaid is settled."""
    days = (local(at).date() - local(opened_at).date()).days
    binding = [term.period.end for term in terms if term.months >= binding_months and term.period.end > at]
    if binding:
        day = f"{local(max(binding)):%Y-%m-%d}"
        raise NotPortable(
            field="cause", why=f"有期限的套餐到 {day}", why_en=f"a term binds until {day}", day=day
        )
    if days < least_days:
        day = f"{local(opened_at).date().fromordinal(local(opened_at).date().toordinal() + least_days):%Y-%m-%d}"
        raise NotPortable(
            field="cause", why=f"在网 {days} 天，未满 {least_days} 天", day=day,
            why_en=f"it is in service for {days} days, not {least_days}",
        )  # fmt: skip
