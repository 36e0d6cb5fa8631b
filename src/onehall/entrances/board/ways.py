"""The board's way round: which pages there are, in groups, and who is led to which."""

from typing import Any

from onehall.foundation.scopes import Actor
from onehall.foundation.values.text import Text

_FLAT = 9  # structural: so many fit into the bar of the smallest screen of a desk beside each other

_GROUPS = (
    (Text("今天", "Today"), (
        (Text("今天", "Today"), "/board/", "board.view"),
    )),
    (Text("钱款", "Money"), (
        (Text("钱箱", "Drawers"), "/board/drawers/", "drawer.confirm"),
        (Text("短款", "Shortages"), "/board/shortages/", "shortage.decide"),
        (Text("缴款", "Deposits"), "/board/deposits/", "deposit.make"),
        (Text("收单", "Charges"), "/board/charges/", "charge.refund"),
        (Text("平台对账", "Providers"), "/board/charges/bills", "bill.settle"),
        (Text("发票", "Invoices"), "/board/invoices/", "invoice.view"),
        (Text("日报", "Day report"), "/board/books/", "books.view"),
        (Text("票据本", "Receipt books"), "/board/paper-books/", "books.view"),
        (Text("存根", "Stubs"), "/board/paper-books/stubs", "book.keep"),
        (Text("月结", "Month close"), "/board/months/", "period.close"),
        (Text("电话", "Telephone"), "/board/telephone/", "telephone.view"),
        (Text("代收", "For others"), "/board/principals/", "principal.view"),
    )),
    (Text("业务", "Business"), (
        (Text("订单", "Orders"), "/board/orders/", "board.view"),
        (Text("抽查", "Checks"), "/board/samples/", "order.check"),
        (Text("工单", "Work orders"), "/board/work/", "board.view"),
        (Text("发单登记", "Dispatch register"), "/board/work/register", "board.view"),
        (Text("登记簿", "Registers"), "/board/registers/", "document.print"),
        (Text("补录", "Paper forms"), "/board/backdated/", "sale.backdate"),
    )),
    (Text("网络", "Network"), (
        (Text("网络", "Network"), "/board/network/", "network.view"),
    )),
    (Text("客户", "Customers"), (
        (Text("大客户", "Key accounts"), "/board/key-accounts/", "account.view"),
        (Text("客户通知", "Messages"), "/board/messages/", "board.view"),
        (Text("重复客户", "Duplicates"), "/board/duplicates/", "customer.merge"),
        (Text("流失", "Customers lost"), "/board/lost/", "board.view"),
        (Text("正确率", "Accuracy"), "/board/accuracy/", "accuracy.view"),
        (Text("个人信息", "Privacy"), "/board/privacy/", "privacy.manage"),
    )),
    (Text("人员", "People"), (
        (Text("审批", "Approvals"), "/board/approvals/", "approval.view"),
        (Text("通知", "Notices"), "/board/notices/", "account.self"),
        (Text("上报", "Reports"), "/board/matters/", "matter.report"),
        (Text("指示", "Instructions"), "/board/instructions/", "instruction.track"),
        (Text("人员", "Staff"), "/board/staff/", "staff.manage"),
        (Text("通讯录", "Directory"), "/board/directory/", "directory.view"),
    )),
    (Text("制度", "Rules"), (
        (Text("政策", "Policies"), "/board/policies/", "policy.view"),
        (Text("日历", "Calendar"), "/board/calendar/", "board.view"),
        (Text("审计", "Audit"), "/board/audit/", "audit.view"),
    )),
    (Text("数据", "Data"), (
        (Text("导出", "Exports"), "/board/exports/", "export.run"),
        (Text("导入", "Imports"), "/board/imports/", "import.view"),
        (Text("推送", "Webhooks"), "/board/webhooks/", "webhook.manage"),
        (Text("令牌", "Tokens"), "/board/tokens/", "token.manage"),
    )),
)  # fmt: skip


def ways(actor: Actor, here: str) -> dict[str, Any]:
    """What the frame shows: all pages beside each other where they are few, else the groups with the pages of the one that is open."""
    groups = [
        (words, [(name, href) for name, href, needed in pages if actor.may(needed)])
        for words, pages in _GROUPS
    ]
    flat = [page for _, pages in groups for page in pages]
    if len(flat) <= _FLAT:
        return {"nav": flat, "nav_here": here}
    opened = next((pages for _, pages in groups if here in [href for _, href in pages]), [])
    return {
        "nav": [(words, pages[0][1]) for words, pages in groups if pages],
        "nav_here": opened[0][1] if opened else here,
        "nav_of": here,
        "nav_pages": opened if len(opened) > 1 else [],
    }
