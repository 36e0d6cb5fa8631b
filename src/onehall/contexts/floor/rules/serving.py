"""One customer at a time (ORD-12): when a service at a counter may begin, and when it may end."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import CounterId, HallId, PartyId, UserId
from onehall.foundation.values.period import local


class ServingState(StrEnum):
    """Where a service at a counter stands; ended is final."""

    SERVING = "serving"
    HELD = "held"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Serving:
    """A customer's service at a counter, from the moment they are verified to the moment the screen is cleared."""

    id: int
    hall_id: HallId
    counter_id: CounterId
    party_id: PartyId
    by_id: UserId
    state: ServingState
    started_at: datetime
    hold_reason: str = ""


class Beginning(StrEnum):
    """What receiving a customer means for the counter."""

    GO_ON = "go_on"
    AFRESH = "afresh"
    AFTER_LEFT = "after_left"
    REFUSED = "refused"


class StillServing(Refusal):
    """Another customer sits at the counter."""

    code = "floor.still_serving"
    rule = "ORD-12"
    zh = "您正在为另一位客户办理（{since} 开始），屏幕不能直接换到别的客户。"
    en = "You are serving another customer (since {since}); the screen does not switch to somebody else."
    alternative_zh = "先办完，或向客户致歉、写明原因后挂起。"
    alternative_en = "Finish first, or apologise and put the service on hold with a reason."


class HoldIncomplete(Refusal):
    """A customer is not kept waiting without a reason and an apology."""

    code = "floor.hold_incomplete"
    rule = "ORD-12"
    status = 400
    zh = "没有挂起：{why}。"
    en = "Not put on hold: {why_en}."
    alternative_zh = "请写明原因，向客户致歉后勾选。"
    alternative_en = "Give the reason, apologise to the customer and tick it."


class BasketUnfinished(Refusal):
    """Something was chosen and neither paid, held nor declined."""

    code = "floor.basket_unfinished"
    rule = "ORD-12"
    zh = "受理单还没有办完（{amount} 元），不能结束服务。"
    en = "The basket is not finished ({amount} yuan): the service does not end here."
    alternative_zh = "请收款；客户要等的挂起，不办的点“客户不办了”。"
    alternative_en = "Take the payment; hold it if the customer comes back, or mark it declined."


def beginning(current: Serving | None, *, party_id: PartyId, by_id: UserId, at: datetime) -> Beginning:
    """Whether the counter may turn to `party_id`.

    A service that a colleague left open at this counter, or that was left open on an earlier day, is nobody's any more.
    """
    if current is None:
        return Beginning.AFRESH
    if current.by_id != by_id or local(current.started_at).date() != local(at).date():
        return Beginning.AFTER_LEFT
    return Beginning.GO_ON if current.party_id == party_id else Beginning.REFUSED


def check_hold(*, reason: str, apologised: bool) -> str:
    """The reason as it is kept. Refuses a hold without a reason of two characters, and one without an apology."""
    said = " ".join(reason.split())
    if len(said) < 2:
        raise HoldIncomplete(
            field="reason", why="没有写为什么让客户等", why_en="why the customer waits is missing"
        )
    if not apologised:
        raise HoldIncomplete(
            field="apologised", why="还没有向客户致歉", why_en="the customer has had no apology"
        )
    return said[:120]
