"""What crosses the door of goods, and how it says no."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values import ids
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period
from onehall.foundation.values.text import Text


class Business(StrEnum):
    """The three kinds (CAT-11): a third party's service, a handset, money collected for somebody else."""

    VALUE_ADDED, HANDSET, COLLECTION = "value_added", "handset", "collection"


@dataclass(frozen=True, slots=True)
class Principal:
    """For whom money is collected (委托单位); `account` is the liability that holds it until it is paid over."""

    id: int
    code: str
    name: Text
    account: str


@dataclass(frozen=True, slots=True)
class AddOn:
    """A third party's service on a subscription, paid for `period`; cancelled at `ended_at` where that is set."""

    id: int
    hall: ids.HallId
    order: ids.OrderId
    subscription: ids.SubscriptionId
    offering: str
    period: Period
    ended_at: datetime | None

    def runs(self, at: datetime) -> bool:
        """Whether it is paid and not cancelled."""
        return self.ended_at is None and at < self.period.end


@dataclass(frozen=True, slots=True)
class Handset:
    """A handset that was sold, and when it came back."""

    order: ids.OrderId
    offering: str
    serial: str
    sold_at: datetime
    returned_at: datetime | None


@dataclass(frozen=True, slots=True)
class Collected:
    """Money collected for a principal: given back, or paid over with a settlement, or still owed."""

    order: ids.OrderId
    principal: int
    hall: ids.HallId
    reference: str
    amount: Money
    at: datetime
    given_back_at: datetime | None
    settlement: int | None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was paid over to a principal by the bank, for what was collected until the end of `month` (its first day)."""

    id: int
    principal: int
    hall: ids.HallId
    month: date
    amount: Money
    transfer: str
    by: ids.UserId
    at: datetime


@dataclass(frozen=True, slots=True)
class Statement:
    """A principal's month in one hall; `due` is what is to be paid over now of all that was collected until its end."""

    principal: Principal
    hall: ids.HallId
    month: date
    opening: Money
    collected: Money
    given_back: Money
    settled: Money
    due: Money

    @property
    def closing(self) -> Money:
        """Owed at the month's end."""
        return self.opening + self.collected - self.given_back - self.settled


class SerialSold(Refusal):
    """A handset with this serial is in somebody's hands."""

    code, rule = "goods.serial_sold", "CAT-11"
    zh = "串号 {serial} 的手机已经卖出，没有退回。"
    en = "The handset with serial {serial} was sold and has not come back."
    alternative_zh = "请核对串号；拿错的请另取一部。"
    alternative_en = "Check the serial; take another one if it was the wrong one."


class SettlementRefused(Refusal):
    """Money of a principal cannot be paid over so."""

    code, rule = "goods.settlement_refused", "CAT-11"
    zh, en = "不能结算：{why}。", "It cannot be settled: {why_en}."
    alternative_zh, alternative_en = "{do}", "{do_en}"
