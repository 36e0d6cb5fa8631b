"""Money, books and papers agree (LED-02): every check names the first records that do not, expected and found.

Each check is one set-based statement over published views that answers with the rows at fault only.
"""

from dataclasses import dataclass

from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.scopes import Scope
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text


@dataclass(frozen=True, slots=True)
class Check:
    """`sql` answers rows (id, expected, found); amounts are fen where `money`."""

    rule: str
    record: str
    title: Text
    sql: str
    money: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One record that disagrees."""

    rule: str
    record: str
    id: str
    title: Text
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was looked at, and the first findings of each check."""

    payments: int
    receipts: int
    amount: Money
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether everything agrees."""
        return not self.findings


_BATCHES = """
    select batch_id as id, 0 as expected, sum(amount) as found
    from pub_ledger_posting where {halls} group by batch_id having sum(amount) <> 0
"""
_POSTINGS = """
    select p.id, p.amount as expected, coalesce(sum(g.amount) filter (where g.amount > 0), 0) as found
    from pub_ledger_payment p left join pub_ledger_posting g on g.batch_id = p.batch_id
    where {p.halls} group by p.id, p.amount
    having coalesce(sum(g.amount) filter (where g.amount > 0), 0) <> p.amount
"""
_TENDERS = """
    select p.id, t.amount as expected, coalesce(g.amount, 0) as found
    from pub_ledger_payment p join pub_ledger_tender t on t.payment_id = p.id
    left join pub_ledger_posting g on g.batch_id = p.batch_id and g.means = t.means
    where {p.halls} and g.amount is distinct from t.amount
"""
_REVERSALS = """
    select p.id, -g.amount as expected, coalesce(sum(r.amount), 0) as found
    from pub_ledger_payment p join pub_ledger_posting g on g.batch_id = p.batch_id
    left join pub_ledger_posting r on r.batch_id = p.reversal_batch_id and r.account = g.account
    where {p.halls} and p.reversal_id is not null
    group by p.id, g.id, g.amount having coalesce(sum(r.amount), 0) <> -g.amount
"""
_BASKETS = """
    select p.id, coalesce(b.settled_fen, 0) as expected, p.amount as found
    from pub_ledger_payment p join pub_orders_basket b on b.id = p.basket_id
    where {p.halls} and (b.state <> 'settled' or b.settled_fen <> p.amount)
"""
_UNPAID = """
    select b.id, b.settled_fen as expected, 0 as found
    from pub_orders_basket b left join pub_ledger_payment p on p.basket_id = b.id
    where {b.halls} and b.state = 'settled' and b.settled_fen > 0 and p.id is null
"""
_STANDING = """
    select p.id, (p.reversal_id is null)::int as expected, count(r.id) as found
    from pub_ledger_payment p left join pub_ledger_receipt r on r.payment_id = p.id and r.voided_at is null
    where {p.halls} group by p.id, p.reversal_id
    having count(r.id) <> (p.reversal_id is null)::int
"""
_AMOUNTS = """
    select r.id, p.amount as expected, r.amount as found
    from pub_ledger_receipt r join pub_ledger_payment p on p.id = r.payment_id
    where {r.halls} and r.amount <> p.amount
"""
_DRAWERS = """
    select p.id, t.tendered - t.change as expected, coalesce(e.amount, 0) as found
    from pub_ledger_payment p join pub_ledger_tender t on t.payment_id = p.id
    left join pub_custody_entry e on e.payment_id = p.id and e.means = t.means and e.kind = 'sale'
        and (e.hall_id, e.counter_id, e.by_id) = (p.hall_id, p.counter_id, p.by_id)
    where {p.halls} and (e.received, e.given) is distinct from (t.tendered, t.change)
"""
_REFUNDS = """
    select p.id, case when p.reversal_id is null then 0 else t.amount end as expected,
           coalesce(e.given, 0) as found
    from pub_ledger_payment p join pub_ledger_tender t on t.payment_id = p.id
    left join pub_custody_entry e on e.payment_id = p.id and e.means = t.means and e.kind = 'refund'
    where {p.halls}
      and coalesce(e.given, 0) <> case when p.reversal_id is null then 0 else t.amount end
