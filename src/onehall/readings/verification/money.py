"""Payment = posting = receipt = drawer, and books without gaps (LED-01, LED-02, RCP-01)."""

from onehall.foundation.values.text import Text
from onehall.readings.verification.check import Check

_BATCHES = """
    select g.batch_id as id, 0 as expected, g.amount as found
    from (select batch_id, sum(amount) as amount from pub_ledger_leg group by batch_id having sum(amount) <> 0) g
    left join pub_ledger_batch b on b.id = g.batch_id where {b.halls} or (b.id is null and {everywhere})
"""
_POSTINGS = """
    select p.id, p.amount as expected, coalesce(g.amount, 0) as found
    from pub_ledger_payment p
    left join (select batch_id, sum(amount) as amount from pub_ledger_leg where amount > 0 group by batch_id) g
        on g.batch_id = p.batch_id
    where {p.halls} and coalesce(g.amount, 0) <> p.amount
"""
_TENDERS = """
    select t.payment_id as id, t.amount as expected, coalesce(g.amount, 0) as found
    from pub_ledger_taken t left join pub_ledger_leg g on g.batch_id = t.batch_id and g.means = t.means
    where {t.halls} and g.amount is distinct from t.amount
"""
_REVERSALS = """
    select p.id, -g.amount as expected, coalesce(sum(r.amount), 0) as found
    from pub_ledger_payment p join pub_ledger_leg g on g.batch_id = p.batch_id
    left join pub_ledger_leg r on r.batch_id = p.reversal_batch_id and r.account = g.account
    where {p.halls} and p.reversal_id is not null
    group by p.id, g.account, g.amount having coalesce(sum(r.amount), 0) <> -g.amount
"""
_BASKETS = """
    select p.id, case when b.state = 'settled' then b.settled_fen else 0 end as expected, p.amount as found
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
    from pub_ledger_payment p
    left join (
        select r.payment_id, r.id from pub_ledger_receipt r left join pub_invoicing_red d on d.receipt_id = r.id
        where r.voided_at is null and d.id is null) r on r.payment_id = p.id
    where {p.halls} group by p.id, p.reversal_id
    having count(r.id) <> (p.reversal_id is null)::int
"""
_RED = """
    select r.number as id, -t.amount as expected, r.amount as found
    from pub_invoicing_red r join pub_ledger_receipt t on t.id = r.receipt_id
    join pub_ledger_payment p on p.id = r.payment_id
    where {r.halls} and (r.amount <> -t.amount or t.amount <> p.amount or p.reversal_id is null or t.voided_at is not null)
"""
_AMOUNTS = """
    select r.id, p.amount as expected, r.amount as found
    from pub_ledger_receipt r join pub_ledger_payment p on p.id = r.payment_id
    where {r.halls} and r.amount <> p.amount
"""
_DRAWERS = """
    select t.payment_id as id, case when e.received = t.tendered then t.change else t.tendered end as expected,
           case when e.received = t.tendered then e.given else coalesce(e.received, 0) end as found
    from pub_ledger_taken t
    left join pub_custody_entry e on e.payment_id = t.payment_id and e.means = t.means and e.kind = 'sale'
        and (e.hall_id, e.counter_id, e.by_id) = (t.hall_id, t.counter_id, t.by_id)
    where {t.halls} and (e.received, e.given) is distinct from (t.tendered, t.change)
"""
_REFUNDS = """
    with due as (
        select t.payment_id, t.means, t.amount, t.hall_id
        from pub_ledger_payment p join pub_ledger_taken t on t.payment_id = p.id where p.reversal_id is not null),
    given as (select payment_id, means, given, hall_id from pub_custody_entry where kind = 'refund')
    select r.id, r.expected, r.found
    from (select coalesce(d.payment_id, g.payment_id) as id, coalesce(d.hall_id, g.hall_id) as hall_id,
                 coalesce(d.amount, 0) as expected, coalesce(g.given, 0) as found
          from due d full join given g on g.payment_id = d.payment_id and g.means = d.means) r
    where {r.halls} and r.expected <> r.found
"""
_REVENUE = """
    with earned as (
        select basket_id, revenue_account as account, sum(amount_fen) as amount
        from pub_orders_order group by basket_id, revenue_account having sum(amount_fen) <> 0)
    select p.id, e.amount as expected, -coalesce(g.amount, 0) as found
    from pub_ledger_payment p join earned e on e.basket_id = p.basket_id
    left join (select batch_id, account, sum(amount) as amount from pub_ledger_leg where means = '' group by batch_id, account) g
        on g.batch_id = p.batch_id and g.account = e.account
    where {p.halls} and e.amount is distinct from -g.amount
"""
# What stands on a paper, as a number; null where no paper of this book can look like it.
_PRINTED = """
    select r.id, r.number, r.hall_id, b.id as book_id, b.prefix, b.width, b.first, b.next,
        case when left(r.number, length(b.prefix)) = b.prefix
              and translate(substr(r.number, length(b.prefix) + 1), '0123456789', '') = ''
              and length(r.number) - length(b.prefix) between b.width and 18
             then substr(r.number, length(b.prefix) + 1)::bigint end as n
    from (select id, number, hall_id, book_id from pub_invoicing_numbered
          union all select id, number, hall_id, book_id from pub_numbers_spoilt where kind = 'receipt') r
    join pub_numbers_book b on b.id = r.book_id
"""
_GAPS = """
    with printed as ({printed}),
    steps as (
        select book_id, n, coalesce(lag(n) over (partition by book_id order by n), first - 1) as before
        from printed where n is not null
        union all
        select b.id, b.next, coalesce(max(p.n), b.first - 1)
        from pub_numbers_book b left join printed p on p.book_id = b.id where b.kind = 'receipt' group by b.id, b.next, b.first)
    select b.prefix || lpad((s.before + 1)::text, greatest(b.width, length((s.before + 1)::text)), '0') as id,
           s.n - s.before - 1 as expected, 0 as found
    from steps s join pub_numbers_book b on b.id = s.book_id
    where {b.halls} and s.n > s.before + 1
""".replace("{printed}", _PRINTED)
_STRAYS = """
    select r.number as id, r.first || '–' || r.next - 1 as expected, r.number as found
    from ({printed}) r where {r.halls} and (r.n is null or r.n < r.first or r.n >= r.next)
""".replace("{printed}", _PRINTED)

