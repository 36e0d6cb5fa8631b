"""Records that may be one customer (CUS-06), the merges that stand, and what a merge would bring together.

Set-based over the operator's customers: hashes are compared, never a number in the clear. What was told apart is left
out, and what is merged already counts as one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onehall.contexts.customers import api as customers
from onehall.contexts.customers.api import Suspicion
from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId
from onehall.foundation.vault import keyed_hashes

_WHO = """
    with merged as materialized (
        select m.absorbed_id as id, pub_customers_root(m.absorbed_id) as root from pub_customers_merge m
        where m.undone_at is null),
    apart as materialized (
        select coalesce(f.root, d.first_id) as one, coalesce(s.root, d.second_id) as other
        from pub_customers_distinction d
        left join merged f on f.id = d.first_id left join merged s on s.id = d.second_id)
"""
_DOCUMENTS = """
    pairs as (
        select a.number_hash as hash, a.party_id as a, b.party_id as b, 'same_document' as suspicion
        from (select number_hash from pub_customers_document where number_hash >= %(hash)s
              group by number_hash having count(*) > 1 order by number_hash limit %(scan)s) x
        join pub_customers_document a on a.number_hash = x.number_hash
        join pub_customers_document b on b.number_hash = x.number_hash and b.party_id > a.party_id
        join pub_customers_party p on p.id = a.party_id
        join pub_customers_party q on q.id = b.party_id and q.kind = p.kind)
"""
_CONTACTS = """
    pairs as (
        select a.phone_hash as hash, a.party_id as a, b.party_id as b,
               case when exists (select 1 from pub_customers_document d where d.party_id = a.party_id)
                     and exists (select 1 from pub_customers_document d where d.party_id = b.party_id)
                    then 'other_document' else 'name_and_phone' end as suspicion
        from pub_customers_contact a
        join pub_customers_contact b on b.phone_hash = a.phone_hash and b.party_id > a.party_id
        join pub_customers_party p on p.id = a.party_id
        join pub_customers_party q on q.id = b.party_id and q.name = p.name and q.kind = p.kind
        where a.phone_hash >= %(hash)s
          and not exists (select 1 from pub_customers_document d
                          join pub_customers_document e on e.number_hash = d.number_hash and e.party_id = b.party_id
                          where d.party_id = a.party_id))
"""
_SUSPECTED = """
    select x.hash, x.a, x.b, coalesce(m.root, x.a) as one, coalesce(n.root, x.b) as other, x.suspicion
    from pairs x left join merged m on m.id = x.a left join merged n on n.id = x.b
    where x.suspicion = %(suspicion)s and coalesce(m.root, x.a) <> coalesce(n.root, x.b)
      and (x.hash, x.a, x.b) > (%(hash)s, %(a)s, %(b)s)
      and not exists (select 1 from apart d
                      where (d.one, d.other) in ((coalesce(m.root, x.a), coalesce(n.root, x.b)),
                                                 (coalesce(n.root, x.b), coalesce(m.root, x.a))))
    order by x.hash, x.a, x.b limit %(limit)s
"""
_NEAR = """
    with mine as (select unnest(pub_customers_group(%(party)s)) as id),
    near as (
        select b.party_id as id from mine join pub_customers_contact a on a.party_id = mine.id
        join pub_customers_party p on p.id = mine.id
        join pub_customers_contact b on b.phone_hash = a.phone_hash
        join pub_customers_party q on q.id = b.party_id and q.name = p.name and q.kind = p.kind
        union
        select b.party_id from mine join pub_customers_document a on a.party_id = mine.id
        join pub_customers_party p on p.id = mine.id
        join pub_customers_document b on b.number_hash = a.number_hash
        join pub_customers_party q on q.id = b.party_id and q.kind = p.kind),
    found as (select distinct pub_customers_root(id) as id from near where id not in (select id from mine))
    select f.id from found f
    where not exists (
        select 1 from unnest(pub_customers_group(f.id)) as other(id), mine, pub_customers_distinction d
        where d.first_id = least(other.id, mine.id) and d.second_id = greatest(other.id, mine.id))
    order by 1 limit %(limit)s
"""
_KNOWN = """
    select p.id from pub_customers_party p join pub_customers_contact c on c.party_id = p.id
    where p.name = %(name)s and p.kind = %(kind)s and c.phone_hash = any(%(phones)s) order by p.id limit 1
