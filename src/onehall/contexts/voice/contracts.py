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
    """What a line is to be from a moment on. `rent_free` in a bundle (CAT-03); credits lapse (CAT-04); `partner` whose line it is.

    `suspended` at the customer's wish, `stopped` because nothing is left (BIL-02): in both the rent runs on.
    """

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
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A telephone line as it stands at a moment."""

    id: int
    hall: ids.HallId
    opened_at: datetime
    state: LineState

    @property
    def subscription(self) -> ids.SubscriptionId:
        """The subscription in whose hands the number is."""
        return ids.SubscriptionId(self.state.subscription_id)


@dataclass(frozen=True, slots=True)
class Call:
    """A charged call: what it costs by the prices that hold now, `corrected` where it once cost something else."""

    call_id: str
    started_at: datetime
    callee: str
    seconds: int
    kind: str
    minutes: int
    price: int
    amount: int
    corrected: bool


@dataclass(frozen=True, slots=True)
class Grant:
    """What is left of a credit that pays calls from `since` up to `until`, and lapses (CAT-04)."""

    amount: int
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class TopUp:
    """Money paid in (below zero: taken back)."""

    at: datetime
    amount: int
    source: str


@dataclass(frozen=True, slots=True)
class MonthOfLine:
    """What a line's month is made of: at its start so much was there, so much credit; then calls and money paid in."""

    line: Line
    month: date
    opening: int
    monthly_credit: int
    grants: tuple[Grant, ...]
    calls: tuple[Call, ...]
    topups: tuple[TopUp, ...]


class NoSuchLine(Refusal):
    """The number is nobody's line."""

    code = "voice.no_such_line"
    rule = "VOI-02"
    status = 404
    zh = "没有电话号码 {number}。"
    en = "There is no telephone line {number}."
    alternative_zh = "请核对号码；新装的固话收款后才有。"
    alternative_en = "Check the number; a new line exists once it is paid."
