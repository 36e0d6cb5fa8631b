"""What crosses the door of voice, and how it says no. Money is in units: whole numbers of 1/10000 yuan."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values import ids

CALLER_ID = "caller_id"
"""The feature of a line that has a monthly fee of its own (CAT-05)."""


class Waits(StrEnum):
    """Why a delivered row of calls is not charged; the first that applies, in this order (VOI-02)."""

    BAD_ROW = "bad_row"
    REPEAT = "repeat"
    UNKNOWN_ACCOUNT = "unknown_account"
    UNKNOWN_PLAN = "unknown_plan"
    OTHER_MONTH = "other_month"
    NO_PRICE = "no_price"


@dataclass(frozen=True, slots=True)
class LineState:
    """What a line is to be from a moment on. `rent_free` in a bundle (CAT-03); credits lapse (CAT-04); `partner` whose line it is."""

    number: str
    subscription_id: int
    plan: str
    features: tuple[str, ...]
    rent_free: bool
    monthly_credit: int
    annual_credit: int
    annual_credit_until: date | None
    alarm_threshold: int
    partner: str
    suspended: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A telephone line as it stands at a moment."""

    id: int
    hall: ids.HallId
    opened_at: datetime
    state: LineState


class NoSuchLine(Refusal):
    """The number is nobody's line."""

    code = "voice.no_such_line"
    rule = "VOI-02"
    status = 404
    zh = "没有电话号码 {number}。"
    en = "There is no telephone line {number}."
    alternative_zh = "请核对号码；新装的固话收款后才有。"
    alternative_en = "Check the number; a new line exists once it is paid."


class StateRefused(Refusal):
    """A state that no line can have."""

    code = "voice.state_refused"
    rule = "CAT-05"
    zh = "{why}。"
    en = "{why_en}."
    alternative_zh = "请核对后再提交。"
    alternative_en = "Check it and submit again."
