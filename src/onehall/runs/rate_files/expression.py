"""Rating as one Ibis expression: the same on every engine, and the oracle of the kernel (VOI-02).

Traps, each met once: a sum of bigint is wider than bigint on DuckDB and must come back to 64 bits, though Ibis takes it for that
already; there is no division of money here; a prefix is cut off by characters.
"""

from typing import Any, NamedTuple

import ibis
import ibis.expr.datatypes as dt
from ibis.expr.types import IntegerValue, StringValue, Table

from onehall.contexts.rating.api import Month, Reason

RATED = ("call_id", "number", "class", "minutes", "charge", "credit_used", "paid", "balance_after")
TOTALS = ("number", "calls", "minutes", "charge", "credit_used", "credit_lapsed", "paid", "balance")
SUSPENSE = ("line", "call_id", "reason")
_NOTHING = ibis.literal(0, "int64")


class Tables(NamedTuple):
    """The inputs as one engine sees them: `calls` as in calls.SCHEMA, the others as in inputs.Inputs."""

    calls: Table
    accounts: Table
    prefixes: Table
    prices: Table


def judged(tables: Tables, month: Month, lengths: list[int]) -> Table:
    """Every row of the calls with its account, class, minutes and charge, and `reason` where it is in suspense.

    `lengths` are those of the prefixes that exist, in characters.
    """
    calls = _with_claims(tables.calls)
    accounts = tables.accounts.rename(caller="number")
    prices = tables.prices.rename(priced_plan="plan", priced_class="class")
    rows = _with_class(calls, tables.prefixes, lengths).left_join(accounts, "caller")
    rows = rows.drop("caller_right")
    rows = rows.left_join(prices, [rows.plan == prices.priced_plan, rows["class"] == prices.priced_class])
    minutes = _started_minutes(rows.seconds)
    return rows.select(
        "line",
        "call_id",
        "moment",
        "place",
        "class",
        minutes=minutes,
        charge=minutes * ibis.coalesce(rows.price, _NOTHING),
        reason=_reason(rows, month),
    )


def _with_claims(calls: Table) -> Table:
    """`claimed`: the first line that claims the row's call_id, where more than one wants it. Bad rows claim nothing."""
    good = calls.filter(calls.moment.notnull(), calls.seconds.notnull())
    claims = good.group_by("call_id").agg(claimed=good.line.min(), wanted=good.count())
    claims = claims.filter(claims.wanted > 1).select(claimed_id="call_id", claimed="claimed")
    return calls.left_join(claims, calls.call_id == claims.claimed_id).drop("claimed_id")


def _with_class(calls: Table, prefixes: Table, lengths: list[int]) -> Table:
    """`class` by the longest prefix of the callee; null where not even the empty one is there."""
    classes = []
    for size in sorted(lengths, reverse=True):
        some = prefixes.filter(prefixes.prefix.length() == size)
        some = some.select(**{f"prefix{size}": some.prefix, f"class{size}": some["class"]})
        calls = calls.left_join(some, calls.callee.substr(0, size) == some[f"prefix{size}"])
        classes.append(f"class{size}")
    found = ibis.coalesce(*(calls[name] for name in classes)) if classes else ibis.null("string")
    return calls.mutate(**{"class": found}).drop("callee", *classes, *(f"prefix{size}" for size in lengths))


# structural: a minute
def _started_minutes(seconds: IntegerValue) -> IntegerValue:
    rest = seconds % 60
    # Division of whole numbers becomes one of floats; exact below 2⁵³, and the rest is taken away before.
    return ((seconds - rest) / 60).cast("int64") + ibis.ifelse(rest > 0, 1, 0)


def _reason(rows: Table, month: Month) -> StringValue:
    return ibis.cases(
        (rows.moment.isnull() | rows.seconds.isnull(), Reason.BAD_ROW.value),
        (rows.claimed.notnull() & (rows.line > rows.claimed), Reason.REPEAT.value),
        (rows.place.isnull(), Reason.UNKNOWN_ACCOUNT.value),
        (~rows.known, Reason.UNKNOWN_PLAN.value),
        ((rows.moment < month.first) | (rows.moment >= month.after), Reason.OTHER_MONTH.value),
        (rows.price.isnull() & (rows.seconds > 0), Reason.NO_PRICE.value),
        else_=ibis.null("string"),
    )


def rated(judged: Table, accounts: Table) -> Table:
    """The calls that are rated, in order, as RATED says: credit and balance follow from one running sum per account."""
    rows = judged.filter(judged.reason.isnull()).drop("reason", "line")
    order = ibis.window(group_by="place", order_by=["moment", "call_id"], preceding=None, following=0)
    rows = rows.mutate(so_far=_whole(rows.charge.sum().over(order)))
    rows = rows.inner_join(accounts.select("place", "number", "credit", "balance"), "place")
    used = ibis.least(rows.charge, ibis.greatest(_NOTHING, rows.credit - (rows.so_far - rows.charge)))
    rows = rows.mutate(
        credit_used=used,
        paid=rows.charge - used,
        balance_after=rows.balance - ibis.greatest(_NOTHING, rows.so_far - rows.credit),
    )
    return rows.order_by("place", "moment", "call_id").select(*RATED)


def totals(judged: Table, accounts: Table) -> Table:
    """Every account in the order of numbers, as TOTALS says."""
    rows = judged.filter(judged.reason.isnull())
    sums = rows.group_by("place").agg(
        calls=rows.count(), minutes=_whole(rows.minutes.sum()), charge=_whole(rows.charge.sum())
    )
    every = accounts.left_join(sums, "place")
    charge = ibis.coalesce(every.charge, _NOTHING)
    used = ibis.least(charge, every.credit)
    return every.order_by("place").select(
        number=every.number,
        calls=ibis.coalesce(every.calls, _NOTHING),
        minutes=ibis.coalesce(every.minutes, _NOTHING),
        charge=charge,
        credit_used=used,
        credit_lapsed=every.credit - used,
        paid=charge - used,
        balance=every.balance - (charge - used),
    )


def suspense(judged: Table) -> Table:
    """What is not rated, in the order of the file, as SUSPENSE says."""
    return judged.filter(judged.reason.notnull()).order_by("line").select(*SUSPENSE)


def _whole(total: Any) -> IntegerValue:
    return total.cast(dt.Int64(nullable=False))
