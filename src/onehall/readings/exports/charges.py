"""Payments by telephone and card: every charge, and where providers' files differed from them (PAY-03)."""

from onehall.contexts.clearing import api as clearing
from onehall.contexts.ledger import api as ledger
from onehall.foundation.database import within
from onehall.foundation.documents.columns import moment, money, named, text, worded
from onehall.foundation.values.text import Text
from onehall.readings.exports.lists import Listed
from onehall.steps.charging import STATES, WAYS

_MEANS = {str(means): name for means, name in ledger.MEANS_NAMES.items()}
_STATES = {str(state): words for state, (_, words) in STATES.items()}
_WAYS = {str(way): words for way, words in WAYS.items()}
_KINDS = {
    str(clearing.Kind.CHARGE): Text("收款", "charge"), str(clearing.Kind.REFUND): Text("退款", "refund"),
    str(clearing.Kind.SETTLEMENT): Text("到账", "settlement"),
}  # fmt: skip
_VERDICTS = {
    "only_ours": Text("平台没有", "only ours"), "only_theirs": Text("我们没有", "only theirs"), "amount": Text("金额不同", "other amount"),
    "twice": Text("收了两次", "charged twice"), "day": Text("日期不同", "other day"), "fee": Text("手续费不同", "other fee"),
    "settled": Text("到账不同", "settled otherwise"),
}  # fmt: skip
_CHARGES = f"""
    select c.asked_at, k.no as counter, u.name as clerk, c.means, c.way, c.number, c.transaction, c.amount, c.state, c.paid_at,
           r.number as receipt, h.name_zh as hall_zh, h.name_en as hall_en
    from pub_acquiring_charge c join pub_organisation_hall h on h.id = c.hall_id
    left join pub_organisation_counter k on k.id = c.counter_id
    left join pub_organisation_person u on u.user_id = c.by_id
    left join lateral (select max(number) as number from pub_ledger_receipt where payment_id = c.payment_id) r on true
    where {within("c.hall_id", "c.asked_at")}
    order by c.id
"""  # noqa: S608 - constant text
_DIFFERENCES = f"""
    select d.day::text as day, d.found_at, d.means, d.kind, d.number, d.verdict, d.ours, d.theirs, d.booked, d.reason, u.name as person,
           d.settled_at, h.name_zh as hall_zh, h.name_en as hall_en
    from pub_clearing_difference d join pub_organisation_hall h on h.id = d.hall_id
    left join pub_organisation_person u on u.user_id = d.settled_by_id
    where {within("d.hall_id", "d.found_at")}
    order by d.id
"""  # noqa: S608 - constant text
_HALL = named("营业厅", "Hall", "hall")

LISTS = (
    Listed(
        "charges", Text("收单登记", "Charges"), "charge.refund",
        (
            moment("时间", "When", "asked_at"), text("台席", "Counter", "counter", 8), text("营业员", "Clerk", "clerk"),
            worded("方式", "Means", "means", _MEANS), worded("怎么收", "Way", "way", _WAYS), text("单号", "Number", "number", 30),
            text("平台流水", "Provider's number", "transaction", 30), money("金额", "Amount", "amount"),
            worded("状态", "State", "state", _STATES), moment("付款时间", "Paid", "paid_at"), text("收据号", "Receipt", "receipt"), _HALL,
        ),
        _CHARGES, Text("收单日期", "day of the charge"),
    ),
    Listed(
        "provider-differences", Text("支付平台对账差异", "Differences with providers"), "bill.settle",
        (
            text("账单日", "Day", "day", 12), worded("平台", "Provider", "means", _MEANS), worded("种类", "Kind", "kind", _KINDS),
            text("单号", "Number", "number", 30), worded("差异", "Difference", "verdict", _VERDICTS), money("我们", "Ours", "ours"),
            money("平台", "Theirs", "theirs"), money("处理记账", "Booked", "booked"), text("查明的情况", "Found out", "reason", 30),
            text("处理人", "Settled by", "person"), moment("处理时间", "Settled", "settled_at"), _HALL,
        ),
        _DIFFERENCES, Text("发现日期", "day found"),
    ),
)  # fmt: skip
