"""Telephone payments: what a charge brought stands in the payment that used it, or as money without a sale (PAY-03, LED-02)."""

from onehall.foundation.values.text import Text
from onehall.readings.verification.check import Check

_USED = """
    with used as (
        select payment_id, means, sum(amount) as amount from pub_acquiring_charge
        where payment_id is not null group by payment_id, means),
    taken as (
        select t.payment_id, t.means, t.amount, t.hall_id from pub_ledger_taken t where t.means in ('wechat', 'alipay', 'card', 'transfer', 'recharge_card'))
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
_CLEARING = """
    with due as (
        select hall_id, means, amount from pub_acquiring_charge where transaction <> ''
        union all
        select hall_id, means, -amount from pub_acquiring_charge where state = 'refunded'
        union all
        select hall_id, means, amount from pub_clearing_movement),
    owed as (select hall_id, means, sum(amount) as amount from due group by hall_id, means),
    held as (
        select b.hall_id, g.means, sum(g.amount) as amount from pub_ledger_batch b join pub_ledger_leg g on g.batch_id = b.id
        where g.means in ('wechat', 'alipay', 'card', 'transfer', 'recharge_card') group by b.hall_id, g.means)
    select r.id, r.expected, r.found
    from (select coalesce(o.hall_id, h.hall_id) || ' ' || coalesce(o.means, h.means) as id,
                 coalesce(o.hall_id, h.hall_id) as hall_id, coalesce(o.amount, 0) as expected, coalesce(h.amount, 0) as found
          from owed o full join held h on h.hall_id = o.hall_id and h.means = o.means) r
    where {r.halls} and r.expected <> r.found
"""
# A number with an open difference waits for a person; all others are as the provider says.
_SAID = """
    with said as (
        select max(hall_id) as hall_id, means, kind, number, sum(amount) as amount
        from pub_clearing_row group by means, kind, number),
    booked as (
        select means, kind, number, coalesce(sum(booked), 0) as amount, bool_or(settled_at is null and verdict not in ('day', 'fee')) as open
        from pub_clearing_difference group by means, kind, number)
    select r.id, r.expected, r.found
    from (select s.hall_id, s.kind || ' ' || s.number as id, s.amount as expected,
                 coalesce(b.amount, 0) + coalesce(
                     case when s.kind = 'charge' and c.transaction <> '' or s.kind = 'refund' and c.state = 'refunded'
                     then c.amount end, 0) as found, coalesce(b.open, false) as open
          from said s
          left join booked b on b.means = s.means and b.kind = s.kind and b.number = s.number
          left join pub_acquiring_charge c on c.means = s.means and c.number = s.number) r
    where {r.halls} and not r.open and r.expected <> r.found
"""
_KEPT = """
    with told as (select hall_id, means, day, sum(fee) as fee from pub_clearing_row group by hall_id, means, day),
    moved as (
        select hall_id, means, day, -sum(amount) as fee from pub_clearing_movement where why = 'fee' group by hall_id, means, day)
    select r.id, r.expected, r.found
    from (select t.hall_id, t.means || ' ' || t.day as id, t.fee as expected, coalesce(m.fee, 0) as found
          from told t left join moved m on (m.hall_id, m.means, m.day) = (t.hall_id, t.means, t.day)) r
    where {r.halls} and r.expected <> r.found
"""
# Each transfer is a line of the bank's record over the same sum, and each line that was claimed as one paid a charge.
_RECORD = """
    with claimed as (
        select c.about, c.hall_id, l.amount from pub_banking_claim c join pub_banking_line l on l.id = c.line_id where c.what = 'transfer'),
    charged as (select number, hall_id, amount from pub_acquiring_charge where means = 'transfer')
    select r.id, r.expected, r.found
    from (select coalesce(h.number, c.about) as id, coalesce(h.hall_id, c.hall_id) as hall_id, coalesce(c.amount, 0) as expected,
                 coalesce(h.amount, 0) as found
          from charged h full join claimed c on c.about = h.number) r
    where {r.halls} and r.expected <> r.found
"""

CHECKS = (
    Check("PAY-03", "payment", Text("手机付款、刷卡和转账等于收单", "what was paid by telephone, card and transfer is what was charged"), _USED),
    Check("LED-02", "hall", Text("未落单的款都在账上", "money without a sale stands in the books"), _UNSOLD),
    Check("LED-02", "hall", Text("平台欠款等于收单减退款、手续费和到账", "what a provider holds is charged less refunds, fees, settled"), _CLEARING),
    Check("PAY-03", "bill", Text("账上与平台账单相符", "the books hold what the provider's files say"), _SAID),
    Check("PAY-03", "bill", Text("手续费已记账", "the fees of each file are booked"), _KEPT),
    Check("PAY-03", "charge", Text("转账都是银行记录里的款", "each transfer is a line of the bank's record"), _RECORD),
)  # fmt: skip
