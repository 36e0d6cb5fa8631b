"""Queueing, taking, noting, hearing of, and forgetting notices: each in the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q

from onehall.foundation.database import in_transaction
from onehall.foundation.notices import policies, rules
from onehall.foundation.notices.contracts import Answer, Message, NewNotice, Outcome, Report
from onehall.foundation.notices.models import Notice, NoticeStep
from onehall.foundation.policy import PolicyBook
from onehall.foundation.refusals import NotFound
from onehall.foundation.scopes import Actor

_WHY = 200


@in_transaction
def queue(*, notices: Sequence[NewNotice], book: PolicyBook, at: datetime) -> int:
    """Notices to say; those whose key is there already are not said again. How many are new."""
    hours = {"opens": book[policies.OPENS], "closes": book[policies.CLOSES]}
    known = set(Notice.objects.filter(key__in=[one.key for one in notices]).values_list("key", flat=True))
    new = [one for one in notices if one.key not in known]
    Notice.objects.bulk_create(
        [
            Notice(
                message_id=uuid4(), key=one.key, kind=one.kind, recipient=one.to, text=one.text, made_at=at,
                next_at=rules.may_leave(one.due_at, **hours), not_after=one.not_after, language=one.language,
                party_id=one.party_id, hall_id=one.hall_id, **({"state": "to_call", "done_at": at} if one.by_call else {}),
            )
            for one in new
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return len(new)


@in_transaction
def take(*, limit: int, book: PolicyBook, at: datetime) -> tuple[Message, ...]:
    """What may leave now, leased to the caller; what would come too late is dropped, outside the hours nothing leaves."""
    for row in Notice.objects.select_for_update().filter(state="waiting", not_after__lte=at):
        _becomes(row, "late", at=at)
    if rules.may_leave(at, opens=book[policies.OPENS], closes=book[policies.CLOSES]) != at:
        return ()
    due = Notice.objects.filter(state="waiting", next_at__lte=at).order_by("next_at", "pk")
    rows = list(due.select_for_update(skip_locked=True)[:limit])
    lease = at + timedelta(seconds=book[policies.LEASE])
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(next_at=lease)
    return tuple(Message(row.message_id, row.recipient, row.text, row.attempts) for row in rows)


@in_transaction
def note(*, message: Message, answer: Answer, book: PolicyBook, at: datetime) -> None:
    """What became of an attempt. An answer that comes twice, or after the notice was settled, changes nothing."""
    waiting = Notice.objects.filter(message_id=message.id, state="waiting", attempts=message.attempts)
    row = waiting.select_for_update().first()
    if row is None:
        return
    row.attempts, row.last_failure = message.attempts + 1, answer.why
    if answer.outcome is Outcome.SENT:
        row.reference, row.last_failure = answer.reference, ""
        _becomes(row, "sent", at=at)
    elif answer.outcome is Outcome.REFUSED or row.attempts >= book[policies.ATTEMPTS]:
        _becomes(row, "refused", at=at, why=answer.why)
    else:
        row.next_at = rules.try_again(at, attempts=row.attempts, retry_seconds=book[policies.RETRY])
        row.save(update_fields=["attempts", "last_failure", "next_at"])


@in_transaction
def hear(*, report: Report, book: PolicyBook, at: datetime) -> Notice | None:
    """A delivery report: the notice that it changed, or None where it is of no message of ours, or came twice (BIL-06)."""
    row = _told_as(report.message_id)
    if row is None or not _first_time(row, report, at):
        return None
    current = row.message_id == report.message_id
    turns = {"turn": row.turn, "tellings": book[policies.TELLINGS]}
    following = rules.after_report(row.state, report.word, current=current, **turns)
    if following is rules.Next.AGAIN:
        _tell_again(row, book=book, at=at)
    elif following is not rules.Next.NOTHING:
        row.state, row.done_at = following.value, at
        row.save(update_fields=["state", "done_at"])
    return row


@in_transaction
def tell_instead(*, notice_id: int, how: str, by: Actor, at: datetime) -> None:
    """Somebody of the hall told the customer what did not arrive. NotFound, NothingToTell, HowMissing."""
    mine = Notice.objects.filter(pk=notice_id)
    if by.scope.hall_list is not None:
        mine = mine.filter(hall_id__in=by.scope.hall_list)
    row = mine.select_for_update().first()
    if row is None:
        raise NotFound(what="这条客户通知", what_en="This message")
    _becomes(row, "told", at=at, why=rules.check_telling(row.state, how), by_id=by.user_id)


def _becomes(row: Notice, state: str, *, at: datetime, why: str = "", by_id: int | None = None) -> None:
    """The new state and its step."""
    row.state, row.done_at = state, at
    row.save(update_fields=["state", "done_at", "attempts", "reference", "last_failure"])
    _write(row, row.message_id, state, at=at, heard_at=at, why=why, by_id=by_id)


def _write(row: Notice, message_id: UUID, state: str, **facts: Any) -> None:
    NoticeStep.objects.create(notice=row, message_id=message_id, turn=row.turn, state=state, **facts)


def _told_as(message_id: UUID) -> Notice | None:
    """The notice that was told under this id, now or in an earlier telling; locked, so that reports come one after the other."""
    earlier = NoticeStep.objects.filter(message_id=message_id).values("notice_id")[:1]
    known = Notice.objects.filter(Q(message_id=message_id) | Q(pk__in=earlier))
    return known.select_for_update().first()


def _first_time(row: Notice, report: Report, at: datetime) -> bool:
    """Writes what was reported; False where it was reported before."""
    state = report.word.value
    if NoticeStep.objects.filter(message_id=report.message_id, state=state).exists():
        return False
    when = rules.believable(report.at, made=row.made_at, heard=at)
    _write(row, report.message_id, state, at=when, heard_at=at, why=report.why[:_WHY])
    return True


def _tell_again(row: Notice, *, book: PolicyBook, at: datetime) -> None:
    """Another telling under an id of its own: the gateway would take the old one for the same message."""
    hours = {"opens": book[policies.OPENS], "closes": book[policies.CLOSES]}
    following = rules.may_leave(at + timedelta(minutes=book[policies.AGAIN]), **hours)
    row.state, row.done_at, row.message_id, row.turn = "waiting", None, uuid4(), row.turn + 1
    row.attempts, row.next_at = 0, following
    row.save(update_fields=["state", "done_at", "message_id", "turn", "attempts", "next_at"])


@in_transaction
def forget(*, book: PolicyBook, at: datetime, limit: int) -> int:
    """Notices that are older than the policy keeps them, with their steps; how many notices went."""
    old = Notice.objects.filter(made_at__lt=at - timedelta(days=book[policies.KEPT_DAYS]))
    gone = list(old.exclude(state="waiting").values_list("pk", flat=True)[:limit])
    NoticeStep.objects.filter(notice_id__in=gone).delete()
    Notice.objects.filter(pk__in=gone).delete()
    return len(gone)
