"""Prepaid balances: each is the sum of its movements, all of them what the books hold, each movement what was sold or paid (PAY-03, LED-02)."""

from onehall.foundation.values.text import Text
from onehall.readings.verification.check import Check

_SUMS = """
    select b.party_id as id, coalesce(m.fen, 0) as expected, b.amount as found
    from pub_balances_balance b
    left join (select balance_id, sum(amount)::bigint as fen from pub_balances_movement group by balance_id) m on m.balance_id = b.id
    where {everywhere} and b.amount <> coalesce(m.fen, 0)
"""
# A customer pays in at one hall and spends at another, so only the operator as a whole can be compared.
_HELD = """
    with books as (
        select -coalesce(sum(g.amount), 0)::bigint as fen from pub_ledger_leg g
        where g.means = 'prepaid' or g.account in (
            select revenue_account from pub_orders_order where kind = 'deposit' union select account from pub_ledger_role where role = 'prepaid')),
    held as (select coalesce(sum(amount), 0)::bigint as fen from pub_balances_balance)
    select 'all' as id, h.fen as expected, b.fen as found from held h cross join books b where {everywhere} and h.fen <> b.fen
"""
_PAID_IN = """
    with sold as (
        select id, hall_id, amount_fen as fen from pub_orders_order where kind = 'deposit' and state <> 'void'),
    held as (
        select reference as id, max(hall_id) as hall_id, sum(amount)::bigint as fen from pub_balances_movement
        where kind in ('deposit', 'taken_back') group by reference having sum(amount) <> 0)
    select r.id, r.expected, r.found
    from (select coalesce(s.id, h.id) as id, coalesce(s.hall_id, h.hall_id) as hall_id, coalesce(s.fen, 0) as expected,
                 coalesce(h.fen, 0) as found
          from sold s full join held h on h.id = s.id) r
    where {r.halls} and r.expected <> r.found
"""
_SPENT = """
    with paid as (
        select t.payment_id as id, t.hall_id, t.amount as fen from pub_ledger_taken t join pub_ledger_payment p on p.id = t.payment_id
        where t.means = 'prepaid' and p.reversal_id is null),
    spent as (
        select reference as id, max(hall_id) as hall_id, -sum(amount)::bigint as fen from pub_balances_movement
        where kind in ('spent', 'put_back') group by reference having sum(amount) <> 0)
    select r.id, r.expected, r.found
    from (select coalesce(p.id, s.id) as id, coalesce(p.hall_id, s.hall_id) as hall_id, coalesce(p.fen, 0) as expected,
                 coalesce(s.fen, 0) as found
          from paid p full join spent s on s.id = p.id) r
    where {r.halls} and r.expected <> r.found
"""

CHECKS = (
    Check("PAY-03", "customer", Text("余额等于变动之和", "a balance is the sum of its movements"), _SUMS),
    Check("LED-02", "operator", Text("预存余额科目等于客户余额合计", "the accounts of balances hold what customers have left"), _HELD),
    Check("PAY-03", "order", Text("预存都到了余额上", "each deposit counts on its balance"), _PAID_IN),
    Check("PAY-03", "payment", Text("余额付款等于余额支出", "what a balance paid is what it lost"), _SPENT),
)  # fmt: skip
