"""Money of principals and goods agree with the sales: collected, less given back, less paid over, is what their accounts hold (CAT-11)."""

from onehall.foundation.values.text import Text
from onehall.readings.verification.check import Check

_HELD = """
    with accounts as (select code, account from pub_goods_principal),
    books as (
        select a.code, b.hall_id, -sum(g.amount) as fen from accounts a join pub_ledger_leg g on g.account = a.account
        join pub_ledger_batch b on b.id = g.batch_id group by a.code, b.hall_id),
    collected as (
        select principal as code, hall_id, sum(amount) - coalesce(sum(amount) filter (where given_back_at is not null), 0) as fen
        from pub_goods_collected group by principal, hall_id),
    settled as (select principal as code, hall_id, sum(amount) as fen from pub_goods_settlement group by principal, hall_id),
    mine as (
        select coalesce(c.code, s.code) as code, coalesce(c.hall_id, s.hall_id) as hall_id, coalesce(c.fen, 0) - coalesce(s.fen, 0) as fen
        from collected c full join settled s on s.code = c.code and s.hall_id = c.hall_id)
    select r.code || ' @' || r.hall_id as id, r.expected::bigint as expected, r.found::bigint as found
    from (select coalesce(m.code, k.code) as code, coalesce(m.hall_id, k.hall_id) as hall_id, coalesce(m.fen, 0) as expected,
                 coalesce(k.fen, 0) as found
          from mine m full join books k on k.code = m.code and k.hall_id = m.hall_id) r
    where {r.halls} and r.expected <> r.found
"""
_COLLECTED = """
    select o.id, case when o.void_at is null then o.amount_fen else 0 end as expected,
           coalesce(case when c.given_back_at is null then c.amount end, 0) as found
    from pub_orders_order o join pub_goods_principal p on p.account = o.revenue_account
    left join pub_goods_collected c on c.order_id = o.id and c.account = o.revenue_account and c.amount = o.amount_fen
    where {o.halls} and (c.id is null or (o.void_at is null) <> (c.given_back_at is null))
"""
_SETTLED = """
    select b.id, coalesce(sum(c.amount), 0)::bigint as expected, b.amount as found
    from pub_goods_settlement b left join pub_goods_collected c on c.settlement_id = b.id and c.principal = b.principal
        and c.hall_id = b.hall_id
    where {b.halls} group by b.id, b.amount having coalesce(sum(c.amount), 0) <> b.amount
"""
_HANDSETS = """
    select o.id, case when o.void_at is null then 'sold' else 'back' end as expected,
           case when h.id is null then '-' when h.returned_at is null then 'sold' else 'back' end as found
    from pub_orders_order o left join pub_goods_handset h on h.order_id = o.id
    where {o.halls} and o.kind = 'handset' and (h.id is null or (o.void_at is null) <> (h.returned_at is null))
"""
_SERVICES = """
    select o.id, case when o.void_at is null then 'paid' else 'ended' end as expected,
           case when a.id is null then '-' when a.ended_at is null then 'paid' else 'ended' end as found
    from pub_orders_order o left join pub_goods_add_on a on a.order_id = o.id and a.subscription_id = o.subscription
    where {o.halls} and o.kind = 'value_added' and (a.id is null or (o.void_at is not null and a.ended_at is null))
"""

CHECKS = (
    Check("LED-02", "principal", Text("代收科目等于代收减退回减结算", "a principal's account holds what was collected, not given back and not paid over"), _HELD),
    Check("CAT-11", "order", Text("代收的都记在委托单位名下", "what was collected stands under its principal"), _COLLECTED),
    Check("CAT-11", "settlement", Text("结算等于所结的代收款", "a settlement pays its items"), _SETTLED),
    Check("CAT-11", "order", Text("卖出的手机和退回的相符", "handsets sold and given back are as sold"), _HANDSETS, money=False),
    Check("CAT-11", "order", Text("增值业务和受理单相符", "third-party services are as sold"), _SERVICES, money=False),
)  # fmt: skip
