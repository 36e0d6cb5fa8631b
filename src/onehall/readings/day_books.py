"""A hall's day in the books: by means, by account, three-way by clerk and counter, and a clerk's journal (CSH-02, CSH-03, LED-02).

Money, accounts and receipt stubs each come from rows of their own: entries of drawers, postings, receipts. Nothing is taken from another.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import CounterId, HallId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period
from onehall.foundation.values.text import Text

_MOVED = """
    with paid as (
        select p.id, p.counter_id, p.by_id, p.batch_id as batch, p.at from pub_ledger_payment p
        where p.hall_id = %(hall)s and p.at >= %(start)s and p.at < %(end)s
        union all
        select p.id, p.reversed_counter_id, p.reversed_by_id, p.reversal_batch_id, p.reversed_at from pub_ledger_payment p
        where p.hall_id = %(hall)s and p.reversed_at >= %(start)s and p.reversed_at < %(end)s
    ), account as (
        select m.id, m.counter_id, m.by_id, sum(g.amount) as amount from paid m
        join pub_ledger_leg g on g.batch_id = m.batch and g.means <> '' group by m.id, m.counter_id, m.by_id
    ), cash as (
        select e.payment_id as id, e.counter_id, e.by_id, sum(e.amount) as amount from pub_custody_entry e
        where e.hall_id = %(hall)s and e.at >= %(start)s and e.at < %(end)s and e.payment_id is not null
        group by e.payment_id, e.counter_id, e.by_id
    ), stub as (
        select s.payment_id as id, s.counter_id, s.by_id, sum(s.amount) as amount from (
            select r.payment_id, p.counter_id, p.by_id, r.amount
            from pub_ledger_receipt r join pub_ledger_payment p on p.id = r.payment_id
            where r.hall_id = %(hall)s and r.issued_at >= %(start)s and r.issued_at < %(end)s
            union all
            select r.payment_id, p.reversed_counter_id, coalesce(p.reversed_by_id, p.by_id), -r.amount
            from pub_ledger_receipt r join pub_ledger_payment p on p.id = r.payment_id
            where r.hall_id = %(hall)s and r.voided_at >= %(start)s and r.voided_at < %(end)s
            union all
            select d.payment_id, d.counter_id, d.by_id, d.amount from pub_invoicing_red d
            where d.hall_id = %(hall)s and d.issued_at >= %(start)s and d.issued_at < %(end)s) s
        group by s.payment_id, s.counter_id, s.by_id
    ), together as (
        select id, counter_id, by_id, amount as account, 0 as cash, 0 as stubs from account
        union all select id, counter_id, by_id, 0, amount, 0 from cash
        union all select id, counter_id, by_id, 0, 0, amount from stub
    )
"""
_MATCH = f"""{_MOVED}
    select t.counter_id as counter_id, t.by_id, coalesce(c.no, '') as counter, coalesce(u.name, '') as clerk,
           count(distinct t.id)::int as payments, sum(t.account)::bigint as account, sum(t.cash)::bigint as cash,
           sum(t.stubs)::bigint as stubs
    from together t left join pub_organisation_counter c on c.id = t.counter_id left join identity_user u on u.id = t.by_id
    group by t.counter_id, t.by_id, c.no, u.name order by length(c.no), c.no, u.name
"""  # noqa: S608 - constant text
_DIFFERENCES = f"""{_MOVED}
    select d.id, coalesce(r.number, '') as receipt, r.id as receipt_id, d.account, d.cash, d.stubs
    from (select id, sum(account)::bigint as account, sum(cash)::bigint as cash, sum(stubs)::bigint as stubs
          from together group by id having sum(account) <> sum(cash) or sum(account) <> sum(stubs)) d
    left join lateral (select id, number from pub_ledger_receipt where payment_id = d.id order by turn desc limit 1) r on true
    order by d.id limit %(limit)s
"""  # noqa: S608 - constant text
_ACCOUNTS = """
    select g.account as code, a.name_zh, a.name_en, sum(greatest(g.amount, 0))::bigint as debit,
           sum(greatest(-g.amount, 0))::bigint as credit
    from pub_ledger_posting g join pub_ledger_account a on a.code = g.account
    where g.hall_id = %(hall)s and g.at >= %(start)s and g.at < %(end)s
    group by g.account, a.name_zh, a.name_en order by g.account
"""
_STUBS = """
    select count(*)::int as issued, count(r.voided_at)::int as void,
           (count(*) filter (where n.kind = 'red_receipt'))::int as red, coalesce(min(n.number), '') as first,
           coalesce(max(n.number), '') as last
    from pub_invoicing_numbered n
    left join pub_ledger_receipt r on r.id = n.id and n.kind = 'receipt' and r.voided_at is not null
    where n.hall_id = %(hall)s and n.issued_at >= %(start)s and n.issued_at < %(end)s
