"""What the trail's codes are called on the screen; a code without a word is shown as it is."""

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.text import Text

ACTIONS = {
    "acceptance_form.issued": Text("出受理单", "acceptance form issued"),
    "acceptance_form.signed": Text("客户签受理单", "acceptance form signed"),
    "basket.item_added": Text("加受理项", "item added"),
    "basket.item_removed": Text("去受理项", "item removed"),
    "basket.quantity_changed": Text("改数量", "quantity changed"),
    "basket.backdated": Text("补录纸质单", "typed from paper"),
    "basket.held": Text("挂起", "basket held"),
    "basket.resumed": Text("取回", "basket resumed"),
    "basket.abandoned": Text("放弃受理", "basket abandoned"),
    "payment.taken": Text("收款", "payment taken"),
    "sale.voided": Text("作废", "sale voided"),
    "receipt.reprinted": Text("补打票据", "receipt reprinted"),
    "document.issued": Text("出单据", "paper issued"),
    "document.printed": Text("打印", "paper printed"),
    "print.sending": Text("正在打印", "print under way"),
    "print.printed": Text("打印完成", "print finished"),
    "print.failed": Text("打印失败", "print failed"),
    "print.unclear": Text("打印结果不明", "print unclear"),
    "subscription.ended": Text("拆机", "line ended"),
    "subscription.kept": Text("撤销拆机", "line kept after all"),
    "drawer.opened": Text("开钱箱", "drawer opened"),
    "drawer.cash_in": Text("钱箱存入", "cash put in"),
    "drawer.cash_out": Text("钱箱取出", "cash taken out"),
    "customer.registered": Text("登记客户", "customer registered"),
    "customer.opened": Text("打开客户资料", "record opened"),
    "customer.field_revealed": Text("显示一项资料", "one particular shown"),
    "customer.access_refused": Text("拒绝查看", "access refused"),
    "customer.merged": Text("合并客户", "customers merged"),
    "customer.merge_undone": Text("撤销合并", "merge undone"),
    "customer.told_apart": Text("确认不是同一人", "told apart"),
    "work.dispatched": Text("发单", "dispatched"),
    "work.signed": Text("签收", "signed for"),
    "work.assigned": Text("派装维", "installer assigned"),
    "work.started": Text("上门", "visit started"),
    "work.tested": Text("线路测试", "line tested"),
    "work.finished": Text("完工", "visit finished"),
    "work.abandoned": Text("没有做成", "visit abandoned"),
    "work.returned": Text("回单", "sheet returned"),
    "work.called": Text("回访", "follow-up call"),
    "work.archived": Text("归档", "archived"),
    "work.contact_revealed": Text("显示客户电话", "customer's number shown"),
    "identity.signed_in": Text("登录", "signed in"),
    "identity.signed_out": Text("退出", "signed out"),
    "identity.sign_in_failed": Text("登录失败", "sign-in failed"),
    "identity.password_changed": Text("改密码", "password changed"),
    "portal.signed_in": Text("客户自助登录", "customer signed in"),
    "portal.sign_in_failed": Text("客户自助登录失败", "customer's sign-in failed"),
    "portal.password_chosen": Text("客户自己改上网密码", "customer chose a network password"),
    "portal.proof_failed": Text("客户自助改密码，证件不符", "customer's proof failed"),
    "device.admitted": Text("加接入设备", "access device added"),
    "device.changed": Text("改接入设备", "access device changed"),
    "device.retired": Text("停用接入设备", "access device retired"),
    "export.run": Text("导出", "exported"),
    "export.refused": Text("拒绝导出", "export refused"),
    "token.issued": Text("发访问令牌", "access token issued"),
    "token.revoked": Text("撤销访问令牌", "access token revoked"),
    "policy.changed": Text("改政策", "policy changed"),
    "register.imported": Text("导入登记表", "register imported"),
    "register.undone": Text("撤销导入", "import undone"),
    "log.deleted": Text("删日志", "log deleted"),
    "webhook.made": Text("建推送", "webhook made"),
    "webhook.changed": Text("改推送", "webhook changed"),
    "webhook.rotated": Text("换推送密钥", "webhook secret rotated"),
    "webhook.paused": Text("推送自动暂停", "webhook paused by itself"),
    "webhook.state_set": Text("停、恢复或结束推送", "webhook paused, resumed or ended"),
    "webhook.pinged": Text("试推送", "webhook tested"),
    "webhook.replayed": Text("重推", "webhook replayed"),
    "profile.installed": Text("装入业务包", "profile installed"),
    "demo.story_begun": Text("开始演示故事", "the demo's story begun"),
    "demo.story_told": Text("演示故事讲完", "the demo's story told"),
    "keys.rotated": Text("换密钥", "key added"),
    "keys.renewed": Text("重新加密", "encrypted anew"),
    "keys.retired": Text("停用密钥", "key retired"),
    "database.restored": Text("恢复数据库", "database restored"),
}

SUBJECTS = {
    "work_order": Text("工单", "work order"),
    "payment": Text("收款", "payment"),
    "basket": Text("受理单", "basket"),
    "party": Text("客户", "customer"),
    "document": Text("单据", "paper"),
    "drawer": Text("钱箱", "drawer"),
    "user": Text("员工", "login"),
    "token": Text("访问令牌", "access token"),
    "policy": Text("政策", "policy"),
    "import": Text("导入", "import"),
    "log": Text("日志", "log"),
    "webhook": Text("推送", "webhook"),
    "profile": Text("业务包", "profile"),
    "export": Text("导出", "export"),
    "subscription": Text("业务", "subscription"),
    "device": Text("接入设备", "access device"),
    "key": Text("密钥", "key"),
    "backup": Text("备份", "backup"),
}


class BreakInChain(Refusal):
    """A line that does not fit its chain: said, not raised."""

    code = "audit.broken"
    rule = "SEC-09"
    zh = "审计链在第 {line} 号记录处断开：{why}。"
    en = "The chain breaks at line {line}: {why}."
    alternative_zh = "请立即报告上级和系统管理员，不要再改动数据库。"
    alternative_en = (
        "Report it to your superior and the administrator at once, and leave the database as it is."
    )
