"""What may need a second person, by code: its name, the permission that decides it, and what its size counts."""

from dataclasses import dataclass

from onehall.foundation.values.text import Text


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of request; `unit` says what its size counts."""

    code: str
    name: Text
    permission: str
    unit: Text


EXPORT, ACTIVITY, LOGIN, REVERSAL, INVOICE = "export", "activity", "login", "reversal", "invoice"
BALANCE = "balance"

KINDS: dict[str, Kind] = {
    EXPORT: Kind(EXPORT, Text("超量导出", "Large export"), "export.approve", Text("行", "rows")),
    ACTIVITY: Kind(
        ACTIVITY,
        Text("营业时间外活动", "Activity outside hours"),
        "activity.approve",
        Text("分钟", "minutes"),
    ),
    LOGIN: Kind(LOGIN, Text("重置登录", "Login reset"), "staff.manage", Text("个设备", "devices")),
    REVERSAL: Kind(
        REVERSAL, Text("冲销收款", "Sale reversal"), "reversal.approve", Text("项业务", "services")
    ),
    BALANCE: Kind(BALANCE, Text("退余额", "Balance refund"), "reversal.approve", Text("元", "yuan")),
    INVOICE: Kind(INVOICE, Text("手写发票", "Handwritten invoice"), "invoice.approve", Text("行", "lines")),
}
"""A kind without a line here cannot be asked for."""
