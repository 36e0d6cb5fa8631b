"""What crosses between notices, who queues them, and the gateway."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from onehall.foundation.refusals import Refusal

Outcome = StrEnum("Outcome", "SENT REFUSED UNCLEAR")
"""SENT: the gateway took it; REFUSED: it will not, however often it is asked; UNCLEAR: no answer, or one that means later."""


Word = StrEnum("Word", "DELIVERED FAILED")
"""What a delivery report says of a message that the gateway took."""


@dataclass(frozen=True, slots=True)
class NewNotice:
    """Something to say once: `key` makes it once, `not_after` makes it never late. `hall_id` is told when it does not arrive.

    `by_call`: no message reaches the customer, somebody of the hall calls; `to` is then any number, "" where none is known.
    """

    key: str
    kind: str
    to: str
    text: str
    due_at: datetime
    not_after: datetime
    language: str = "zh"
    party_id: int | None = None
    hall_id: int | None = None
    by_call: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One attempt. The id is the same at every attempt, so that a gateway which took it once does not send it twice."""

    id: UUID
    to: str
    text: str
    attempts: int

    def __repr__(self) -> str:
        return f"Message({self.id})"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gateway said; `reference` is its own number for the message, `why` a word or a status."""

    outcome: Outcome
    reference: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A delivery report: of which message, what, when as the gateway says, and why not."""

    message_id: UUID
    word: Word
    at: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a notice: `state` since `at`; `turn` counts the tellings; `by` where a person told it."""

    state: str
    turn: int
    at: datetime
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice with its steps; `to` and `text` in clear: whoever shows them masks and asks for the purpose (SEC-07)."""

    id: int
    kind: str
    state: str
    language: str
    turn: int
    party_id: int | None
    hall_id: int | None
    made_at: datetime
    not_after: datetime
    to: str
    text: str
    steps: tuple[Step, ...] = ()

    def __repr__(self) -> str:
        return f"NoticeView({self.id})"


class ReportUnsigned(Refusal):
    """Whoever does not know the key is not the gateway."""

    code = "notices.report_unsigned"
    rule = "BIL-06"
    status = 401
    zh = "送达回执没有正确的签名。"
    en = "The delivery report is not signed with the key of the gateway."
    alternative_zh = "请用 ONEHALL_SMS_KEY 对内容做 HMAC-SHA256，放在 X-Signature。"
    alternative_en = "Sign the body with ONEHALL_SMS_KEY (HMAC-SHA256) in X-Signature."


class ReportUnreadable(Refusal):
    """Signed, but not as reports are written; nothing of it is kept."""

    code = "notices.report_unreadable"
    rule = "BIL-06"
    status = 400
    zh = "送达回执看不懂：{what}。"
    en = "The delivery report could not be read: {what}."
    alternative_zh = "格式见《管理员指南》；什么都没有改动。"
    alternative_en = "The guide for administrators says how it is written; nothing was changed."


class NothingToTell(Refusal):
    """Only what did not arrive is told by a person, once."""

    code = "notices.nothing_to_tell"
    rule = "BIL-06"
    zh = "这条通知不用另行告知：它{state}。"
    en = "This message needs no telling: it is {state_en}."
    alternative_zh = "刷新页面看最新情况。"
    alternative_en = "Reload the page to see how it stands."


class HowMissing(Refusal):
    """What was told without a word how is not on record."""

    code = "notices.how_missing"
    rule = "BIL-06"
    status = 400
    zh = "请写明怎么告知的。"
    en = "Please say how the customer was told."
    alternative_zh = "例如：电话告知本人、上门告知、客户已续费。"
    alternative_en = "For instance: by telephone in person, at the door, has renewed already."
