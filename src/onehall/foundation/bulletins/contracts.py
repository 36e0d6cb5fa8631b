"""What bulletins hand out, and their refusals."""

from dataclasses import dataclass
from datetime import datetime

from onehall.foundation.refusals import Refusal


@dataclass(frozen=True, slots=True)
class NoticeWanted:
    """A notice as it is sent. Empty `halls`, `roles` or `counters` narrow nothing; `halls` empty is every hall."""

    title: str
    body: str
    halls: tuple[int, ...]
    roles: tuple[str, ...]
    counters: tuple[int, ...]
    read_by: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it stands; `readers` have read it."""

    id: int
    title: str
    body: str
    halls: tuple[int, ...]
    roles: tuple[str, ...]
    counters: tuple[int, ...]
    sent_by: str
    sent_at: datetime
    read_by: datetime
    readers: int
    open_questions: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """Somebody, or a counter, whom a notice is for; `read_at` None has not read it yet."""

    name: str
    number: str
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question to a notice, with its answer once there is one."""

    id: int
    text: str
    asked_by: str
    asked_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None


class NoticeRefused(Refusal):
    """A notice, a question or an answer that says nothing, or goes where its sender has no say."""

    code = "bulletins.refused"
    rule = "ORG-10"
    status = 400
    zh = "没有发出：{why}。"
    en = "It was not sent: {why_en}."
    alternative_zh = "请补齐后再发，填写的内容还在。"
    alternative_en = "Complete it and send it again; what you typed is kept."


class AlreadyAnswered(Refusal):
    """Somebody else answered first; the answer stands for everybody who read it."""

    code = "bulletins.already_answered"
    rule = "ORG-10"
    zh = "这个提问已由{who}答复，没有再改。"
    en = "{who_en} has answered this question already; nothing was changed."
    alternative_zh = "要补充，请另发一条通知。"
    alternative_en = "To add something, send another notice."
