"""大客户 Customers with a VIP level, and organisations with whoever is responsible for them (CUS-07)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from onehall.contexts.customers import api as customers
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.period import local

_SQL = """
    select p.id, p.name, p.kind, case when v.level <> 'none' and v.until > %(at)s then v.level else 'none' end as level,
           v.until, u.name as supervisor, u.id as supervisor_id,
           (select count(*) from pub_customers_authorised a
            where a.party_id = p.id and a.ended_at is null and a.until >= %(day)s) as contacts,
           (select min(a.until) from pub_customers_authorised a
            where a.party_id = p.id and a.ended_at is null and a.until >= %(day)s) as first_end,
           (select count(*) from pub_subscriptions_subscription s where s.party_id = p.id and s.ended_at is null) as lines
    from pub_customers_party p
    left join pub_customers_vip v on v.party_id = p.id
    left join pub_customers_supervision k on k.party_id = p.id
    left join identity_user u on u.id = k.supervisor_id
    where (p.kind = 'organisation' or v.level <> 'none' and v.until > %(at)s)
      and (%(halls)s::bigint[] is null or p.registered_hall_id = any(%(halls)s))
      and (%(mine)s::bigint is null or k.supervisor_id = %(mine)s)
      and p.id > %(after)s
    order by p.id limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class KeyAccount:
    """One line: `contacts` that may act today, and the day on which the first of them ends."""

    party_id: PartyId
    name: str
    organisation: bool
    level: customers.VipLevel
    until: datetime | None
    supervisor: str
    contacts: int
    first_end: date | None
    lines: int


def key_accounts(*, mine: int | None, after: int, limit: int, at: datetime, scope: Scope) -> list[KeyAccount]:
    """Registered in the halls of the scope, by id beyond `after`; `mine`: of this supervisor only."""
    facts: dict[str, Any] = {
        "at": at, "day": local(at).date(), "halls": scope.hall_list, "mine": mine, "after": after, "limit": limit,
    }  # fmt: skip
    return [
        KeyAccount(
            PartyId(row["id"]), row["name"], row["kind"] == "organisation", customers.VipLevel(row["level"]), row["until"],
            row["supervisor"] or "", row["contacts"], row["first_end"], row["lines"],
        )
        for row in fetch_all(_SQL, facts)
    ]  # fmt: skip
