"""The books and what lies where: cash in drawers, bags on their way, the bank's record, over and short (LED-02, CSH-03, CSH-04).

Amounts of the books come from postings, those beside them from drawers, counts, bags, lines and decisions: nothing is taken from another.
"""

from onehall.foundation.values.text import Text
from onehall.readings.verification.check import Check

# Per hall: the float that lies at each counter, and of each drawer whose takings are in no bag what it holds beyond its float.
_CASH = """
    with moved as (
        select drawer_id, coalesce(sum(amount) filter (where kind in ('sale', 'refund', 'payout')), 0) as sold,
               coalesce(-sum(amount) filter (where kind in ('cash_in', 'cash_out')), 0) as handed_over
        from pub_custody_entry where means = 'cash' group by drawer_id),
    confirmed as (
        select s.drawer_id, c.amount from pub_custody_step s join pub_custody_count c on c.id = s.count_id where s.kind = 'confirmed'),
    lies as (
        select d.hall_id, case when d.closed_at is null then d.opening_float - d.expected_float + coalesce(m.sold, 0)
                               else coalesce(k.amount, 0) - d.expected_float + coalesce(m.handed_over, 0) end as fen
        from pub_custody_drawer d left join moved m on m.drawer_id = d.id left join confirmed k on k.drawer_id = d.id
        left join pub_banking_bag_drawer b on b.drawer_id = d.id where b.bag_id is null
        union all
        select d.hall_id, d.expected_float from pub_custody_drawer d
        join (select max(id) as id from pub_custody_drawer group by counter_id) last on last.id = d.id),
    books as (
        select b.hall_id, sum(g.amount) as fen from pub_ledger_leg g join pub_ledger_role a on a.account = g.account
        join pub_ledger_batch b on b.id = g.batch_id where a.role in ('drawer', 'float') group by b.hall_id),
    there as (select hall_id, sum(fen) as fen from lies group by hall_id)
    select r.id, r.expected, r.found
    from (select coalesce(t.hall_id, k.hall_id) as id, coalesce(t.hall_id, k.hall_id) as hall_id, coalesce(t.fen, 0) as expected,
                 coalesce(k.fen, 0) as found
          from there t full join books k on k.hall_id = t.hall_id) r
    where {r.halls} and r.expected <> r.found
"""
# Per hall and account of cash's way: what bags, lines, drawers and decisions say, and what was posted.
_WAY = """
    with line as (
        select l.* from pub_banking_line l left join pub_banking_claim c on c.line_id = l.id where c.line_id is null),
    named as (
        select b.id, b.hall_id, b.amount, min(l.id) as line from pub_banking_bag b
        left join line l on l.hall_id = b.hall_id and l.label = b.serial group by b.id, b.hall_id, b.amount),
    says (hall_id, role, fen) as (
        select hall_id, 'transit', amount from named where line is null
        union all select hall_id, 'bank', amount from line
        union all select hall_id, 'pending', -amount from line
        union all select hall_id, 'pending', amount from named where line is not null
        union all select hall_id, 'pending', expected_float - opening_float from pub_custody_drawer
        union all select hall_id, 'pending', -difference from pub_custody_step where kind = 'confirmed'
        union all select hall_id, 'pending', -amount from pub_workforce_shortage where outcome is not null
        union all select hall_id, case outcome when 'clerk' then 'claim' else 'loss' end, amount
            from pub_workforce_shortage where outcome is not null
        union all select hall_id, 'prepaid', -amount from pub_balances_movement where kind = 'refund'
        union all select d.hall_id, 'granted', -d.expected_float from pub_custody_drawer d
            join (select max(id) as id from pub_custody_drawer group by counter_id) last on last.id = d.id),
    books as (
        select c.hall_id, a.role, sum(g.amount) as fen from pub_ledger_leg g join pub_ledger_cash c on c.batch_id = g.batch_id
        join pub_ledger_role a on a.account = g.account where a.role not in ('drawer', 'float') group by c.hall_id, a.role),
    there as (select hall_id, role, sum(fen) as fen from says group by hall_id, role)
    select r.id, r.expected, r.found
    from (select coalesce(t.hall_id, k.hall_id) || ' ' || coalesce(t.role, k.role) as id,
                 coalesce(t.hall_id, k.hall_id) as hall_id, coalesce(t.fen, 0) as expected, coalesce(k.fen, 0) as found
          from there t full join books k on k.hall_id = t.hall_id and k.role = t.role) r
    where {r.halls} and r.expected <> r.found
"""
# Each thing that moved cash outside a sale, and the batch that says so.
_BOOKED = """
    with happened (hall_id, source, id) as (
        select hall_id, 'opened', id from pub_custody_drawer where opening_float <> expected_float
        union all select hall_id, 'closed', drawer_id from pub_custody_step where kind = 'confirmed' and difference <> 0
        union all select hall_id, 'bag', id from pub_banking_bag
        union all select l.hall_id, 'line', l.id from pub_banking_line l
            left join pub_banking_claim c on c.line_id = l.id where c.line_id is null
        union all select hall_id, 'shortage', id from pub_workforce_shortage where outcome is not null
        union all select distinct hall_id, 'refund', reference from pub_balances_movement where kind = 'refund')
    select r.id, r.expected, r.found
    from (select h.source || ' ' || h.id as id, h.hall_id, 1 as expected, 0 as found
          from happened h left join pub_ledger_cash c on c.source = h.source and c.source_id = h.id where c.batch_id is null) r
    where {r.halls}
"""

CHECKS = (
    Check("LED-02", "hall", Text("现金科目等于钱箱里的钱", "the cash account is what lies in the drawers"), _CASH),
    Check("CSH-04", "account", Text("在途、银行、长短款科目等于单据", "bags, bank, over and short are what their papers say"), _WAY),
    Check("LED-02", "source", Text("封包、到账、长短款都已入账", "what moved cash has its postings"), _BOOKED, money=False),
)  # fmt: skip
