"""Forms that were written while the system was down: what may be typed in afterwards (CON-03)."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import BasketId, UserId


@dataclass(frozen=True, slots=True)
class PaperGiven:
    """A form as it was typed from paper; `hand_receipt` where one was handed out from the paper book."""

    number: str
    written_at: datetime | None
    incident: str
    hand_receipt: str = ""


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A form written while the system was down: who wrote it when, who typed it when (CON-03)."""

    basket_id: BasketId
    number: str
    written_at: datetime
    written_by: UserId
    incident: str
    hand_receipt: str
    typed_at: datetime
    typed_by: UserId


class PaperIncomplete(Refusal):
    code = "orders.paper_incomplete"
    rule = "CON-03"
    status = 400
    zh = "补录资料不完整：{why}。"
    en = "The paper form is incomplete: {why_en}."
    alternative_zh = "请照纸质单填写单号、填写时间、填写人和停用原因。"
    alternative_en = "Enter its number, when and by whom it was written, and why."


class PaperTimeRefused(Refusal):
    code = "orders.paper_time"
    rule = "CON-03"
    status = 400
    zh = "纸质单的填写时间不对：{why}。"
    en = "The time on the form cannot be: {why_en}."
    alternative_zh = "请核对纸质单上的日期和时间；确实更早的，请营业部经理处理。"
    alternative_en = "Check date and time on the form; if it really is older, ask the hall manager."


class PaperKnown(Refusal):
    code = "orders.paper_known"
    rule = "CON-03"
    zh = "{what} {number} 已经录过，没有再录。"
    en = "The {what_en} {number} was typed in already; it is not typed twice."
    alternative_zh = "在“补录清单”里按单号核对；单号看错的请改正。"
    alternative_en = "Look it up in the list of paper forms, or correct the number."


class PaperTooLate(Refusal):
    code = "orders.paper_too_late"
    rule = "CON-03"
    zh = "受理单里已经有按今天价格的项目，不能再改成补录。"
    en = "The basket holds items at today's prices already; it cannot become a paper form now."
    alternative_zh = "先把项目去掉，再点“补录”。"
    alternative_en = "Remove the items first, then state the form."


def check_paper(given: PaperGiven, *, longest_hours: int, at: datetime) -> tuple[str, str, datetime]:
    """The numbers of form and handwritten receipt in their normal form, and its time, which must lie in `(at - hours, at]`, ends included."""
    number, receipt = _number(given.number), _number(given.hand_receipt)
    if not number:
        raise PaperIncomplete(field="number", why="没有单号", why_en="its number is missing")
    if len(given.incident.strip()) < 2:
        raise PaperIncomplete(field="incident", why="没有写停用原因", why_en="the incident is missing")
    if given.written_at is None:
        raise PaperIncomplete(field="written_at", why="没有填写时间", why_en="its time is missing")
    if given.written_at > at:
        raise PaperTimeRefused(field="written_at", why="在现在之后", why_en="it lies in the future")
    if at - given.written_at > timedelta(hours=longest_hours):
        why, why_en = f"早于 {longest_hours} 小时", f"it is more than {longest_hours} hours old"
        raise PaperTimeRefused(field="written_at", why=why, why_en=why_en)
    return number, receipt, given.written_at


def _number(typed: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", typed)).upper()[:40]
