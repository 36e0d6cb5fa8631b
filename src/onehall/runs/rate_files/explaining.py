"""How one charge came about, in words, from the rules alone and not from what an engine wrote (BIL-05)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from onehall.contexts.rating.api import (
    Charged,
    Month,
    NoSuchCall,
    Reason,
    charged,
    longest_prefix,
    suspended,
    yuan,
)
from onehall.runs.rate_files import calls, inputs
from onehall.runs.rate_files.rating import Files

Row = dict[str, Any]
Sentence = tuple[str, str]

WHY: dict[Reason, Sentence] = {
    Reason.BAD_ROW: ("时间或秒数读不懂", "its time or its seconds cannot be read"),
    Reason.REPEAT: ("编号在前面已经出现过", "its number was claimed by an earlier line"),
    Reason.UNKNOWN_ACCOUNT: ("没有主叫 {caller} 的帐户", "there is no account {caller}"),
    Reason.UNKNOWN_PLAN: (
        "帐户的资费 {plan} 不在资费表中",
        "the account's plan {plan} is not among the plans",
    ),
    Reason.OTHER_MONTH: ("不是 {month} 的通话", "it is no call of {month}"),
    Reason.NO_PRICE: ("资费 {plan} 没有类别 {class} 的价格", "plan {plan} has no price for class {class}"),
}


@dataclass(frozen=True, slots=True)
class _Book:
    """What a row is judged by."""

    accounts: dict[str, Row]
    prefixes: dict[str, Row]
    prices: dict[tuple[str, str], int]
    topups: list[Row]
    month: Month

    @classmethod
    def read(cls, files: Files, month: Month) -> "_Book":
        read = inputs.read(accounts=files.accounts, prefixes=files.prefixes, plans=files.plans)
        return cls(
            {row["number"]: row for row in read.accounts.to_pylist()},
            {row["prefix"]: row for row in read.prefixes.to_pylist()},
            {(row["plan"], row["class"]): row["price"] for row in read.prices.to_pylist()},
            inputs.topups(files.topups, read.accounts, month).to_pylist() if files.topups else [],
            month,
        )

    def paid_in(self, account: Row, until: int) -> int:
        """What was paid in until a moment, that second included."""
        mine = (row for row in self.topups if row["place"] == account["place"])
        return sum(row["amount"] for row in mine if row["moment"] <= until)

    def look(self, row: Row, claims: dict[str, int]) -> Row:
        """The row with all that is known of it, and `reason` where it is in suspense."""
        account = self.accounts.get(row["caller"])
        found = self._priced(row["callee"], account)
        readable = _readable(row)
        reason = suspended(
            readable=readable,
            repeated=claims.get(row["call_id"], row["line"]) < row["line"],
            account=account is not None,
            plan=account is not None and account["known"],
            in_month=readable and self.month.first <= row["moment"] < self.month.after,
            price=found["price"] is not None,
            seconds=row["seconds"] or 0,
        )
        return {**row, **found, "month": self.month.text, "account": account, "reason": reason}

    def _priced(self, callee: str, account: Row | None) -> Row:
        """Which prefix, class and price a dialled number has for an account."""
        prefix = longest_prefix(callee, self.prefixes)
        known = self.prefixes.get(prefix or "", {}) if prefix is not None else {}
        plan, kind = account["plan"] if account else "", known.get("class", "")
        facts = {"prefix": prefix or "", "class": kind, "where": known.get("place", "")}
        return {**facts, "plan": plan, "price": self.prices.get((plan, kind))}


def explain(files: Files, *, month: Month, call_id: str) -> list[Sentence]:
    """The lines of the file that bear this number, and how the rated one was charged. Raises NoSuchCall and FileUnusable."""
    rows = list(_rows(files.calls, "call_id", {call_id}))
    if not rows:
        raise NoSuchCall(call_id=call_id)
    book = _Book.read(files, month)
    claims = _claims(rows)
    said: list[Sentence] = []
    for row in (book.look(one, claims) for one in rows):
        said += _call(row)
        if row["reason"]:
            said += _refused(row)
        else:
            said += [*_charge(row, *_walk(files, book, row)), *_topped(book, row)]
    return said


def _rows(path: Path, column: str, wanted: set[str]) -> Iterator[Row]:
    values = pa.array(sorted(wanted), pa.string())
    for batch in calls.batches(path):
        yield from batch.filter(pc.is_in(batch[column], value_set=values)).to_pylist()


def _readable(row: Row) -> bool:
    return row["moment"] is not None and row["seconds"] is not None


def _claims(rows: list[Row]) -> dict[str, int]:
    first: dict[str, int] = {}
    for row in rows:
        if _readable(row):
            first.setdefault(row["call_id"], row["line"])
    return first


def _walk(files: Files, book: _Book, wanted: Row) -> tuple[int, Charged]:
    """Which call of its account in the month it is, and what it did there: all calls before it are charged first."""
    own = list(_rows(files.calls, "caller", {wanted["caller"]}))
    claims = _claims(list(_rows(files.calls, "call_id", {row["call_id"] for row in own})))
    looked = (book.look(row, claims) for row in own)
    rated = sorted((row["moment"], row["call_id"], row) for row in looked if row["reason"] is None)
    account = wanted["account"]
    credit, spent = account["credit"], 0
    for place, (_, _, row) in enumerate(rated, 1):
        balance = account["balance"] + book.paid_in(account, row["moment"]) - spent
        done = charged(seconds=row["seconds"], price=row["price"] or 0, credit=credit, balance=balance)
        if row["line"] == wanted["line"]:
            return place, done
        credit, spent = credit - done.credit_used, spent + done.paid
    raise AssertionError("a rated call is among the rated calls of its account")


def _call(row: Row) -> list[Sentence]:
    if not _readable(row):
        return [
            (f"第 {row['line']} 行，通话 {row['call_id']}：", f"line {row['line']}, call {row['call_id']}:")
        ]
    at = f"{datetime.fromtimestamp(row['moment'], UTC):%Y-%m-%d %H:%M:%S}"
    return [
        (
            f"第 {row['line']} 行，通话 {row['call_id']}：{row['caller']} 于 {at} 拨打 {row['callee']}，{row['seconds']} 秒",
            f"line {row['line']}, call {row['call_id']}: {row['caller']} called {row['callee']} at {at}, {row['seconds']} s",
        )
    ]


def _refused(row: Row) -> list[Sentence]:
    zh, en = (text.format(**row) for text in WHY[row["reason"]])
    return [(f"  未计费，挂起 {row['reason']}：{zh}", f"not rated, in suspense as {row['reason']}: {en}")]


def _charge(row: Row, place: int, done: Charged) -> list[Sentence]:
    prefix = row["prefix"]
    where_zh, where = (f"（{row['where']}）", f" ({row['where']})") if row["where"] else ("", "")
    return [
        (
            f"  最长号段“{prefix}”{where_zh}，类别 {row['class']}",
            f"longest prefix “{prefix}”{where}, class {row['class']}",
        ),
        (
            f"  资费 {row['plan']}：{done.minutes} 分钟（不足一分钟按一分钟）× {yuan(done.price)} 元 = {yuan(done.charge)} 元",
            f"plan {row['plan']}: {done.minutes} started minutes × {yuan(done.price)} yuan = {yuan(done.charge)} yuan",
        ),
        (
            f"  赠送话费原有 {yuan(done.credit_before)} 元，支付 {yuan(done.credit_used)} 元，余 {yuan(done.credit_before - done.credit_used)} 元",
            f"credit: {yuan(done.credit_before)} before, pays {yuan(done.credit_used)}, {yuan(done.credit_before - done.credit_used)} left",
        ),
        (
            f"  余额原有 {yuan(done.balance_before)} 元，支付 {yuan(done.paid)} 元，余 {yuan(done.balance_after)} 元；本月第 {place} 次通话",
            f"balance: {yuan(done.balance_before)} before, pays {yuan(done.paid)}, {yuan(done.balance_after)} left; call {place} of the month",
        ),
    ]


def _topped(book: _Book, row: Row) -> list[Sentence]:
    amount = book.paid_in(row["account"], row["moment"])
    if not amount:
        return []
    return [
        (
            f"  余额含本月此前充值 {yuan(amount)} 元",
            f"the balance holds {yuan(amount)} yuan paid in before, this month",
        )
    ]
