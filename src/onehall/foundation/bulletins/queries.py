"""Reads of bulletins. A notice is found by whom it is for, and by who manages one of its halls (SEC-10)."""

from datetime import datetime
from typing import Any

from onehall.foundation.bulletins.contracts import Notice, Question
from onehall.foundation.bulletins.rules import is_for
from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.refusals import NotFound
from onehall.foundation.scopes import Actor

_NOTICE = """
    select n.id, n.title, n.body, n.halls, n.roles, n.counters, u.name as sent_by, n.at as sent_at, n.read_by,
           (select count(distinct r.by_id) from bulletins_noticereading r where r.notice_id = n.id) as readers,
           (select count(*) from bulletins_noticequestion q where q.notice_id = n.id and not exists (
                select 1 from bulletins_noticeanswer a where a.question_id = q.id)) as open_questions
    from bulletins_notice n join identity_user u on u.id = n.by_id
"""
_MINE = (
    _NOTICE  # noqa: S608 - constant text
    + """
    where (n.halls = '{}' or %(hall)s = any(n.halls)) and (n.roles = '{}' or n.roles && %(roles)s::varchar[])
      and (n.counters = '{}' or %(counter)s = any(n.counters)) and (n.id = %(id)s or %(id)s is null)
      and (not %(unread)s or n.by_id <> %(user)s and not exists (
        select 1 from bulletins_noticereading r where r.notice_id = n.id
        and case when n.counters = '{}' then r.by_id = %(user)s else r.counter_id = %(counter)s end))
    order by n.id desc limit %(limit)s
"""
)
_MANAGED = (
    _NOTICE
    + """
    where (%(halls)s::bigint[] is null or n.halls = '{}' or n.halls && %(halls)s::bigint[]) and (n.id = %(id)s or %(id)s is null)
    order by n.id desc limit %(limit)s
"""
)
_ROLES = """
    select distinct r.code from identity_grant g join identity_role r on r.id = g.role_id
    where g.user_id = %(user)s and (g.hall_id is null or g.hall_id = %(hall)s)
"""
_QUESTIONS = """
    select q.id, q.text, u.name as asked_by, q.at as asked_at, coalesce(a.text, '') as answer,
           coalesce(b.name, '') as answered_by, a.at as answered_at
    from bulletins_noticequestion q join identity_user u on u.id = q.by_id
    left join bulletins_noticeanswer a on a.question_id = q.id
    left join identity_user b on b.id = a.by_id
    where q.notice_id = %(id)s and (%(user)s::bigint is null or q.by_id = %(user)s or a.question_id is not null)
    order by q.id
"""


def unread(*, by: Actor, limit: int) -> list[Notice]:
    """What this person, or the counter where they sit, has not read yet; the newest first."""
    return _mine(by, unread=True, limit=limit)


def received(*, by: Actor, limit: int) -> list[Notice]:
    """Everything that is for this person where they are, the newest first."""
    return _mine(by, unread=False, limit=limit)


def notice_for(notice_id: int, *, by: Actor) -> Notice:
    """One notice that is for this person, or that they manage; NotFound else."""
    found = _mine(by, unread=False, limit=1, notice_id=notice_id)
    if found:
        return found[0]
    return managed(notice_id, by=by)


def managed(notice_id: int, *, by: Actor) -> Notice:
    """One notice to a hall that this person manages notices of; NotFound else."""
    row = None
    if by.may("notice.send"):
        row = fetch_one(_MANAGED, {"halls": by.scope.hall_list, "id": notice_id, "limit": 1})
    if row is None:
        raise NotFound(what="这条通知", what_en="This notice")
    return _notice(row)


def sent(*, by: Actor, limit: int) -> list[Notice]:
    """Notices to the halls of this person, the newest first."""
    rows = fetch_all(_MANAGED, {"halls": by.scope.hall_list, "id": None, "limit": limit})
    return [_notice(row) for row in rows]


def questions(notice_id: int, *, only_of: int | None) -> list[Question]:
    """Its questions; for `only_of` their own and what was answered, for None all of them."""
    return [Question(**row) for row in fetch_all(_QUESTIONS, {"id": notice_id, "user": only_of})]


def has_read(notice: Notice, *, by: Actor) -> datetime | None:
    """When this person read it, or somebody at their counter where it goes to counters."""
    row = fetch_one(
        "select min(at) as at from bulletins_noticereading where notice_id = %(id)s"
        " and case when %(to_counters)s then counter_id = %(counter)s else by_id = %(user)s end",
        {"id": notice.id, "to_counters": bool(notice.counters), "counter": by.counter_id, "user": by.user_id},
    )
    return row["at"] if row else None


def may_receive(notice: Notice, *, by: Actor) -> bool:
    """Whether it is for this person where they are."""
    return is_for(
        halls=notice.halls, roles=notice.roles, counters=notice.counters, hall=by.hall_id, held=_roles(by),
        counter=by.counter_id,
    )  # fmt: skip


def _roles(by: Actor) -> list[str]:
    return [row["code"] for row in fetch_all(_ROLES, {"user": by.user_id, "hall": by.hall_id})]


def _mine(by: Actor, *, unread: bool, limit: int, notice_id: int | None = None) -> list[Notice]:
    asked = {
        "hall": by.hall_id, "user": by.user_id, "counter": by.counter_id, "roles": _roles(by), "unread": unread,
        "limit": limit, "id": notice_id,
    }  # fmt: skip
    return [_notice(row) for row in fetch_all(_MINE, asked)]


def _notice(row: dict[str, Any]) -> Notice:
    lists = {name: tuple(row[name]) for name in ("halls", "roles", "counters")}
    return Notice(**{**row, **lists})
