"""Drawers, bags and closed months agree with what passed through them (CSH-01, CSH-03, CSH-04, CSH-05, LAW-40).

That a bag left with two signatures and a month was closed by two people, check constraints keep against everybody.
"""

from onehall.foundation.values.text import Text
from onehall.readings.verification.check import Check

_EXPECTED = """
    select b.drawer_id as id, d.opening_float + coalesce(sum(e.amount), 0) as expected, b.expected as found
    from pub_custody_count b join pub_custody_drawer d on d.id = b.drawer_id
    left join pub_custody_entry e on e.drawer_id = b.drawer_id and e.means = 'cash' and e.id <= b.upto
    where {b.halls} group by b.id, b.drawer_id, b.expected, d.opening_float
    having d.opening_float + coalesce(sum(e.amount), 0) <> b.expected
"""
_PIECES = """
    select b.drawer_id as id, coalesce(sum(k.key::bigint * k.value::bigint), 0) as expected, b.amount as found
    from pub_custody_count b left join lateral jsonb_each_text(b.counted) k on true
    where {b.halls} group by b.id, b.drawer_id, b.amount having coalesce(sum(k.key::bigint * k.value::bigint), 0) <> b.amount
"""
_STEPS = """
    select b.drawer_id as id, c.amount - c.expected as expected, b.difference as found
    from pub_custody_step b join pub_custody_count c on c.id = b.count_id
    where {b.halls} and (c.amount - c.expected <> b.difference or c.drawer_id <> b.drawer_id)
"""
_CLOSED = """
    select b.id, 'confirmed' as expected, coalesce(s.by_id::text, '-') || ' / ' || coalesce(b.confirmed_by_id::text, '-') as found
    from pub_custody_drawer b left join pub_custody_step s on s.drawer_id = b.id and s.kind = 'confirmed'
    where {b.halls} and ((b.closed_at is null) <> (s.id is null) or s.by_id is distinct from b.confirmed_by_id or s.by_id = b.by_id and not b.cashless)
"""
_AFTER = """
    select b.id, c.upto as expected, max(e.id) as found
    from pub_custody_drawer b join pub_custody_step s on s.drawer_id = b.id and s.kind = 'confirmed'
    join pub_custody_count c on c.id = s.count_id join pub_custody_entry e on e.drawer_id = b.id
    where {b.halls} group by b.id, c.upto having max(e.id) > c.upto
"""
_BAGS = """
    select b.serial as id, coalesce(sum(d.amount), 0) as expected, b.amount as found
    from pub_banking_bag b left join pub_banking_bag_drawer d on d.bag_id = b.id
    where {b.halls} group by b.id, b.serial, b.amount having coalesce(sum(d.amount), 0) <> b.amount
"""
_NOTES = """
    select b.serial as id, coalesce(sum(k.key::bigint * k.value::bigint), 0) as expected, b.amount as found
    from pub_banking_bag b left join lateral jsonb_each_text(b.counted) k on true
    where {b.halls} group by b.id, b.serial, b.amount having coalesce(sum(k.key::bigint * k.value::bigint), 0) <> b.amount
"""
_TAKINGS = """
    with passed as (
        select drawer_id, sum(given) filter (where kind = 'cash_out') as gone, sum(received) filter (where kind = 'cash_in') as came
        from pub_custody_entry where kind in ('cash_in', 'cash_out') group by drawer_id)
    select b.drawer_id as id, coalesce(c.amount - d.expected_float + coalesce(p.gone, 0) - coalesce(p.came, 0), 0) as expected, b.amount as found
    from pub_banking_bag_drawer b join pub_custody_drawer d on d.id = b.drawer_id
    left join pub_custody_step s on s.drawer_id = b.drawer_id and s.kind = 'confirmed'
    left join pub_custody_count c on c.id = s.count_id
    left join passed p on p.drawer_id = b.drawer_id
    where {b.halls} and b.amount is distinct from c.amount - d.expected_float + coalesce(p.gone, 0) - coalesce(p.came, 0)
"""
_MONTHS = """
    with closed as (select * from pub_banking_month where closed_at is not null)
    select b.id, b.batches || ' × ' || b.debits as expected,
           count(distinct t.id) || ' × ' || coalesce(sum(g.amount) filter (where g.amount > 0), 0) as found
    from closed b left join pub_ledger_batch t on t.hall_id = b.hall_id and t.at >= b.start and t.at < b."end"
    left join pub_ledger_leg g on g.batch_id = t.id
    where {b.halls} group by b.id, b.debits, b.batches
    having coalesce(sum(g.amount) filter (where g.amount > 0), 0) <> b.debits or count(distinct t.id) <> b.batches
"""

CHECKS = (
    Check("LAW-40", "drawer", Text("清点时的应有等于流水", "what should be there is what passed"), _EXPECTED),
    Check("LAW-40", "drawer", Text("清点金额等于面额合计", "a count is worth its pieces"), _PIECES),
    Check("LAW-40", "drawer", Text("长短款等于清点与应有之差", "over and short is what was counted"), _STEPS),
    Check("CSH-03", "drawer", Text("结账的钱箱由另一人确认", "a closed drawer was confirmed by another"), _CLOSED, money=False),
    Check("CSH-01", "drawer", Text("结账以后没有收付", "nothing passed after the close"), _AFTER, money=False),
    Check("CSH-04", "bag", Text("封包等于钱箱应缴合计", "a bag holds what its drawers left"), _BAGS),
    Check("CSH-04", "bag", Text("封包等于面额合计", "a bag is worth its pieces"), _NOTES),
    Check("CSH-04", "drawer", Text("钱箱应缴等于清点", "what a drawer left is what was counted"), _TAKINGS),
    Check("CSH-05", "month", Text("月结以后没有补记", "nothing was posted into a closed month"), _MONTHS, money=False),
)  # fmt: skip
