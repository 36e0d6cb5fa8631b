"""Which events other programmes may be told of. A topic without a line here stays inside the house."""

from onehall.foundation.values.text import Text

PING = "webhook.ping"

TOPICS: dict[str, Text] = {
    "payment.taken": Text("收款", "payment taken"),
    "sale.voided": Text("作废", "sale voided"),
    "sale.reversed": Text("冲销", "sale reversed"),
    "goods.cancelled": Text("退订增值业务", "third-party service cancelled"),
    "principal.settled": Text("结算代收款", "principal paid what was collected"),
    "calls.delivered": Text("收话单", "call records taken in"),
    "month_run.changed": Text("电话出帐变动", "telephone month started, approved or withdrawn"),
    "balance.changed": Text("预存余额有变动", "a balance was refunded"),
    "bill.changed": Text(
        "支付平台对账变动", "provider's file taken, a difference settled, money at the bank"
    ),
    "invoice.changed": Text("发票变动", "invoice asked for, issued, refused, collected or reversed"),
    "charge.changed": Text("手机付款变动", "telephone payment asked, paid, cancelled or given back"),
    "basket.changed": Text("受理篮变动", "basket changed"),
    "drawer.changed": Text("钱箱变动", "drawer changed"),
    "shortage.changed": Text("短款变动", "shortage proposed, answered or decided"),
    "deposit.changed": Text("缴款变动", "bag sealed, signed or handed over, or the bank's record imported"),
    "book.changed": Text(
        "票据本变动", "papers received, drawn, issued, passed on, spoilt, written off or returned"
    ),
    "period.changed": Text("月结变动", "month close proposed or done"),
    "serving.changed": Text("接待变动", "customer received, held or finished"),
    "customers.registered": Text("登记客户", "customer registered"),
    "customers.corrected": Text("更正客户资料", "particulars corrected"),
    "customers.break_glass": Text("应急查看客户资料", "record opened in an emergency"),
    "customers.standing": Text(
        "客户级别、客户经理、授权联系人", "VIP level, supervisor, authorised contacts"
    ),
    "customers.merged": Text("合并、撤销合并客户", "customers merged, or a merge undone"),
    "registers.imported": Text("导入、撤销导入登记表", "register imported, or an import undone"),
    "subscription.changed": Text("在用业务变动", "subscription changed"),
    "device.changed": Text("接入设备变动", "access device changed"),
    "access.changed": Text("上网账号变动", "network account changed"),
    "message.changed": Text("客户通知送达变动", "message to a customer delivered, not delivered or told"),
    "notice.changed": Text("业务通知变动", "notice sent, read, asked about or answered"),
    "matter.changed": Text("上报变动", "matter reported, told, answered or closed"),
    "instruction.changed": Text("指示变动", "instruction recorded, noted or done"),
    "staff.changed": Text("人员、岗位变动", "staff, roles or keepers changed"),
    "enquiry.changed": Text("首问登记变动", "enquiry taken, passed on, answered or closed"),
    "approval.changed": Text("审批变动", "approval asked for, decided or closed"),
    "calendar.changed": Text("日历、营业时间变动", "working days or opening hours changed"),
    "policy.changed": Text("政策变动", "policy changed"),
    "work.dispatched": Text("发单", "work dispatched"),
    "work.signed": Text("工单签收", "work signed for"),
    "work.assigned": Text("派装维", "installer assigned"),
    "work.started": Text("上门", "visit started"),
    "work.tested": Text("线路测试", "line tested"),
    "work.finished": Text("完工", "visit finished"),
    "work.abandoned": Text("没有做成", "visit abandoned"),
    "work.returned": Text("回单", "sheet returned"),
    "work.called": Text("回访", "follow-up call"),
    "work.archived": Text("归档", "case archived"),
}
