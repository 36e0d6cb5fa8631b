"""Queueing, taking, noting and forgetting notices: each in the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from onehall.foundation.database import in_transaction
from onehall.foundation.notices import policies, rules
from onehall.foundation.notices.contracts import Answer, Message, NewNotice, Outcome
from onehall.foundation.notices.models import Notice
from onehall.foundation.policy import PolicyBook


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
                next_at=rules.may_leave(one.due_at, **hours), not_after=one.not_after,
            )
            for one in new
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return len(new)


@in_transaction
def take(*, limit: int, book: PolicyBook, at: datetime) -> tuple[Message, ...]:
    """What may leave now, leased to the caller; what would come too late is dropped, outside the hours nothing leaves."""
    Notice.objects.filter(state="waiting", not_after__lte=at).update(state="late", done_at=at)
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
    made = message.attempts + 1
    if answer.outcome is Outcome.SENT:
        waiting.update(state="sent", done_at=at, reference=answer.reference, attempts=made, last_failure="")
    elif answer.outcome is Outcome.REFUSED or made >= book[policies.ATTEMPTS]:
        waiting.update(state="refused", done_at=at, attempts=made, last_failure=answer.why)
    else:
        following = rules.try_again(at, attempts=made, retry_seconds=book[policies.RETRY])
        waiting.update(next_at=following, attempts=made, last_failure=answer.why)


@in_transaction
def forget(*, book: PolicyBook, at: datetime, limit: int) -> int:
    """Notices that are older than the policy keeps them; how many went."""
    old = Notice.objects.filter(made_at__lt=at - timedelta(days=book[policies.KEPT_DAYS])).exclude(
        state="waiting"
    )
    count, _ = Notice.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:limit])).delete()
    return count
