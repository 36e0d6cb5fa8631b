"""Sending, reading, asking and answering: one verb each, inside the caller's transaction."""

from datetime import datetime

from onehall.foundation.bulletins import models, queries
from onehall.foundation.bulletins.contracts import AlreadyAnswered, NoticeRefused, NoticeWanted
from onehall.foundation.database import fetch_all, in_transaction
from onehall.foundation.refusals import NotFound
from onehall.foundation.scopes import Actor

_TITLE, _BODY, _ASKED, _ANSWER = 100, 4000, 300, 500  # structural: what the columns and a screen hold


@in_transaction
def send_notice(*, wanted: NoticeWanted, by: Actor, at: datetime) -> int:
    """Every hall is addressed by who sees every hall only, others name halls of theirs. Raises NoticeRefused."""
    title, body = wanted.title.strip(), wanted.body.strip()
    if not title or len(title) > _TITLE:
        raise NoticeRefused(
            field="title", why=f"标题应为 1 至 {_TITLE} 字", why_en=f"the title has 1 to {_TITLE} signs"
        )
    if not body or len(body) > _BODY:
        raise NoticeRefused(
            field="body", why=f"正文应为 1 至 {_BODY} 字", why_en=f"the text has 1 to {_BODY} signs"
        )
    if by.halls is not None and not (wanted.halls and set(wanted.halls) <= set(by.halls)):
        raise NoticeRefused(
            field="halls", why="只能发给您自己的营业厅", why_en="it goes to your own halls only"
        )
    if wanted.read_by <= at:
        raise NoticeRefused(field="read_by", why="阅读期限已经过了", why_en="its day of reading has passed")
    made = models.Notice.objects.create(
        title=title, body=body, halls=list(wanted.halls), roles=list(wanted.roles), counters=list(wanted.counters),
        by_id=by.user_id, at=at, read_by=wanted.read_by,
    )  # fmt: skip
    return made.pk


@in_transaction
def read_notice(*, notice_id: int, by: Actor, at: datetime) -> bool:
    """A receipt; whether it is the first of this person. NotFound where the notice is not for them."""
    notice = queries.notice_for(notice_id, by=by)
    if not queries.may_receive(notice, by=by):
        return False
    made = fetch_all(
        "insert into bulletins_noticereading (notice_id, by_id, counter_id, at) values (%(id)s, %(user)s, %(counter)s, %(at)s)"
        " on conflict do nothing returning id",
        {
            "id": notice_id,
            "user": by.user_id,
            "counter": by.counter_id if notice.counters else None,
            "at": at,
        },
    )
    return bool(made)


@in_transaction
def ask_notice(*, notice_id: int, text: str, by: Actor, at: datetime) -> int:
    """Raises NotFound, NoticeRefused without words."""
    queries.notice_for(notice_id, by=by)
    words = " ".join(text.split())[:_ASKED]
    if not words:
        raise NoticeRefused(field="text", why="没有写问题", why_en="there is no question in it")
    return models.NoticeQuestion.objects.create(notice_id=notice_id, by_id=by.user_id, text=words, at=at).pk


@in_transaction
def answer_question(*, question_id: int, text: str, by: Actor, at: datetime) -> int:
    """The notice it belongs to; the answer is attached to it for everybody. Raises NotFound, NoticeRefused, AlreadyAnswered."""
    question = models.NoticeQuestion.objects.select_for_update().filter(pk=question_id).first()
    if question is None:
        raise NotFound(what="这个提问", what_en="This question")
    queries.managed(question.notice_id, by=by)
    before = models.NoticeAnswer.objects.filter(question_id=question_id).first()
    if before is not None:
        asked = queries.questions(question.notice_id, only_of=None)
        who = next(one.answered_by for one in asked if one.id == question_id)
        raise AlreadyAnswered(who=f" {who} ", who_en=who)
    words = " ".join(text.split())[:_ANSWER]
    if not words:
        raise NoticeRefused(field="text", why="没有写答复", why_en="there is no answer in it")
    models.NoticeAnswer.objects.create(question_id=question_id, by_id=by.user_id, text=words, at=at)
    return question.notice_id
