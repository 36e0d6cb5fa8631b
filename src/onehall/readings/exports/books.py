"""Money, the audit trail and the policies."""

import json
from typing import Any

from onehall.contexts.ledger import api as ledger
from onehall.foundation.database import within
from onehall.foundation.documents.columns import Column, moment, money, named, text, worded
from onehall.foundation.documents.tables import Cell
from onehall.foundation.policy import declared
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from onehall.readings.exports.lists import Listed

_MEANS = {
    ledger.Means.CASH: Text("现金", "cash"),
    ledger.Means.CARD: Text("刷卡", "card"),
    ledger.Means.WECHAT: Text("微信", "WeChat"),
    ledger.Means.ALIPAY: Text("支付宝", "Alipay"),
    ledger.Means.RECHARGE_CARD: Text("充值卡", "recharge card"),
    ledger.Means.TRANSFER: Text("转账", "transfer"),
    ledger.Means.PREPAID: Text("余额", "balance"),
}
_ENTRIES = {
    "sale": Text("收款", "sale"),
    "refund": Text("退款", "refund"),
    "cash_in": Text("存入", "cash in"),
    "cash_out": Text("取出", "cash out"),
    "payout": Text("退余额", "balance refunded"),
}

_PAPERS = {"receipt": Text("收据", "receipt"), "red_receipt": Text("红字收据", "red receipt")}
_BATCHES = {
    "payment": Text("收款", "payment"),
    "reversal": Text("冲正", "reversal"),
    "unsold": Text("已收未落单", "money without a sale"),
    "clearing": Text("支付平台清算", "clearing with a provider"),
    "cash": Text("现金", "cash"),
    "earned": Text("话费入收入", "telephone money earned"),
    "opening": Text("接收的余额", "balances taken over"),
    "moved": Text("固话余额转预存", "a line's rest moved to the balance"),
}

_SOURCES = {
    "opened": Text("开箱", "drawer opened"),
    "closed": Text("长短款", "drawer over or short"),
    "bag": Text("封包", "bag sealed"),
    "line": Text("银行到账", "booked by the bank"),
    "unline": Text("到账另有用途", "the bank's line paid for something else"),
    "shortage": Text("短款决定", "shortage decided"),
    "refund": Text("退余额", "balance refunded"),
}
_RECEIPTS = f"""
    select r.number, r.kind, r.issued_at, c.name, t.means, r.amount, u.name as clerk, k.no as counter, r.voided_at,
           r.void_reason, h.name_zh as hall_zh, h.name_en as hall_en
    from (
        select 'receipt' as kind, number, hall_id, payment_id, amount, by_id, null as counter_id, issued_at, voided_at, void_reason
        from pub_ledger_receipt
        union all
        select 'red_receipt', number, hall_id, payment_id, amount, by_id, counter_id, issued_at, null, reason
        from pub_invoicing_red) r
    join pub_ledger_payment p on p.id = r.payment_id
    join pub_organisation_hall h on h.id = r.hall_id
    left join pub_customers_party c on c.id = p.party_id
    left join lateral (
        select min(means) as means from pub_ledger_tender where payment_id = p.id) t on true
    left join pub_organisation_person u on u.user_id = r.by_id
    left join pub_organisation_counter k on k.id = coalesce(r.counter_id, p.counter_id)
    where {within("r.hall_id", "r.issued_at")}
    order by r.issued_at, r.number
"""  # noqa: S608 - constant text

_DRAWERS = f"""
    select e.at, k.no as counter, u.name as clerk, e.kind, e.means, e.received, e.given, e.amount, e.reason,
           h.name_zh as hall_zh, h.name_en as hall_en
    from pub_custody_entry e
    join pub_organisation_hall h on h.id = e.hall_id
    left join pub_organisation_counter k on k.id = e.counter_id
    left join pub_organisation_person u on u.user_id = e.by_id
    where {within("e.hall_id", "e.at")}
    order by e.id
"""  # noqa: S608 - constant text

_POSTINGS = f"""
    select g.batch_id, g.at, g.batch_kind, s.source, coalesce(b.serial, l.reference, s.source_id::text, '') as paper, g.account, a.name_zh as title_zh, a.name_en as title_en,
           case when g.amount > 0 then g.amount end as debit, case when g.amount < 0 then -g.amount end as credit,
           r.number as receipt, h.name_zh as hall_zh, h.name_en as hall_en
    from pub_ledger_posting g
    join pub_ledger_account a on a.code = g.account
    join pub_organisation_hall h on h.id = g.hall_id
    left join pub_ledger_payment p on p.batch_id = g.batch_id
    left join pub_ledger_payment q on q.reversal_batch_id = g.batch_id
    left join pub_ledger_cash s on s.batch_id = g.batch_id
    left join pub_banking_bag b on s.source = 'bag' and b.id = s.source_id
    left join pub_banking_line l on s.source in ('line', 'unline') and l.id = s.source_id
    left join lateral (
        select max(number) as number from pub_ledger_receipt where payment_id = coalesce(p.id, q.id)) r on true
    where {within("g.hall_id", "g.at")}
    order by g.batch_id, g.id
"""  # noqa: S608 - constant text

_TAKINGS = f"""
    select m.at as day, k.no as counter, u.name as clerk, m.means, m.taken, m.back, m.taken - m.back as net,
           h.name_zh as hall_zh, h.name_en as hall_en
    from (
        select p.hall_id, p.counter_id, p.by_id, t.means, p.at, t.amount as taken, 0 as back
        from pub_ledger_payment p join pub_ledger_tender t on t.payment_id = p.id
        union all
        select p.hall_id, p.reversed_counter_id, p.reversed_by_id, t.means, p.reversed_at, 0, t.amount
        from pub_ledger_payment p join pub_ledger_tender t on t.payment_id = p.id where p.reversal_id is not null) m
    join pub_organisation_hall h on h.id = m.hall_id
    left join pub_organisation_counter k on k.id = m.counter_id
    left join pub_organisation_person u on u.user_id = m.by_id
    where {within("m.hall_id", "m.at")}
    order by m.at
"""  # noqa: S608 - constant text

