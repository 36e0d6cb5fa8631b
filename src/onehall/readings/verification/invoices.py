"""Invoices: never beyond their payment, red never beyond blue, each shown by its lines, books without gaps (RCP-03, RCP-04, LAW-31)."""

from onehall.foundation.values.text import Text
from onehall.readings.verification.check import Check

_WITHIN = """
    select p.id, case when p.reversal_id is null then p.amount else 0 end as expected, i.amount as found
    from (select payment_id, sum(amount) as amount from pub_invoicing_invoice where counts group by payment_id) i
    join pub_ledger_payment p on p.id = i.payment_id
    where {p.halls} and (i.amount > p.amount or i.amount < 0 or p.reversal_id is not null and i.amount <> 0)
"""
_RED = """
    select b.serial as id, b.amount as expected, r.amount as found
    from (select of_id, -sum(amount) as amount from pub_invoicing_invoice where of_id is not null and dead is null group by of_id) r
    join pub_invoicing_invoice b on b.id = r.of_id
    where {b.halls} and (r.amount > b.amount or b.number is null)
"""
_LINES = """
    select r.serial as id, r.amount as expected, coalesce(l.amount, 0) as found
    from pub_invoicing_invoice r
    left join (select invoice_id, sum(amount) as amount from pub_invoicing_invoice_line group by invoice_id) l on l.invoice_id = r.id
    where {r.halls} and r.amount is distinct from coalesce(l.amount, 0)
"""
_SERVICES = """
    select o.id, o.amount_fen as expected, l.amount as found
    from (select order_id, payment_id, sum(amount) as amount from pub_invoicing_invoice_line where counts group by order_id, payment_id) l
    join pub_orders_order o on o.id = l.order_id join pub_ledger_payment p on p.id = l.payment_id
    where {p.halls} and (l.amount > o.amount_fen or l.amount < 0 or o.basket_id <> p.basket_id)
"""
# Every number that a book of invoices gave stands on one invoice, in its book's range.
_DRAWN = """
    select b.prefix || lpad(b.first::text, b.width, '0') as id, b.next - b.first as expected, count(i.number) as found
    from pub_numbers_book b
    left join (select book_id, number from pub_invoicing_invoice where number is not null
               union all select book_id, number from pub_numbers_spoilt where kind = 'invoice') i
        on i.book_id = b.id and left(i.number, length(b.prefix)) = b.prefix
        and substr(i.number, length(b.prefix) + 1) ~ '^[0-9]{1,18}$'
        and substr(i.number, length(b.prefix) + 1)::bigint >= b.first and substr(i.number, length(b.prefix) + 1)::bigint < b.next
    where {b.halls} and b.kind = 'invoice'
    group by b.id, b.prefix, b.width, b.first, b.next having count(i.number) <> b.next - b.first
"""

CHECKS = (
    Check("RCP-04", "payment", Text("发票不超过收款", "invoices do not exceed their payment"), _WITHIN),
    Check("LAW-31", "invoice", Text("红字不超过蓝字", "red invoices do not exceed the blue one"), _RED),
    Check("RCP-03", "invoice", Text("发票金额等于各行合计", "an invoice is the sum of its lines"), _LINES),
    Check("RCP-03", "order", Text("发票只开已付款的业务", "invoices show paid services only"), _SERVICES),
    Check("RCP-01", "book", Text("发票号码都用在发票上或已作废", "every number of an invoice book is on an invoice or spoilt"), _DRAWN, money=False),
)  # fmt: skip
