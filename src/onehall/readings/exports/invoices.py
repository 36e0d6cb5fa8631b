"""The register of invoices' use (发票使用登记), as the law wants it kept (LAW-31)."""

from onehall.foundation.database import within
from onehall.foundation.documents.columns import moment, money, named, text, worded
from onehall.foundation.values.text import Text
from onehall.readings.exports.lists import Listed

_KINDS = {
    "electronic": Text("数电票", "electronic"), "paper": Text("纸质", "on paper"), "handwritten": Text("手写", "handwritten"),
}  # fmt: skip
_STATES = {
    "requested": Text("待开", "to be made"), "issued": Text("已开", "issued"), "collected": Text("已领取", "collected"),
    "refused": Text("退回", "refused"), "withdrawn": Text("撤回", "withdrawn"),
}  # fmt: skip
_INVOICES = f"""
    select i.asked_at, i.number, i.serial, i.kind, b.number as red_of, i.amount, t.tax, r.number as receipt, u.name as clerk,
           i.issued_at, i.collected_at, i.reason,
           coalesce(i.dead, case when i.collected_at is not null then 'collected' when i.number is not null then 'issued'
                            else 'requested' end) as state,
           h.name_zh as hall_zh, h.name_en as hall_en
    from pub_invoicing_invoice i join pub_organisation_hall h on h.id = i.hall_id
    join pub_ledger_receipt r on r.id = i.receipt_id
    join (select invoice_id, sum(tax)::bigint as tax from pub_invoicing_invoice_line group by invoice_id) t on t.invoice_id = i.id
    left join pub_invoicing_invoice b on b.id = i.of_id
    left join pub_organisation_person u on u.user_id = i.by_id
    where {within("i.hall_id", "i.asked_at")}
    order by i.id
"""  # noqa: S608 - constant text

LISTS = (
    Listed(
        "invoices", Text("发票使用登记", "Register of invoices"), "invoice.view",
        (
            moment("申请时间", "Asked for", "asked_at"), text("发票号", "Number", "number", 22), text("申请号", "Serial", "serial", 28),
            worded("种类", "Kind", "kind", _KINDS), text("红冲的发票", "Reverses", "red_of", 22), money("价税合计", "Amount", "amount"),
            money("税额", "Tax", "tax"), text("收据号", "Receipt", "receipt", 12), text("申请人", "Asked by", "clerk"),
            moment("开出时间", "Issued", "issued_at"), moment("领取时间", "Collected", "collected_at"),
            worded("状态", "State", "state", _STATES), text("原因", "Reason", "reason", 20), named("营业厅", "Hall", "hall"),
        ),
        _INVOICES, Text("申请日期", "day of the request"),
    ),
)  # fmt: skip
