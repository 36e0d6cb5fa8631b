"""What waits for somebody (ORD-16), and notices: received, read, asked about; for who sends them, sent and answered (ORG-10)."""

from typing import Any

from pydantic import Field

from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import (
    Bilingual,
    Day,
    Given,
    Id,
    Key,
    Moment,
    Number,
    Sentence,
    Shown,
    Word,
)
from onehall.foundation.bulletins import queries as bulletins
from onehall.foundation.bulletins.contracts import NoticeWanted
from onehall.foundation.identity.policies import LIST_LIMIT
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.period import day_of
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.answer_question import answer_question
from onehall.journeys.ask_notice import ask_notice
from onehall.journeys.read_notice import read_notice
from onehall.journeys.send_notice import send_notice
from onehall.readings.todos import todos

noun = Noun(Text("待办与通知", "What waits, and notices"))
_SELF: dict[str, Any] = {"permission": "inbox.view"}
_SEND: dict[str, Any] = {"permission": "notice.send"}


class Todo(Shown):
    """One thing that waits; customers come first (`waits_for` 0), then colleagues, then papers."""

    kind: str
    key: str
    words: Bilingual
    detail: str
    waits_for: int
    since: Moment
    due: Moment | None


class Question(Shown):
    """A question to a notice; `answer` is empty until somebody answered."""

    id: int
    text: str
    asked_by: str
    asked_at: Moment
    answer: str
    answered_at: Moment | None


class Notice(Shown):
    """A notice; empty `halls`, `roles` or `counters` narrow nothing."""

    id: int
    title: str
    body: str
    halls: list[int]
    roles: list[str]
    counters: list[int]
    sent_by: str
    sent_at: Moment
    read_by: Moment
    read_at: Moment | None = None
    questions: list[Question] = []


class NoticeGiven(Given):
    """`everywhere`: to every hall of the operator, else to this one. To be read by the end of the day `read_by`."""

    title: Word = Field(min_length=1)
    body: Sentence = Field(min_length=1)
    read_by: Day
    roles: list[Word] = Field([], max_length=20)
    counters: list[Id] = Field([], max_length=100)
    everywhere: bool = False


class TextGiven(Given):
    """A question or an answer."""

    text: Word = Field(min_length=1)


class Made(Shown):
    """The number of what was made."""

    id: int


@noun.operation("GET", "/todos", words=Text("待办", "What waits for me"), shows=list[Todo], **_SELF)
def waiting(request: Request) -> Any:
    by = request.actor
    return todos(by=by, at=request.at, limit=_most(request), scope=by.scope)


@noun.operation("GET", "/notices", words=Text("发给我的通知", "Notices for me"), shows=list[Notice], **_SELF)
def received(request: Request) -> Any:
    by = request.actor
    return [
        _shown(one, bulletins.has_read(one, by=by)) for one in bulletins.received(by=by, limit=_most(request))
    ]


@noun.operation("GET", "/notices/{int:notice_id}", words=Text("一份通知", "A notice with its questions"), shows=Notice, **_SELF)  # fmt: skip
def show(request: Request, notice_id: Number) -> Any:
    by = request.actor
    notice = bulletins.notice_for(notice_id, by=by)
    asked = bulletins.questions(notice.id, only_of=None if by.may("notice.send") else by.user_id)
    return {**_shown(notice, bulletins.has_read(notice, by=by)), "questions": asked}


@noun.operation("POST", "/notices", words=Text("发通知", "Send a notice"), shows=Made, status=201, **_SEND)
def send(request: Request, given: NoticeGiven, key: Key) -> Any:
    wanted = NoticeWanted(
        title=given.title, body=given.body, halls=() if given.everywhere else (request.actor.hall_id,),
        roles=tuple(given.roles), counters=tuple(given.counters), read_by=day_of(given.read_by).end,
    )  # fmt: skip
    return {"id": send_notice(wanted=wanted, intent=key, by=request.actor, at=request.at)}


@noun.operation("POST", "/notices/{int:notice_id}/receipt", words=Text("已阅", "It was read"), shows=Made, **_SELF)  # fmt: skip
def read(request: Request, notice_id: Number) -> Any:
    read_notice(notice_id=notice_id, by=request.actor, at=request.at)
    return {"id": notice_id}


@noun.operation("POST", "/notices/{int:notice_id}/questions", words=Text("对通知提问", "Ask about a notice"), shows=Made, status=201, **_SELF)  # fmt: skip
def ask(request: Request, notice_id: Number, given: TextGiven, key: Key) -> Any:
    bulletins.notice_for(notice_id, by=request.actor)
    return {
        "id": ask_notice(notice_id=notice_id, text=given.text, intent=key, by=request.actor, at=request.at)
    }


@noun.operation("POST", "/questions/{int:question_id}/answer", words=Text("答复提问", "Answer a question"), shows=Made, **_SEND)  # fmt: skip
def answer(request: Request, question_id: Number, given: TextGiven) -> Any:
    return {"id": answer_question(question_id=question_id, text=given.text, by=request.actor, at=request.at)}


def _most(request: Request) -> int:
    return policy_book(hall_id=request.actor.hall_id, at=request.at)[LIST_LIMIT]


def _shown(notice: Any, read_at: Any) -> dict[str, Any]:
    names = ("id", "title", "body", "sent_by", "sent_at", "read_by")
    lists = {name: list(getattr(notice, name)) for name in ("halls", "roles", "counters")}
    return {**{name: getattr(notice, name) for name in names}, **lists, "read_at": read_at}
