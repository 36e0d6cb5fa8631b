"""Reading providers' files and differences. A file is the operator's; a difference belongs to one hall."""

from collections.abc import Collection
from datetime import date
from typing import Any

from onehall.contexts.clearing.contracts import Bill, Difference, Found, Kind, Row, Verdict
from onehall.contexts.clearing.rules import Key
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money

_BILLS = """
    select b.id, b.provider, b.day, b.reference, b.hall_id as hall, r.rows, r.charged, r.refunded, r.fees, a.amount as settled, d.open
    from clearing_bill b
    cross join lateral (
        select count(*) as rows, coalesce(sum(amount) filter (where kind = 'charge'), 0)::bigint as charged,
               coalesce(sum(amount) filter (where kind = 'refund'), 0)::bigint as refunded, coalesce(sum(fee), 0)::bigint as fees
        from clearing_billrow where bill_id = b.id) r
    cross join lateral (
        select count(*) filter (where s.id is null) as open from clearing_difference f
        left join clearing_settling s on s.difference_id = f.id where f.bill_id = b.id) d
    left join clearing_arrival a on a.bill_id = b.id
"""
_DIFFERENCES = """
    select d.id, d.hall_id as hall, b.provider, b.day, d.verdict, d.kind, d.number, d.ours, d.theirs, r.at, r.transaction, r.amount, r.fee,
           s.at as settled_at, s.by_id as settled_by, coalesce(s.reason, '') as reason
    from clearing_difference d join clearing_bill b on b.id = d.bill_id
    left join clearing_settling s on s.difference_id = d.id
    left join lateral (
        select at, transaction, amount, fee from clearing_billrow
        where bill_id = d.bill_id and kind = d.kind and number = d.number order by id desc limit 1) r on true
    where (%(halls)s::bigint[] is null or d.hall_id = any(%(halls)s))
"""
_SAID = """
    select r.kind, r.number, sum(r.amount)::bigint as amount from clearing_billrow r join clearing_bill b on b.id = r.bill_id
    where b.provider = %(provider)s and r.number = any(%(numbers)s) group by r.kind, r.number
"""
_BOOKED = """
    select d.kind, d.number, sum(s.booked)::bigint as amount
    from clearing_settling s join clearing_difference d on d.id = s.difference_id join clearing_bill b on b.id = d.bill_id
    where b.provider = %(provider)s group by d.kind, d.number having sum(s.booked) <> 0
"""


def wait_for_turn(provider: str, *, scope: Scope) -> None:  # unscoped: it reads nothing
    """Until the transaction ends nobody else reads a file of this provider or settles a difference with it."""
    fetch_all("select pg_advisory_xact_lock(hashtext('clearing'), hashtext(%(p)s)) is null", {"p": provider})


def bills(
    *, limit: int, scope: Scope
) -> tuple[Bill, ...]:  # unscoped: a provider's file belongs to the operator
    """The newest files first."""
    return _bills(" order by b.day desc, b.provider limit %(limit)s", limit=limit)


def bill(bill_id: int, *, scope: Scope) -> Bill:  # unscoped: as `bills`
    """One file. Raises NotFound."""
    found = _bills(" where b.id = %(id)s", id=bill_id)
    if not found:
        raise NotFound(what="这份账单", what_en="This file")
    return found[0]


def bill_of_day(
    provider: str, day: date, *, scope: Scope
) -> tuple[Bill, bytes] | None:  # unscoped: as `bills`
    """A provider's file of a day and its digest, None where it was not read."""
    found = _bills(" where b.provider = %(provider)s and b.day = %(day)s", provider=provider, day=day)
    if not found:
        return None
    (row,) = fetch_all("select digest from clearing_bill where id = %(id)s", {"id": found[0].id})
    return found[0], bytes(row["digest"])


def days_read(provider: str, *, since: date, scope: Scope) -> frozenset[date]:  # unscoped: as `bills`
    """The days whose file is read."""
    sql = "select day from clearing_bill where provider = %(provider)s and day >= %(since)s"
    return frozenset(row["day"] for row in fetch_all(sql, {"provider": provider, "since": since}))


def bills_due(*, scope: Scope) -> tuple[Bill, ...]:  # unscoped: as `bills`
    """Files whose settlement the bank's record has not shown yet."""
    return _bills(" where a.id is null order by b.day, b.id")


def difference(difference_id: int, *, scope: Scope) -> Difference:
    """One difference. Raises NotFound, also for another hall's."""
    found = _differences(" and d.id = %(id)s", scope, id=difference_id)
    if not found:
        raise NotFound(what="这条差异", what_en="This difference")
    return found[0]


def differences(hall: HallId, *, settled: bool, limit: int, scope: Scope) -> tuple[Difference, ...]:
    """A hall's open differences, the oldest first; or the settled ones, the newest first. Raises NotFound outside the scope."""
    scope.require(hall)
    some = "is not null order by s.id desc" if settled else "is null order by d.id"
    where = f" and d.hall_id = %(hall)s and s.id {some} limit %(limit)s"
    return _differences(where, scope, hall=hall, limit=limit)


def said(
    provider: str, numbers: Collection[str], *, scope: Scope
) -> dict[Key, Money]:  # unscoped: as `bills`
    """What all files say of these numbers, by kind."""
    return _sums(_SAID, provider=provider, numbers=list(numbers))


def booked(provider: str, *, scope: Scope) -> dict[Key, Money]:  # unscoped: as `bills`
    """What settled differences booked, by kind and number, where it was something."""
    return _sums(_BOOKED, provider=provider)


def _sums(sql: str, **facts: Any) -> dict[Key, Money]:
    return {(Kind(row["kind"]), row["number"]): Money(row["amount"]) for row in fetch_all(sql, facts)}


def _bills(where: str, **facts: Any) -> tuple[Bill, ...]:
    names = ("charged", "refunded", "fees")
    return tuple(
        Bill(**{
            **row, **{name: Money(row[name]) for name in names},
            "settled": None if row["settled"] is None else Money(row["settled"]),
        })
        for row in fetch_all(_BILLS + where, facts)
    )  # fmt: skip


def _differences(where: str, scope: Scope, **facts: Any) -> tuple[Difference, ...]:
    return tuple(
        _difference(row) for row in fetch_all(_DIFFERENCES + where, {"halls": scope.hall_list, **facts})
    )


def _difference(row: dict[str, Any]) -> Difference:
    kind, number, at = Kind(row.pop("kind")), row.pop("number"), row.pop("at")
    found = Found(Verdict(row.pop("verdict")), kind, number, Money(row.pop("ours")), Money(row.pop("theirs")))
    transaction, amount, fee = (row.pop(name) for name in ("transaction", "amount", "fee"))
    theirs = Row(kind, number, transaction, Money(amount), Money(fee), at) if at else None
    return Difference(found=found, row=theirs, **row)
