"""Telephone money: the prepaid account holds what the lines have left, and each call is charged once (VOI-02, LED-02)."""

from onehall.foundation.values.text import Text
from onehall.readings.verification.check import Check

# What is paid with a new line is its first credit (ORD-08), so both kinds of order count. A line may be recharged at any hall, so
# only the operator as a whole can be compared. `opening` was never paid in here; what is carried below a fen is on the lines and
# not yet in the books.
_HELD = """
    with accounts as (
        select g.account from pub_ledger_batch b join pub_ledger_leg g on g.batch_id = b.id where b.kind in ('earned', 'moved') and g.amount > 0
        union select g.account from pub_ledger_batch b join pub_ledger_leg g on g.batch_id = b.id
              join pub_ledger_account a on a.code = g.account where b.kind = 'opening' and a.kind = 'liability'
        union select revenue_account from pub_orders_order where kind in ('recharge', 'new_fixed_line')),
    books as (select -coalesce(sum(g.amount), 0) as fen from pub_ledger_leg g where g.account in (select account from accounts)),
    last as (
        select distinct on (line_id) line_id, carried from pub_voice_bill where approved_at is not null order by line_id, month desc),
    lines as (
        select (select coalesce(sum(amount), 0) from pub_voice_topup where source <> 'opening')
            - (select coalesce(sum(rent + caller_id + charge - monthly_used - annual_used + adjustment), 0) from pub_voice_bill
               where approved_at is not null)
            + (select coalesce(sum(carried), 0) from last) as units)
    select 'all' as id, (l.units / 100)::bigint as expected, b.fen::bigint as found from lines l cross join books b
    where {everywhere} and l.units <> b.fen * 100
"""
_PAID_IN = """
    with sold as (
        select o.id::text as id, o.hall_id, o.amount_fen as fen from pub_orders_order o
        where o.kind in ('recharge', 'new_fixed_line') and o.amount_fen > 0 and o.state <> 'void'),
    held as (select reference as id, sum(amount) / 100 as fen from pub_voice_topup where source = 'order' group by reference having sum(amount) <> 0)
    select r.id, r.expected::bigint as expected, r.found::bigint as found
    from (select coalesce(s.id, h.id) as id, s.hall_id, coalesce(s.fen, 0) as expected, coalesce(h.fen, 0) as found
          from sold s full join held h on h.id = s.id) r
    where ({r.halls} or r.hall_id is null and {everywhere}) and r.expected <> r.found
"""
_MOVED = """
    with gone as (
        select line_id as id, -sum(amount) / 100 as fen from pub_voice_topup where source = 'balance' group by line_id),
    come as (select reference as id, sum(amount) as fen from pub_balances_movement where kind = 'moved_in' group by reference)
    select coalesce(g.id, c.id)::text as id, coalesce(g.fen, 0)::bigint as expected, coalesce(c.fen, 0)::bigint as found
    from gone g full join come c on c.id = g.id
    where {everywhere} and coalesce(g.fen, 0) <> coalesce(c.fen, 0)
"""
_ONCE = """
    select k.id, 1 as expected, (case when k.waiting then 1 else 0 end) + coalesce(c.n, 0) as found
    from pub_voice_call k
    left join (select call_id, count(*) as n from pub_voice_charge where turn = 0 group by call_id) c on c.call_id = k.id
    where {everywhere} and (case when k.waiting then 1 else 0 end) + coalesce(c.n, 0) <> 1
"""

CHECKS = (
    Check("LED-02", "operator", Text("电话预存款等于各线路余额", "the prepaid account holds what lines have left"), _HELD),
    Check("BIL-02", "order", Text("充值和首次预存都到了线路上", "each recharge and first credit counts on its line"), _PAID_IN),
    Check("LED-02", "line", Text("销号转出的余额都到了客户余额", "what ended lines gave came to balances"), _MOVED),
    Check("VOI-02", "call", Text("每次通话计费一次或挂起", "each call is charged once, or waits"), _ONCE, money=False),
)  # fmt: skip