"""
_GAPS = """
    select b.prefix || lpad(n.n::text, greatest(b.width, length(n.n::text)), '0') as id, 1 as expected, 0 as found
    from pub_numbers_book b cross join lateral generate_series(b.first, b.next - 1) as n(n)
    left join pub_ledger_receipt r on r.kind = b.kind and r.book_id = b.id
        and r.number = b.prefix || lpad(n.n::text, greatest(b.width, length(n.n::text)), '0')
    where {b.halls} and b.kind = 'receipt' and r.id is null
"""
_STRAYS = """
    select r.number as id, b.next - b.first as expected, r.count as found
    from (select book_id, max(number) as number, count(*) as count, min(hall_id) as hall_id
          from pub_ledger_receipt group by book_id) r
    join pub_numbers_book b on b.id = r.book_id
    where {r.halls} and r.count > b.next - b.first
"""

CHECKS = (
    Check("LED-01", "batch", Text("分录借贷相抵", "postings balance"), _BATCHES),
    Check("LED-02", "payment", Text("收款等于入账", "the payment is what was posted"), _POSTINGS),
    Check("LED-02", "payment", Text("付款方式等于科目变动", "each means moved its account"), _TENDERS),
    Check("LED-02", "payment", Text("冲正与原分录相反", "a reversal mirrors its payment"), _REVERSALS),
    Check("LED-03", "payment", Text("收款等于已结业务", "the payment settles its basket"), _BASKETS),
    Check("PAY-01", "basket", Text("已结业务都有收款", "what is settled was paid"), _UNPAID),
    Check(
        "RCP-01", "payment", Text("一笔收款一张有效收据", "a payment has one valid receipt"), _STANDING, False
    ),
    Check("RCP-01", "receipt", Text("收据金额等于收款", "a receipt bears its payment"), _AMOUNTS),
    Check("LED-02", "payment", Text("收款都进了本人钱箱", "the money lies in the clerk's drawer"), _DRAWERS),
    Check("LED-02", "payment", Text("冲正都从钱箱退出", "what was reversed left a drawer"), _REFUNDS),
    Check("RCP-01", "receipt", Text("收据号码连续无缺号", "receipt numbers have no gaps"), _GAPS, False),
    Check("RCP-01", "receipt", Text("收据都出自收据簿", "receipts come from their book"), _STRAYS, False),
)

_TOTALS = """
    select (select count(*) from pub_ledger_payment where {halls}) as payments,
           (select count(*) from pub_ledger_receipt where {halls}) as receipts,
           (select coalesce(sum(amount), 0)::bigint from pub_ledger_payment where {halls}) as amount
"""


def verify_money(*, scope: Scope, at_most: int = 10) -> Verdict:
    """Proves the books of the halls in the scope; of each check at most `at_most` findings, in the order of ids."""
    findings = [finding for check in CHECKS for finding in _run(check, scope, at_most)]
    totals = fetch_one(_within(_TOTALS), {"halls": scope.hall_list}) or {}
    return Verdict(
        payments=totals["payments"],
        receipts=totals["receipts"],
        amount=Money(totals["amount"]),
        findings=tuple(findings),
    )


def _run(check: Check, scope: Scope, at_most: int) -> list[Finding]:
    sql = f"select * from ({_within(check.sql)}) as fault order by id limit %(at_most)s"  # noqa: S608 - own text
    rows = fetch_all(sql, {"halls": scope.hall_list, "at_most": at_most})
    return [
        Finding(
            rule=check.rule,
            record=check.record,
            id=str(row["id"]),
            title=check.title,
            expected=_shown(row["expected"], check),
            found=_shown(row["found"], check),
        )
        for row in rows
    ]


def _shown(value: object, check: Check) -> str:
    whole = int(str(value))
    return Money(whole).text if check.money else str(whole)


def _within(sql: str) -> str:
    """Writes the scope into a statement: `{p.halls}` is the test on p.hall_id."""
    for alias in ("p.", "b.", "r.", ""):
        test = f"(%(halls)s::bigint[] is null or {alias}hall_id = any(%(halls)s))"
        sql = sql.replace(f"{{{alias}halls}}", test)
    return sql
