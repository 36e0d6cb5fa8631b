"""Writing and reading the trail."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onehall.foundation.database import at_the_end, fetch_all, in_transaction
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.context import request_id

_RECORD = """
    with line as (
        insert into audit_auditentry (at, hall_id, user_id, session_id, request_id, action, subject, subject_id,
                                      rule, policy_version, details)
        values (%(at)s, %(hall_id)s, %(user_id)s, %(session_id)s, %(request_id)s, %(action)s, %(subject)s,
                %(subject_id)s, %(rule)s, %(policy_version)s, %(details)s)
        returning id, hall_id)
    insert into audit_unsealed (entry_id, hall_id) select id, hall_id from line
"""

_TRAIL = """
    select e.id, e.at, e.hall_id, e.user_id, u.name as user_name, u.staff_no, e.action, e.subject, e.subject_id,
           e.rule, e.policy_version, e.details, e.request_id, s.place, s.digest
    from audit_auditentry e
    left join identity_user u on u.id = e.user_id
    left join audit_auditseal s on s.entry_id = e.id
    where (%(halls)s::bigint[] is null or e.hall_id = any(%(halls)s))
      and (%(before)s::bigint is null or e.id < %(before)s)
      and (%(action)s = '' or e.action = %(action)s)
      and (%(subject)s = '' or e.subject = %(subject)s)
      and (%(subject_id)s = '' or e.subject_id = %(subject_id)s)
      and (%(staff_no)s = '' or u.staff_no = %(staff_no)s)
    order by e.id desc
    limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the trail as read; `place` and `digest` are None while it is not sealed yet."""

    id: int
    at: datetime
    hall_id: int
    user_id: int | None
    user_name: str | None
    staff_no: str | None
    action: str
    subject: str
    subject_id: str
    rule: str
    policy_version: int | None
    details: dict[str, Any]
    request_id: str
    place: int | None
    digest: bytes | None


@in_transaction
def record(
    *,
    action: str,
    subject: str,
    subject_id: int | str,
    hall_id: int,
    by: Actor | None,
    at: datetime,
    rule: str = "",
    policy_version: int | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Writes one line; `by` is None for the clock and for set-up. A programme's token is named with what it did."""
    if by is not None and by.token_id is not None:
        details = {**(details or {}), "token": by.token_id}
    at_the_end(
        _RECORD,
        {
            "at": at,
            "hall_id": hall_id,
            "user_id": by.user_id if by else None,
            "session_id": by.session_id if by else None,
            "request_id": request_id.get(),
            "action": action,
            "subject": subject,
            "subject_id": str(subject_id),
            "rule": rule or "",
            "policy_version": policy_version,
            "details": json.dumps(details or {}, ensure_ascii=False, sort_keys=True),
        },
    )


def trail(
    *,
    scope: Scope,
    limit: int,
    before: int | None = None,
    action: str = "",
    subject: str = "",
    subject_id: str = "",
    staff_no: str = "",
) -> list[Line]:
    """The newest lines that match, newest first; `before` is the id to go on from."""
    rows = fetch_all(
        _TRAIL,
        {
            "halls": scope.hall_list,
            "before": before,
            "action": action,
            "subject": subject,
            "subject_id": subject_id,
            "staff_no": staff_no,
            "limit": limit,
        },
    )
    return [Line(**row) for row in rows]
