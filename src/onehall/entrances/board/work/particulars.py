"""What an installation order says (WRK-01), with the contact covered (SEC-07)."""

from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.provisioning import api as provisioning
from onehall.entrances.board.words import KINDS, LINE_STATES
from onehall.foundation.scopes import Scope
from onehall.foundation.values.text import Text

Particulars = list[tuple[Text, Text | str | int | None]]


def particulars(case: fieldwork.WorkOrder, *, at: datetime, scope: Scope) -> Particulars:
    """Names and values; None shows a dash."""
    line = provisioning.access(account=case.account, at=at, scope=scope)
    return [
        (Text("业务", "Business"), case.offering),
        (Text("工单类别", "Kind of work"), KINDS.get(case.kind, Text(case.kind, case.kind))),
        (Text("账号", "Account"), case.account),
        (Text("宽带状态", "Line"), LINE_STATES[line.standing] if line else None),
        (Text("客户", "Customer"), customers.mask_name(case.contact.name)),
        (Text("电话", "Phone"), customers.mask_phone(case.contact.phone)),
        (Text("地址", "Address"), case.address),
        (Text("信息点", "Points"), case.points or None),
        (Text("开始日期", "Starts on"), case.start_on.isoformat() if case.start_on else None),
        (Text("归属经营部", "Department"), case.department),
        (Text("项目经理", "Project manager"), case.project_manager or None),
        (Text("装维", "Installer"), case.installer or None),
    ]