"""
_JOURNAL = """
    select e.id, e.at, e.kind, e.means, e.received, e.given, e.amount, e.reason, coalesce(r.number, '') as receipt,
           r.id as receipt_id, c.no as counter
    from pub_custody_entry e
    join pub_organisation_counter c on c.id = e.counter_id
    left join lateral (
        select id, number from pub_ledger_receipt where payment_id = e.payment_id and issued_at <= e.at
        order by turn desc limit 1) r on true
    where e.hall_id = %(hall)s and e.by_id = %(by)s and e.at >= %(start)s and e.at < %(end)s
    order by e.at, e.id
"""


@dataclass(frozen=True, slots=True)
class MatchLine:
    """One clerk at one counter: accounts, cash and receipt stubs, each counted by itself."""

    counter_id: CounterId
    by_id: UserId
    counter: str
    clerk: str
    payments: int
    account: Money
    cash: Money
    stubs: Money
    lines_agree: bool = True

    @property
    def agrees(self) -> bool:
        """Whether all three are the same (帐、款、票据存根三者相符)."""
        return self.lines_agree and self.account == self.cash == self.stubs

    @classmethod
    def together(cls, lines: tuple["MatchLine", ...]) -> "MatchLine":
        """The hall as one line; it agrees only where each of its lines does, so that two differences never hide each other."""
        account, cash, stubs = (
            Money.total(getattr(one, part) for one in lines) for part in ("account", "cash", "stubs")
        )
        payments, own = sum(one.payments for one in lines), all(one.agrees for one in lines)
        return cls(CounterId(0), UserId(0), "", "", payments, account, cash, stubs, lines_agree=own)


@dataclass(frozen=True, slots=True)
class Difference:
    """A payment whose account, cash and stubs differ: the document to look at, and the three amounts."""

    id: int
    receipt: str
    receipt_id: int | None
    account: Money
    cash: Money
    stubs: Money


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account's debits and credits, by the name an accountant knows."""

    code: str
    name: Text
    debit: Money
    credit: Money


@dataclass(frozen=True, slots=True)
class Stubs:
    """The receipts issued in a span: how many, red ones among them, how many void by now, the first and the last number."""

    issued: int
    void: int
    red: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One movement in a clerk's journal; `balance` is the clerk's net of all means up to here."""

    id: int
    at: datetime
    counter: str
    kind: str
    means: str
    receipt: str
    receipt_id: int | None
    received: Money
    given: Money
    amount: Money
    reason: str
    balance: Money


def three_way(*, hall: HallId, span: Period, scope: Scope) -> tuple[MatchLine, ...]:
    """By counter and clerk; a reversal counts when it was made. Raises NotFound outside the scope."""
    rows = _rows(_MATCH, hall, span, scope)
    return tuple(MatchLine(**_money(row, "account", "cash", "stubs")) for row in rows)


def differences(*, hall: HallId, span: Period, limit: int, scope: Scope) -> tuple[Difference, ...]:
    """The payments whose three amounts differ, by number."""
    rows = _rows(_DIFFERENCES, hall, span, scope, limit=limit)
    return tuple(Difference(**_money(row, "account", "cash", "stubs")) for row in rows)


def accounts(*, hall: HallId, span: Period, scope: Scope) -> tuple[AccountLine, ...]:
    """What was posted on each account."""
    return tuple(
        AccountLine(
            row["code"], Text(row["name_zh"], row["name_en"]), Money(row["debit"]), Money(row["credit"])
        )
        for row in _rows(_ACCOUNTS, hall, span, scope)
    )


def stubs(*, hall: HallId, span: Period, scope: Scope) -> Stubs:
    """The receipts of a span."""
    scope.require(hall)
    return Stubs(**fetch_one(_STUBS, {"hall": hall, "start": span.start, "end": span.end}) or {})


def journal(*, hall: HallId, by: UserId, span: Period, scope: Scope) -> tuple[JournalLine, ...]:
    """A clerk's movements in the order in which they happened. Raises NotFound for somebody who does not exist."""
    if fetch_one("select id from identity_user where id = %(id)s", {"id": by}) is None:
        raise NotFound(what="这位营业员", what_en="This clerk")
    found, balance = [], Money.zero()
    for row in _rows(_JOURNAL, hall, span, scope, by=by):
        told = _money(row, "received", "given", "amount")
        balance += told["amount"]
        found.append(JournalLine(**told, balance=balance))
    return tuple(found)


def _rows(sql: str, hall: HallId, span: Period, scope: Scope, **facts: Any) -> list[dict[str, Any]]:
    scope.require(hall)
    return fetch_all(sql, {"hall": hall, "start": span.start, "end": span.end, **facts})


def _money(row: dict[str, Any], *parts: str) -> dict[str, Any]:
    return {**row, **{part: Money(row[part]) for part in parts}}
