"""What crosses the door: letters that go out, answers that come back, what the board shows; and the refusals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from onehall.foundation.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Letter:
    """One attempt. `networks` are the private networks that may be reached, `seconds` how long the whole may take."""

    delivery_id: int
    subscription_id: int
    message_id: UUID
    url: str
    secrets: tuple[str, ...]
    topic: str
    hall_id: int
    event_id: int | None
    payload: Mapping[str, Any]
    happened_at: datetime
    at: datetime
    attempts: int
    made_at: datetime
    seconds: float
    networks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, or why none came: timeout, refused, reset, no_address, forbidden_address, tls, protocol.

    `retry_after`: seconds that the receiver asks to be left alone.
    """

    status: int | None
    failure: str = ""
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A subscription's id and its secret, which is shown once."""

    subscription_id: int
    secret: str


@dataclass(frozen=True, slots=True)
class SubscriptionCard:
    """A subscription with its health. `secrets` is how many sign now."""

    id: int
    title: str
    url: str
    topics: tuple[str, ...]
    hall_id: int | None
    state: str
    paused_why: str
    paused_at: datetime | None
    failures: int
    failing_since: datetime | None
    broken_until: datetime | None
    delivered_at: datetime | None
    waiting: int
    given_up: int
    secrets: int


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One delivery as the board lists it."""

    id: int
    message_id: UUID
    topic: str
    hall_id: int
    happened_at: datetime
    state: str
    attempts: int
    next_at: datetime
    last_at: datetime | None
    last_status: int | None
    last_failure: str


class BadAddress(Refusal):
    """An address that is not sent to."""

    code = "webhooks.bad_address"
    rule = "API-01"
    status = 400
    zh = "这个地址不能用：{why}。"
    en = "This address cannot be used: {why_en}."
    alternative_zh = "请填 https:// 开头的完整地址；内网地址须先由政策放行。"
    alternative_en = (
        "Enter a whole address that begins with https://; private networks must be allowed by policy first."
    )


class BadTopic(Refusal):
    """A topic that does not exist."""

    code = "webhooks.bad_topic"
    rule = "API-01"
    status = 400
    zh = "没有事件 {topic}。"
    en = "There is no topic {topic}."


class TooMany(Refusal):
    """Each endpoint takes its share of the sender."""

    code = "webhooks.too_many"
    rule = "API-01"
    zh = "已有 {most} 个推送地址，不能再加。"
    en = "There are {most} endpoints already."
    alternative_zh = "请先结束不用的，或者调高政策 webhooks.endpoints。"
    alternative_en = "End one that is not used, or raise the policy webhooks.endpoints."


class NoTitle(Refusal):
    """Nobody would know what it is for."""

    code = "webhooks.no_title"
    rule = "API-01"
    status = 400
    zh = "请写明这个推送是做什么的。"
    en = "Say what this webhook is for."
