"""Who has read a notice and who has not: the people it is for, or the counters whose mailbox it went to (ORG-10)."""

from onehall.foundation.bulletins.contracts import Notice, Receipt
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope

_PEOPLE = """
    select u.name, u.staff_no as number, min(x.at) as read_at
    from identity_grant g
    join identity_user u on u.id = g.user_id and u.is_active
    join identity_role r on r.id = g.role_id
    join bulletins_notice n on n.id = %(id)s and n.by_id <> u.id
    left join bulletins_noticereading x on x.notice_id = n.id and x.by_id = u.id
    where (%(halls)s::bigint[] is null or g.hall_id = any(%(halls)s))
      and (n.halls = '{}' or g.hall_id = any(n.halls)) and (n.roles = '{}' or r.code = any(n.roles))
    group by u.id, u.name, u.staff_no order by min(x.at) is not null, u.staff_no
"""
_COUNTERS = """
    select c.no as name, c.name_zh as number, min(x.at) as read_at
    from bulletins_notice n join pub_organisation_counter c on c.id = any(n.counters)
    left join bulletins_noticereading x on x.notice_id = n.id and x.counter_id = c.id
    where n.id = %(id)s and (%(halls)s::bigint[] is null or c.hall_id = any(%(halls)s))
    group by c.id, c.no, c.name_zh order by min(x.at) is not null, c.no
"""


def receipts(notice: Notice, *, scope: Scope) -> list[Receipt]:
    """Whom it is for in the halls of the scope: those who have not read it first."""
    asked = {"id": notice.id, "halls": scope.hall_list}
    return [Receipt(**row) for row in fetch_all(_COUNTERS if notice.counters else _PEOPLE, asked)]