CHECKS = (
    Check("LED-01", "batch", Text("分录借贷相抵", "postings balance"), _BATCHES, agreement="balance"),
    Check("LED-02", "payment", Text("收款等于入账", "the payment is what was posted"), _POSTINGS, agreement="posted"),
    Check("LED-02", "payment", Text("付款方式等于科目变动", "each means moved its account"), _TENDERS, agreement="moved"),
    Check("LED-02", "payment", Text("收入按业务入科目", "revenue is booked as it was sold"), _REVENUE, agreement="earned"),
    Check("LED-02", "payment", Text("冲正与原分录相反", "a reversal mirrors its payment"), _REVERSALS),
    Check("LED-03", "payment", Text("收款等于已结业务", "the payment settles its basket"), _BASKETS, agreement="settled"),
    Check("PAY-01", "basket", Text("已结业务都有收款", "what is settled was paid"), _UNPAID, agreement="settled"),
    Check("RCP-01", "payment", Text("一笔收款一张有效收据", "a payment has one valid receipt"), _STANDING, money=False, agreement="standing"),
    Check("RCP-01", "receipt", Text("收据金额等于收款", "a receipt bears its payment"), _AMOUNTS, agreement="amount"),
    Check("RCP-01", "receipt", Text("红字收据与原收据相抵", "a red receipt mirrors its receipt"), _RED),
    Check("LED-02", "payment", Text("收款都进了本人钱箱", "the money lies in the clerk's drawer"), _DRAWERS, agreement="passed"),
    Check("LED-02", "payment", Text("冲正都从钱箱退出", "what was reversed left a drawer"), _REFUNDS),
    Check("RCP-01", "receipt", Text("收据号码连续无缺号", "receipt numbers have no gaps"), _GAPS, money=False, agreement="drawn"),
    Check("RCP-01", "receipt", Text("收据都出自收据簿", "receipts come from their book"), _STRAYS, money=False, agreement="drawn"),
)  # fmt: skip
