"""Reads of notices: how each stands and how it came there. A hall reads its own; a notice of no hall is headquarters'."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from onehall.foundation.database import fetch_all
from onehall.foundation.notices.contracts import NoticeView, Step
from onehall.foundation.notices.models import Notice
from onehall.foundation.notices.rules import UNDELIVERED
from onehall.foundation.refusals import NotFound
from onehall.foundation.scopes import Scope

_STEPS = """
    select s.notice_id, s.state, s.turn, s.at, s.why, coalesce(u.name, '') as by
    from notices_noticestep s left join identity_user u on u.id = s.by_id
    where s.notice_id = any(%(notices)s) order by s.notice_id, s.id
"""
_COUNTS = """
    select state, count(*) as number from notices_notice
    where made_at >= %(since)s and (%(halls)s::bigint[] is null or hall_id = any(%(halls)s)) group by state
"""


def notice(notice_id: int, *, scope: Scope) -> NoticeView:
    """One of the scope's halls, or NotFound."""
    found = _views(_seen(scope).filter(pk=notice_id), limit=1)
    if not found:
        raise NotFound(what="这条客户通知", what_en="This message")
    return found[0]


def notices(*, state: str, after: int | None, limit: int, scope: Scope) -> list[NoticeView]:
    """The scope's, the newest first; `state` "" is every one, "undelivered" what a person has to tell; `after` the last one seen."""
    rows = _seen(scope)
    if state:
        rows = rows.filter(state__in=UNDELIVERED if state == "undelivered" else [state])
    return _views(rows.filter(pk__lt=after) if after else rows, limit=limit)


def notices_of(parties: Sequence[int], *, limit: int) -> list[NoticeView]:
    """What a customer was told, the newest first; whoever asks has opened the record."""
    return _views(Notice.objects.filter(party_id__in=parties), limit=limit)


def counts(*, since: datetime, scope: Scope) -> dict[str, int]:
    """How many notices stand in which state."""
    return {
        row["state"]: row["number"] for row in fetch_all(_COUNTS, {"since": since, "halls": scope.hall_list})
    }


def _seen(scope: Scope) -> Any:
    rows = Notice.objects.all()
    return rows if scope.hall_list is None else rows.filter(hall_id__in=scope.hall_list)


def _views(rows: Any, *, limit: int) -> list[NoticeView]:
    found = list(rows.order_by("-pk")[:limit])
    steps: dict[int, list[Step]] = {}
    for row in fetch_all(_STEPS, {"notices": [one.pk for one in found]}):
        steps.setdefault(row.pop("notice_id"), []).append(Step(**row))
    return [
        NoticeView(
            one.pk, one.kind, one.state, one.language, one.turn, one.party_id, one.hall_id, one.made_at, one.not_after,
            one.recipient, one.text, tuple(steps.get(one.pk, ())),
        )
        for one in found
    ]  # fmt: skip
