"""Money, books, papers, orders, terms and access agree (LED-02, LED-03): every check names the first records that do not.

One statement reads every table once and tells which sides agree as a whole (`agreement`). A check whose sides do not, or that
has none, is one set-based statement over published views: a snapshot of its own, so that a hall may go on selling meanwhile, and
one pass with hash joins, so that it stays linear in the postings.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.scopes import Scope
from onehall.foundation.values.money import Money
from onehall.readings.verification import (
    balances,
    cash,
    charges,
    goods,
    invoices,
    money,
    papers,
    service,
    telephone,
    way,
)
from onehall.readings.verification.agreement import agreeing
from onehall.readings.verification.check import Check, Finding, Result

__all__ = [
    "CHECKS",
    "Check",
    "Finding",
    "Result",
    "Totals",
    "Verdict",
    "run_checks",
    "totals",
    "verify_money",
]

CHECKS = (
    *money.CHECKS,
    *cash.CHECKS,
    *way.CHECKS,
    *charges.CHECKS,
    *balances.CHECKS,
    *invoices.CHECKS,
    *papers.CHECKS,
    *telephone.CHECKS,
    *goods.CHECKS,
    *service.CHECKS,
)

SETTINGS = {"work_mem": "128MB", "enable_nestloop": "off", "jit": "off"}
"""While checks run: room for hash joins, no walking from row to row, which would not stay linear, and no machine code made for
each statement, which takes longer than it saves."""
_TOTALS = """
    select (select count(*) from pub_ledger_payment where {halls}) as payment,
           (select count(*) from pub_ledger_receipt where {halls}) as receipt,
           (select count(*) from pub_ledger_batch where {halls}) as batch,
           (select count(*) from pub_custody_drawer where {halls}) as drawer,
           (select count(*) from pub_banking_bag where {halls}) as bag,
           (select count(*) from pub_acquiring_charge where {halls}) as charge,
           (select count(*) from pub_invoicing_invoice where {halls}) as invoice,
           (select count(*) from pub_banking_month where {halls}) as month,
           (select count(*) from pub_orders_basket where {halls}) as basket,
           (select count(*) from pub_orders_order where {halls}) as "order",
           (select count(*) from pub_subscriptions_term) as term,
           (select count(*) from pub_provisioning_access) as account,
           (select count(*) from pub_numbers_number) as number,
           (select count(*) from idempotency_intent) as intent,
           (select coalesce(sum(amount), 0)::bigint from pub_ledger_payment where {halls}) as amount,
           (select count(*) from outbox_outboxevent where taken_at is null and {halls}) as waiting
"""


@dataclass(frozen=True, slots=True)
class Totals:
    """What there is to look at: records by name, the sum of all payments, and announcements not yet made."""

    records: dict[str, int]
    amount: Money
    waiting: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was looked at, and the first findings of each check."""

    totals: Totals
    results: tuple[Result, ...] = field(default=())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Of all checks, in their order."""
        return tuple(finding for result in self.results for finding in result.findings)

    @property
    def sound(self) -> bool:
        """Whether everything agrees."""
        return not any(result.faults for result in self.results)


def verify_money(*, scope: Scope, at_most: int = 10, row_by_row: bool = False) -> Verdict:
    """Proves the books of the halls in the scope; of each check at most `at_most` findings, in the order of ids."""
    results = run_checks(scope=scope, at_most=at_most, row_by_row=row_by_row)
    return Verdict(totals(scope=scope), tuple(results))


def totals(*, scope: Scope) -> Totals:
    """How much there is."""
    row = fetch_one(Check.within(_TOTALS), {"halls": scope.hall_list}) or {}
    amount, waiting = Money(row.pop("amount")), row.pop("waiting")
    return Totals(records=row, amount=amount, waiting=waiting)


def run_checks(*, scope: Scope, at_most: int = 10, row_by_row: bool = False) -> Iterator[Result]:
    """Each check's result as soon as it is done. What belongs to no single hall is checked for the operator only.

    `row_by_row` compares every record with its counterparts, also where both sides agree as a whole.
    """
    before = {name: _set(name, value) for name, value in SETTINGS.items()}
    try:
        agreed = frozenset() if row_by_row else agreeing(scope=scope)
        for check in CHECKS:
            yield Result(check, 0, ()) if check.agreement in agreed else _run(check, scope, at_most)
    finally:
        for name, value in before.items():
            _set(name, value)


def _set(name: str, value: str) -> str:
    """For this connection; what it was before."""
    before = fetch_one("select current_setting(%(name)s) as value", {"name": name})
    fetch_one("select set_config(%(name)s, %(value)s, false)", {"name": name, "value": value})
    return str(before["value"]) if before else value


def _run(check: Check, scope: Scope, at_most: int) -> Result:
    rows = fetch_all(check.statement, {"halls": scope.hall_list, "at_most": at_most})
    found = tuple(
        Finding(
            rule=check.rule,
            record=check.record,
            id=str(row["id"]),
            title=check.title,
            expected=_shown(row["expected"], check),
            found=_shown(row["found"], check),
        )
        for row in rows
    )
    return Result(check, rows[0]["faults"] if rows else 0, found)


def _shown(value: object, check: Check) -> str:
    return Money(int(str(value))).text if check.money else str(value)
