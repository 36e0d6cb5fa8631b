"""Every permission by code. A role is a set of these (ORG-06); a code that is not here does not exist."""

from onehall.foundation.values.text import Text

PERMISSIONS: dict[str, Text] = {
    "account.self": Text("修改自己的密码与界面语言", "Change one's own password and language"),
    "desk.use": Text("使用台席", "Use the desk"),
    "customer.search": Text("查找客户", "Find customers"),
    "customer.register": Text("登记客户", "Register customers"),
    "customer.open": Text("说明目的后打开客户资料", "Open a customer's record with a purpose"),
    "customer.reveal": Text("逐项显示被遮挡的资料", "Reveal masked particulars one by one"),
    "basket.edit": Text("受理业务", "Accept services"),
    "payment.take": Text("收款", "Take payments"),
    "sale.void": Text("当班作废", "Void a sale of the same shift"),
    "receipt.reprint": Text("补打票据", "Reprint receipts"),
    "document.print": Text("打印表单", "Print forms"),
    "drawer.open": Text("开钱箱", "Open a drawer"),
    "drawer.cash": Text("钱箱存取现金", "Move cash in and out of a drawer"),
    "work.dispatch": Text("发单", "Dispatch work orders"),
    "work.accept": Text("签收工单", "Sign for work orders"),
    "work.assign": Text("派给装维", "Assign installers"),
    "work.visit": Text("上门施工", "Visit and install"),
    "work.return": Text("回单登记", "Record returned sheets"),
    "work.followup": Text("回访", "Make follow-up calls"),
    "work.archive": Text("归档", "Archive cases"),
    "board.view": Text("查看看板", "View the board"),
    "directory.view": Text("查看通讯录", "View the directory"),
    "audit.view": Text("查看审计记录", "View the audit trail"),
    "policy.view": Text("查看政策", "View policies"),
    "policy.change": Text("修改政策", "Change policies"),
    "token.manage": Text("发放和撤销访问令牌", "Issue and revoke access tokens"),
    "design.view": Text("查看界面组件", "View the component gallery"),
}
