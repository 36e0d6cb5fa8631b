"""Telephone payments: what a charge brought stands in the payment that used it, or as money without a sale (PAY-03, LED-02)."""

from onehall.foundation.values.text import Text
from onehall.readings.verification.check import Check

_USED = """
    with used as (
        select payment_id, means, sum(amount) as amount from pub_acquiring_charge
        where payment_id is not null group by payment_id, means),
    taken as (
        select t.payment_id, t.means, t.amount, t.hall_id from pub_ledger_taken t where t.means in ('wechat', 'alipay'))
    select r.id, r.expected, r.found
    from (select coalesce(u.payment_id, t.payment_id) as id, p.hall_id, coalesce(t.amount, 0) as expected,
                 coalesce(u.amount, 0) as found
          from taken t full join used u on u.payment_id = t.payment_id and u.means = t.means
          join pub_ledger_payment p on p.id = coalesce(u.payment_id, t.payment_id)) r
    where {r.halls} and r.expected <> r.found
"""
_UNSOLD = """
    with held as (
        select hall_id, means, sum(amount) as amount from pub_acquiring_charge where unsold group by hall_id, means),
    booked as (
        select b.hall_id, g.means, sum(g.amount) as amount from pub_ledger_batch b join pub_ledger_leg g on g.batch_id = b.id
        where b.kind = 'unsold' and g.means <> '' group by b.hall_id, g.means)
    select r.id, r.expected, r.found
    from (select coalesce(h.hall_id, b.hall_id) || ' ' || coalesce(h.means, b.means) as id,
                 coalesce(h.hall_id, b.hall_id) as hall_id, coalesce(h.amount, 0) as expected, coalesce(b.amount, 0) as found
          from held h full join booked b on b.hall_id = h.hall_id and b.means = h.means) r
    where {r.halls} and r.expected <> r.found
"""

CHECKS = (
    Check("PAY-03", "payment", Text("手机付款等于收单", "what was paid by telephone is what was charged"), _USED),
    Check("LED-02", "hall", Text("未落单的款都在账上", "money without a sale stands in the books"), _UNSOLD),
)  # fmt: skip