_TRAIL = f"""
    select e.at, u.name as person, u.staff_no, e.action, e.subject, e.subject_id, e.details::text as details, e.rule,
           s.place, h.name_zh as hall_zh, h.name_en as hall_en
    from audit_auditentry e
    join pub_organisation_hall h on h.id = e.hall_id
    left join identity_user u on u.id = e.user_id
    left join audit_auditseal s on s.entry_id = e.id
    where {within("e.hall_id", "e.at")}
    order by e.id
"""  # noqa: S608 - constant text

_POLICIES = """
    select v.key, jsonb_build_object('key', v.key, 'value', v.value)::text as value, v.valid_from, v.source, v.verified,
           h.name_zh as hall_zh, h.name_en as hall_en
    from policy_policyvalue v left join pub_organisation_hall h on h.id = v.hall_id
    where v.hall_id is null or %(halls)s::bigint[] is null or v.hall_id = any(%(halls)s)
    order by v.key, v.valid_from, v.id
"""


def _title(key: Any, lang: str) -> Cell:
    known = declared().get(key)
    return known.title.in_(lang) if known else key


def _unit(key: Any, lang: str) -> Cell:
    known = declared().get(key)
    return known.unit if known else ""


def _kept(value: Any, lang: str) -> Cell:
    """Money in yuan, a number as a number, the rest as it is written."""
    written = json.loads(value)
    known, kept = declared().get(written["key"]), written["value"]
    if known is not None and known.kind == "money":
        return Money(kept)
    if isinstance(kept, int) and not isinstance(kept, bool):
        return kept
    return "、".join(map(str, kept)) if isinstance(kept, list) else str(kept)


_HALL = named("营业厅", "Hall", "hall")

LISTS = (
    Listed(
        "receipts",
        Text("收款票据", "Payments and receipts"),
        "board.view",
        (
            text("票据号", "Receipt", "number"),
            worded("种类", "Kind", "kind", _PAPERS),
            moment("开具时间", "Issued", "issued_at"),
            text("客户姓名", "Customer", "name"),
            worded("收款方式", "Means", "means", _MEANS),
            money("金额", "Amount", "amount"),
            text("收款人", "Clerk", "clerk"),
            text("台席", "Counter", "counter", 8),
            moment("作废时间", "Voided", "voided_at"),
            text("作废原因", "Reason of the void", "void_reason"),
            _HALL,
        ),
        _RECEIPTS,
        Text("开具日期", "day of issue"),
    ),
    Listed(
        "drawers",
        Text("钱箱流水", "Drawer entries"),
        "board.view",
        (
            moment("时间", "When", "at"),
            text("台席", "Counter", "counter", 8),
            text("营业员", "Clerk", "clerk"),
            worded("种类", "Kind", "kind", _ENTRIES),
            worded("方式", "Means", "means", _MEANS),
            money("收", "Received", "received"),
            money("找付", "Given", "given"),
            money("净额", "Net", "amount"),
            text("原因", "Reason", "reason", 24),
            _HALL,
        ),
        _DRAWERS,
        Text("日期", "day"),
    ),
    Listed(
        "postings",
        Text("会计分录", "Postings"),
        "books.view",
        (
            text("凭证号", "Batch", "batch_id", 10),
            moment("时间", "When", "at"),
            worded("种类", "Kind", "batch_kind", _BATCHES),
            text("科目", "Account", "account", 10),
            named("科目名称", "Name of the account", "title", 26),
            money("借方", "Debit", "debit"),
            money("贷方", "Credit", "credit"),
            text("收据号", "Receipt", "receipt"),
            worded("事由", "For", "source", _SOURCES),
            text("单据", "Paper", "paper"),
            _HALL,
        ),
        _POSTINGS,
        Text("记账日期", "day of posting"),
    ),
    Listed(
        "takings",
        Text("营业款明细", "Takings"),
        "books.view",
        (
            moment("时间", "When", "day"),
            text("台席", "Counter", "counter", 8),
            text("营业员", "Clerk", "clerk"),
            worded("方式", "Means", "means", _MEANS),
            money("收", "Taken", "taken"),
            money("退", "Given back", "back"),
            money("净额", "Net", "net"),
            _HALL,
        ),
        _TAKINGS,
        Text("日期", "day"),
    ),
    Listed(
        "audit",
        Text("审计记录", "Audit trail"),
        "audit.view",
        (
            moment("时间", "When", "at"),
            text("姓名", "Who", "person"),
            text("工号", "Staff number", "staff_no", 10),
            text("动作", "Action", "action", 24),
            text("对象", "Subject", "subject"),
            text("编号", "Number", "subject_id", 18),
            text("内容", "Details", "details", 50),
            text("依据", "Rule", "rule", 10),
            text("封存序号", "Sealed as", "place", 10),
            _HALL,
        ),
        _TRAIL,
        Text("日期", "day"),
    ),
    Listed(
        "policies",
        Text("政策", "Policies"),
        "policy.view",
        (
            text("代码", "Key", "key", 34),
            Column(Text("名称", "Title"), "key", _title, 40),
            Column(Text("值", "Value"), "value", _kept, 14),
            Column(Text("单位", "Unit"), "key", _unit, 12),
            moment("生效时间", "Holds from", "valid_from"),
            _HALL,
            text("依据", "Source", "source", 50),
        ),
        _POLICIES,
    ),
)
