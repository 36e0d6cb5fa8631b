"""Order, term, access, number and paper agree (LED-03, RCP-01, ORD-13).

Terms and lines without an order came with the take-over of older records: they have no sale to agree with.
"""

from onehall.foundation.values.text import Text
from onehall.readings.verification.check import Check
from onehall.steps.basket import BRING_A_TERM
from onehall.steps.household import BROADBAND, FIXED_LINE

_ORDERS = """
    with held as (select basket_id, sum(amount_fen) as amount, count(*) as n from pub_orders_item group by basket_id),
    sold as (select basket_id, sum(amount_fen) as amount, count(*) as n from pub_orders_order group by basket_id)
    select b.id, case when b.state = 'settled' then coalesce(h.amount, 0) else 0 end as expected,
           coalesce(s.amount, 0) as found
    from pub_orders_basket b left join held h on h.basket_id = b.id left join sold s on s.basket_id = b.id
    where {b.halls} and case when b.state = 'settled' then (h.amount, h.n) is distinct from (s.amount, s.n)
                             else s.n is not null end
"""
_VOIDED = """
    with reversed as (select basket_id from pub_ledger_payment where reversal_id is not null)
    select o.id, 'void' as expected, o.state as found
    from pub_orders_order o join reversed p on p.basket_id = o.basket_id where {o.halls} and o.void_at is null
    union all
    select o.id, 'accepted', o.state
    from pub_orders_order o left join reversed p on p.basket_id = o.basket_id
    where {o.halls} and o.void_at is not null and p.basket_id is null
"""
_TERMS = """
    select t.id, concat_ws(' ', o.subscription, o.amount_fen, case when o.void_at is not null then 'void' end) as expected,
           concat_ws(' ', t.subscription_id, t.price_fen, case when t.cancelled_at is not null then 'void' end) as found
    from pub_subscriptions_term t left join pub_orders_order o on o.id = t.order_id
    where t.order_id is not null and ({o.halls} or (o.id is null and {everywhere}))
      and (o.id is null or o.subscription is distinct from t.subscription_id or o.amount_fen <> t.price_fen
           or (o.void_at is null) <> (t.cancelled_at is null))
"""
_DELIVERED = """
    select o.id, 1 as expected, coalesce(t.n, 0) as found
    from pub_orders_order o
    left join (select order_id, count(*) as n from pub_subscriptions_term group by order_id) t on t.order_id = o.id
    where {o.halls} and o.kind in {with_term} and coalesce(t.n, 0) <> 1
""".replace("{with_term}", str(BRING_A_TERM))
_LINES = """
    select o.id, coalesce(o.serial, '') as expected, coalesce(s.serial, '') as found
    from pub_orders_order o left join pub_subscriptions_line s on s.id = o.subscription
    where {o.halls} and o.subscription is not null and s.serial is distinct from o.serial
"""
_LAST_TERM = """
    select subscription_id, max(expires_at) as until from pub_subscriptions_term where cancelled_at is null
    group by subscription_id
"""
# A renewal taken back may leave nothing of what is in force: then the network refuses the line before its time.
_ACCESS = """
    with last as ({last_term})
    select s.account_name as id, 'active' as expected, coalesce(a.state, '-') as found
    from pub_subscriptions_line s join last l on l.subscription_id = s.id
    left join pub_provisioning_access a on a.account = s.account_name and a.subscription_id = s.id
    where {everywhere} and s.kind = {broadband} and s.ended_at is null
      and (a.account is null or (a.state <> 'active' and l.until > a.valid_from))
""".replace("{last_term}", _LAST_TERM).replace("{broadband}", f"'{BROADBAND}'")
_UNTIL = """
    with last as ({last_term})
    select s.account_name as id, to_char(l.until, 'YYYY-MM-DD HH24:MI:SSOF') as expected,
           to_char(a.valid_until, 'YYYY-MM-DD HH24:MI:SSOF') as found
    from pub_subscriptions_line s join last l on l.subscription_id = s.id
    join pub_provisioning_access a on a.account = s.account_name and a.subscription_id = s.id
    where {everywhere} and s.ended_at is null and a.state = 'active' and a.valid_until <> l.until
""".replace("{last_term}", _LAST_TERM)
_REFUSED = """
    select a.account as id, 'withdrawn' as expected, a.state as found
    from pub_provisioning_access a left join pub_subscriptions_line s on s.id = a.subscription_id
    where {everywhere} and a.state = 'active' and (s.id is null or s.ended_at is not null)
"""
_IN_USE = """
    select n.number as id, 1 as expected, 0 as found
    from pub_numbers_number n
    left join pub_subscriptions_line s on s.account_name = n.number and s.ended_at is null
        and (s.kind = {fixed_line}) = (n.kind = 'telephone')
    where {everywhere} and n.state = 'in_use' and s.id is null
""".replace("{fixed_line}", f"'{FIXED_LINE}'")
_NUMBERED = """
    select s.account_name as id, 'in_use' as expected, coalesce(n.state, '-') as found
    from pub_subscriptions_line s left join pub_numbers_number n on n.number = s.account_name
        and n.kind = case s.kind when {fixed_line} then 'telephone' else 'account' end
    where {everywhere} and s.ended_at is null and n.state is distinct from 'in_use'
""".replace("{fixed_line}", f"'{FIXED_LINE}'")
_PAPERS = """
    select r.number as id, concat_ws(' ', r.number, r.amount) as expected,
           coalesce(concat_ws(' ', d.serial, d.amount_fen), '-') as found
    from pub_ledger_receipt r
    left join pub_documents_document d on d.subject = 'receipt' and d.subject_id = r.id and d.kind = 'receipt'
    where {r.halls} and (d.serial, d.amount_fen) is distinct from (r.number::text, r.amount)
"""
_RED_PAPERS = """
    select r.number as id, concat_ws(' ', r.number, r.amount) as expected,
           coalesce(concat_ws(' ', d.serial, d.amount_fen), '-') as found
    from pub_invoicing_red r
    left join pub_documents_document d on d.subject = 'red_receipt' and d.subject_id = r.id and d.kind = 'red_receipt'
    where {r.halls} and (d.serial, d.amount_fen) is distinct from (r.number::text, r.amount)
"""
_INTENTS = """
    select i.key as id, 'result' as expected, '-' as found from idempotency_intent i where {everywhere} and i.result is null
"""