"""
_HOLDINGS = """
    select (select count(*) from pub_subscriptions_subscription where party_id = any(%(all)s)) as subscriptions,
           (select count(*) from pub_orders_order where party_id = any(%(all)s)) as orders,
           (select count(*) from pub_ledger_payment where party_id = any(%(all)s)) as payments,
           (select count(*) from pub_fieldwork_work_order where party_id = any(%(all)s)) as work_orders
"""
_MERGES = """
    select m.id, m.absorbed_id, m.survivor_id, m.suspicion, m.documents_seen, m.reason, m.at, u.name as by,
           m.undone_at, v.name as undone_by, m.undone_reason
    from pub_customers_merge m join identity_user u on u.id = m.by_id
    left join identity_user v on v.id = m.undone_by_id
    where (%(party)s::bigint is null or m.absorbed_id = %(party)s or m.survivor_id = any(pub_customers_group(%(party)s)))
      and (%(before)s::bigint is null or m.id < %(before)s)
    order by m.id desc limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that are left and may be one customer; `place` is where the list goes on behind them."""

    one: PartyId
    other: PartyId
    suspicion: Suspicion
    place: str


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much hangs on a record, those merged into it included."""

    subscriptions: int
    orders: int
    payments: int
    work_orders: int


@dataclass(frozen=True, slots=True)
class MergeLine:
    """A merge with who made it and why, and who took it back."""

    id: int
    absorbed_id: PartyId
    survivor_id: PartyId
    suspicion: str
    documents_seen: bool
    reason: str
    at: datetime
    by: str
    undone_at: datetime | None
    undone_by: str | None
    undone_reason: str


def suspected(*, suspicion: Suspicion, after: str, limit: int, scope: Scope) -> list[Pair]:
    """Up to `limit` pairs suspected for this reason, in a fixed order behind the place `after`."""
    if scope.halls is not None and not scope.halls:
        return []
    place = _place(after)
    pairs = _DOCUMENTS if suspicion is Suspicion.SAME_DOCUMENT else _CONTACTS
    facts = {**place, "suspicion": str(suspicion), "limit": limit, "scan": 4 * limit}
    found: dict[frozenset[int], Pair] = {}
    for row in fetch_all(f"{_WHO}, {pairs} {_SUSPECTED}", facts):
        place_after = f"{bytes(row['hash']).hex()}.{row['a']}.{row['b']}"
        pair = Pair(PartyId(row["one"]), PartyId(row["other"]), suspicion, place_after)
        found[frozenset((pair.one, pair.other))] = pair
    return list(found.values())


def suspects_of(*, party_id: PartyId, scope: Scope, limit: int) -> list[PartyId]:
    """Who may be the same customer as this one: a few index lookups, for the customer's page."""
    if scope.halls is not None and not scope.halls:
        return []
    return [PartyId(row["id"]) for row in fetch_all(_NEAR, {"party": party_id, "limit": limit})]


def known_as(*, given: customers.CustomerGiven, scope: Scope) -> PartyId | None:
    """Whoever has the name and one of the telephones of somebody about to be registered (CUS-06)."""
    numbers = [customers.searched_phone(customers.normal_phone(typed)) for typed in given.phones]
    phones = [hashed for number in numbers for hashed in keyed_hashes(number, "phone")]
    facts = {"name": " ".join(given.name.split()), "kind": given.kind, "phones": phones}
    row = fetch_one(_KNOWN, facts)
    return customers.root(row["id"], scope=scope) if row else None


def holdings(*, party_id: PartyId, scope: Scope) -> Holdings:
    """Numbers only, of every hall: whoever merges must see what comes together."""
    members = customers.groups([party_id], scope=scope).get(party_id, [])
    row = fetch_one(_HOLDINGS, {"all": list(members)})
    return Holdings(**row) if row else Holdings(0, 0, 0, 0)


def merges(
    *, scope: Scope, limit: int, party_id: PartyId | None = None, before: int | None = None
) -> Sequence[MergeLine]:
    """Merges, newest first; of one customer where asked. Customers belong to the operator, and so do merges."""
    if scope.halls is not None and not scope.halls:
        return []
    rows = fetch_all(_MERGES, {"party": party_id, "before": before, "limit": limit})
    return [MergeLine(**row) for row in rows]


def _place(after: str) -> dict[str, Any]:
    """A made-up place is the beginning."""
    hashed, _, rest = after.partition(".")
    a, _, b = rest.partition(".")
    try:
        return {"hash": bytes.fromhex(hashed), "a": int(a or 0), "b": int(b or 0)}
    except ValueError:
        return {"hash": b"", "a": 0, "b": 0}
