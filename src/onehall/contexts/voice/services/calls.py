"""Calls come in and are charged; set verbs, each a batch that may be repeated."""

from collections.abc import Iterable
from datetime import date, datetime

from onehall.contexts.voice.models import Delivery, Raw
from onehall.contexts.voice.rules import Row, Taken, Unrated
from onehall.foundation.database import as_they_come, call, delete_rows, in_transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import HallId


@in_transaction
def take_calls(
    *, rows: Iterable[Row], source: str, name: str, hall: HallId, by: Actor | None, at: datetime
) -> Taken:
    """Keeps a delivery as it came. A row claims its call's id once, whoever delivers it again, however late (VOI-02)."""
    delivery = Delivery.objects.create(
        hall_id=hall, source=source, name=name[:200], by_id=by.user_id if by else None, at=at
    )
    sums = {"taken": 0, "bad": 0, "repeated": 0}
    for some in as_they_come(rows):
        found = call(
            "voice_take_rows", p_delivery=delivery.pk, p_lines=[row.line for row in some], p_ids=[row.call_id for row in some],
            p_starts=[row.start for row in some], p_callers=[row.caller for row in some], p_callees=[row.callee for row in some],
            p_seconds=[row.seconds for row in some], p_moments=[row.started_at for row in some], p_lengths=[row.length for row in some],
        )  # fmt: skip
        sums = {key: value + found[key] for key, value in sums.items()}
    return Taken(delivery=delivery.pk, **sums)


@in_transaction
def rate_calls(*, after: int, limit: int, oldest: datetime, at: datetime) -> tuple[int | None, int]:
    """(where to go on, how many charged) of at most `limit` calls after this one; none older than `oldest` is charged."""
    row = call("voice_rate_after", p_after=after, p_limit=limit, p_oldest=oldest, p_at=at)
    return row["last"], row["charged"]


@in_transaction
def rate_line(*, line: int, oldest: datetime, at: datetime) -> Unrated:
    """Charges the calls of one line that wait; what could not be. Batches that hold some of them come first."""
    row = call("voice_rate_line", p_line=line, p_oldest=oldest, p_at=at)
    return Unrated(row["waiting"], row["since"], tuple(row["reasons"] or ()))


@in_transaction
def correct_charges(*, month: date, after: int, limit: int, at: datetime) -> tuple[int | None, int, int]:
    """(where to go on, how many changed, difference in units) of a month's charges judged by the tariffs of today."""
    row = call("voice_correct", p_month=month, p_after=after, p_limit=limit, p_at=at)
    return row["last"], row["changed"], row["difference"]


@in_transaction
def forget_raw(*, before: datetime, limit: int) -> int:
    """Deletes rows as they were delivered before a moment; the calls and what they cost stay (LAW-13)."""
    old = Raw.objects.filter(delivery__at__lt=before).order_by("pk").values_list("pk", flat=True)[:limit]
    return delete_rows(Raw.objects.filter(pk__any_of=list(old)))
