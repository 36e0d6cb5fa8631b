"""待办 What waits for one person about money: drawers, bags, shortages, charges, providers, invoices (ORD-16)."""

from datetime import timedelta
from typing import Any

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.banking import api as banking
from onehall.foundation.database import fetch_all
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.todos import Todo, WaitsFor
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.readings.deposits import to_deposit
from onehall.readings.invoice_todos import invoice_todos
from onehall.readings.paper_todos import paper_todos

_DRAWERS = """
    select d.id::text as key, d.handed_in_at as since, u.name as detail
    from pub_custody_drawer d join identity_user u on u.id = d.by_id
    where d.hall_id = %(hall)s and d.closed_at is null and d.handed_in_at is not null and d.by_id <> %(user)s
    order by d.handed_in_at limit %(limit)s
"""
_BAGS = """
    select b.id::text as key, b.sealed_at as since, b.serial as detail from pub_banking_bag b
    where b.hall_id = %(hall)s and b.signed_at is null and b.sealed_by_id <> %(user)s order by b.id limit %(limit)s
"""
_SHORTAGES = """
    select s.id::text as key, s.proposed_at as since, s.answer_by as due, c.name as detail, s.clerk_id = %(user)s as own
    from pub_workforce_shortage s join identity_user c on c.id = s.clerk_id
    where s.hall_id = %(hall)s and s.decided_at is null and (
        s.clerk_id = %(user)s and s.answered_at is null
        or %(decides)s and %(user)s not in (s.clerk_id, s.proposed_by_id)
           and (s.answered_at is not null or s.answer_by <= %(at)s))
    order by s.id limit %(limit)s
"""
_CHARGES = """
    select id::text as key, changed_at as since, number as detail from pub_acquiring_charge
    where hall_id = %(hall)s and by_id <> %(user)s and (state = 'refund_refused' or state = 'refunding' and way in ('slip', 'record') and changed_at <= %(before)s or state = 'succeeded' and unsold and changed_at <= %(before)s)
    order by id limit %(limit)s
"""
_DIFFERENCES = """
    select id::text as key, found_at as since, number as detail from pub_clearing_difference
    where hall_id = %(hall)s and settled_at is null order by id limit %(limit)s
"""
_TRANSFERS = """
    select w.id::text as key, w.at as since, w.reference as detail from pub_banking_waiting w
    where w.hall_id = %(hall)s and w.booked_on < %(since)s order by w.booked_on, w.id limit %(limit)s
"""


def of_money(by: Actor, facts: dict[str, Any], scope: Scope) -> list[Todo]:
    """What this person may see to, each kind by its own permission; `facts` are those of `todos`."""
    return [
        *_drawers(by, facts), *_shortages(by, facts), *_bags(by, facts), *_charges(by, facts), *_differences(by, facts),
        *invoice_todos(by=by, at=facts["at"], limit=facts["limit"], scope=scope), *_deposits(by, facts, scope),
        *_transfers(by, facts), *paper_todos(by=by, at=facts["at"], limit=facts["limit"], scope=scope),
    ]  # fmt: skip


def _drawers(by: Actor, facts: dict[str, Any]) -> list[Todo]:
    if not by.may("drawer.confirm"):
        return []
    words = Text("确认钱箱交账", "Confirm a drawer")
    return [
        Todo("drawer", words=words, href=f"/board/drawers/{row['key']}", waits_for=WaitsFor.COLLEAGUE, **row)
        for row in fetch_all(_DRAWERS, facts)
    ]


def _shortages(by: Actor, facts: dict[str, Any]) -> list[Todo]:
    """What is proposed against oneself, and what waits for a decision (LAW-04)."""
    words = {
        True: Text("确认或异议一项短款", "Answer a shortage"),
        False: Text("决定一项短款", "Decide a shortage"),
    }
    return [
        Todo(
            "shortage", words=words[row.pop("own")], href=f"/board/shortages/{row['key']}", waits_for=WaitsFor.COLLEAGUE,
            **row,
        )
        for row in fetch_all(_SHORTAGES, {**facts, "decides": by.may("shortage.decide")})
    ]  # fmt: skip


def _bags(by: Actor, facts: dict[str, Any]) -> list[Todo]:
    if not by.may("deposit.sign"):
        return []
    words = Text("复核封包、签字", "Check and sign a bag")
    return [
        Todo(
            "bag", words=words, href=f"/board/deposits/bags/{row['key']}", waits_for=WaitsFor.COLLEAGUE, **row
        )
        for row in fetch_all(_BAGS, facts)
    ]


def _charges(by: Actor, facts: dict[str, Any]) -> list[Todo]:
    """Money without a sale that no clerk is finishing any more, and refunds that the provider refused (PAY-03)."""
    if not by.may("charge.refund"):
        return []
    minutes = policy_book(hall_id=by.hall_id, at=facts["at"])[acquiring.CHARGE_MINUTES]
    words = Text(
        "手机付款、刷卡没有落到业务，或没退成",
        "A payment by telephone or card without a sale, or not given back yet",
    )
    found = fetch_all(_CHARGES, {**facts, "before": facts["at"] - timedelta(minutes=minutes)})
    return [
        Todo("charge", words=words, href="/board/charges/", waits_for=WaitsFor.CUSTOMER, **row)
        for row in found
    ]


def _differences(by: Actor, facts: dict[str, Any]) -> list[Todo]:
    """Where a provider's file and our charges differ, until a named person settled it (PAY-03)."""
    if not by.may("bill.settle"):
        return []
    words, href = Text("处理支付平台对账差异", "Settle a difference with a provider"), "/board/charges/bills"
    found = fetch_all(_DIFFERENCES, facts)
    return [Todo("difference", words=words, href=href, waits_for=WaitsFor.COLLEAGUE, **row) for row in found]


def _deposits(by: Actor, facts: dict[str, Any], scope: Scope) -> list[Todo]:
    """Takings that are past the policy's hour and lie in no bag (CSH-02)."""
    if not by.may("deposit.make"):
        return []
    hour = policy_book(hall_id=by.hall_id, at=facts["at"])[banking.DEPOSIT_HOUR]
    late = [one for one in to_deposit(hall=by.hall_id, hour=hour, at=facts["at"], scope=scope) if one.late]
    words = Text("营业款过了时限还没有封包", "Takings past their hour lie in no bag")
    return [
        Todo("deposit", str(one.id), words, "/board/deposits/", WaitsFor.COLLEAGUE, one.by, one.by, f"{one.counter} {one.clerk}")
        for one in late
    ]  # fmt: skip


def _transfers(by: Actor, facts: dict[str, Any]) -> list[Todo]:
    """What customers transferred and no counter claimed within the days that the bank's record is given (PAY-03)."""
    if not by.may("bank.import"):
        return []
    days = policy_book(hall_id=by.hall_id, at=facts["at"])[banking.BANK_DAYS]
    words = Text("查明没有人认领的转账", "Find out about a transfer nobody claimed")
    found = fetch_all(_TRANSFERS, {**facts, "since": local(facts["at"]).date() - timedelta(days=days)})
    return [
        Todo("transfer", words=words, href="/board/deposits/bank", waits_for=WaitsFor.CUSTOMER, **row)
        for row in found
    ]
