"""保存期满删除客户资料 Particulars of customers whose time of keeping is over go by themselves, each with a certificate (REC-02, LAW-30).

The database finds who has done nothing for so long, in the order of their numbers; each is then judged as a manager's deletion
is, while nobody can sell to them, and erased in a transaction of its own: cut short anywhere, the rest goes the next time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from onehall.contexts.customers import api as customers
from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import HallId, PartyId
from onehall.foundation.values.period import add_months
from onehall.steps.clock import clock_of
from onehall.steps.ties import ties_of

_BATCH = 200  # structural: customers looked up at once
_QUIET = """
    with quiet as materialized (
        select p.id, p.registered_hall_id as hall from pub_customers_party p
        where p.registered_at <= %(before)s and p.name <> %(gone)s and p.id > %(after)s
          and not exists (select 1 from pub_orders_order o where o.party_id = p.id and o.accepted_at > %(before)s)
          and not exists (select 1 from pub_subscriptions_line s
                          where s.party_id = p.id and (s.ended_at is null or s.ended_at > %(before)s))
    ), due as (
        select q.id, q.hall from quiet q cross join lateral (select pub_customers_group(q.id) as members) g
        where g.members[1] = q.id
          and not exists (select 1 from pub_orders_order o where o.party_id = any(g.members) and o.accepted_at > %(before)s)
          and not exists (select 1 from pub_subscriptions_line s
                          where s.party_id = any(g.members) and (s.ended_at is null or s.ended_at > %(before)s))
    )
"""
"""First whoever is quiet under their own number, by whole tables; only of those the records that were merged are followed."""
_FOUND = f"{_QUIET} select id, hall from due order by id limit %(limit)s"  # noqa: S608 - constant text
_COUNTED = f"{_QUIET} select count(*) as number, count(*) filter (where id = any(%(held)s)) as held from due"  # noqa: S608 - constant text


@dataclass(frozen=True, slots=True)
class DueCustomers:
    """How many customers' time of keeping is over now, how many of those are held, how many follow soon."""

    now: int
    held: int
    soon: int


def due_customers(*, at: datetime, soon: timedelta) -> DueCustomers:
    """What the next run looks at, and what follows so soon after; an unfinished basket or work order may still stop it for one of them."""
    months = policy_book(hall_id=None, at=at)[customers.KEEP_MONTHS]
    facts = {"gone": customers.GONE, "after": 0, "held": customers.parties_held(scope=Scope.operator())}
    (today,), (later,) = (
        fetch_all(_COUNTED, {**facts, "before": add_months(day, -months)}) for day in (at, at + soon)
    )
    return DueCustomers(today["number"], today["held"], later["number"] - today["number"])


def erase_due_customers(*, at: datetime) -> int:
    """How many went; none while the policy does not let the clock do it, none before halls are set up."""
    halls = organisation.halls(scope=Scope.operator())
    book = policy_book(hall_id=None, at=at)
    if not halls or not book[customers.ERASE_BY_ITSELF]:
        return 0
    before = add_months(at, -book[customers.KEEP_MONTHS])
    done, after = 0, 0
    while True:
        facts = {"before": before, "after": after, "limit": _BATCH, "gone": customers.GONE}
        rows = fetch_all(_FOUND, facts)
        done += sum(_erase(PartyId(row["id"]), HallId(row["hall"]), book, at) for row in rows)
        if len(rows) < _BATCH:
            return done
        after = rows[-1]["id"]


def _erase(party_id: PartyId, hall_id: HallId, book: PolicyBook, at: datetime) -> bool:
    """Whether it was done: what binds the hall to the customer is judged again under the lock that a sale takes."""
    with transaction():
        by = clock_of(hall_id)
        root = customers.customer_in_service(party_id=party_id, by=by)
        ties, months = ties_of(root), book[customers.KEEP_MONTHS]
        if root != party_id or customers.obstacles(ties, keep_months=months, at=at):
            return False
        asked = customers.ask_deletion(party_id=root, ties=ties, keep_months=months, by=by, at=at)
        done = customers.erase(request_id=asked.id, by=by, at=at)
        record(
            action="privacy.deleted", subject="party", subject_id=root, hall_id=hall_id, by=None, at=at, rule="REC-02",
            policy_version=book.version, details={"request": done.id, "code": done.code, "kept_months": months},
        )  # fmt: skip
    return True