CHECKS = (
    Check("LED-03", "basket", Text("受理单与明细一致", "orders are what the basket held"), _ORDERS, agreement="sold"),
    Check("LED-03", "order", Text("作废与退款一致", "what is void was given back"), _VOIDED, money=False),
    Check("LED-03", "term", Text("每期都有受理单", "a term is what its order sold"), _TERMS, money=False, agreement="term"),
    Check("LED-03", "order", Text("卖出的都已开期", "what was sold has its term"), _DELIVERED, money=False, agreement="term"),
    Check("LED-03", "order", Text("受理单与用户流水号一致", "an order bears its line's serial"), _LINES, money=False, agreement="line"),
    Check("NET-01", "account", Text("在用账号都已开通", "every live line has its access"), _ACCESS, money=False),
    Check("NET-01", "account", Text("开通期限等于最后一期", "access ends with the last term"), _UNTIL, money=False),
    Check("NET-01", "account", Text("销户即停网", "what has ended is refused"), _REFUSED, money=False),
    Check("ADR-07", "number", Text("占用的号码都有用户", "numbers in use have their line"), _IN_USE, money=False),
    Check("ADR-07", "number", Text("用户的号码都在占用", "lines hold their number"), _NUMBERED, money=False),
    Check("RCP-01", "receipt", Text("收据都有底稿", "every receipt has its paper"), _PAPERS, money=False, agreement="paper"),
    Check("RCP-01", "receipt", Text("红字收据都有底稿", "every red receipt has its paper"), _RED_PAPERS, money=False),
    Check("ORD-13", "intent", Text("每次提交都有结果", "every submission has its result"), _INTENTS, money=False),
)  # fmt: skip
