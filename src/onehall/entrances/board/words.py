"""What the board calls things of field work: who has a case, and how near its limit is."""

from typing import Protocol

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.values.text import Text

State = fieldwork.State
_NOBODY = Text("还没有派人", "nobody yet")
_OWNERS = {
    State.TO_DISPATCH: Text("营业厅", "the hall"),
    State.TO_FOLLOW_UP: Text("客服", "customer service"),
    State.TO_ARCHIVE: Text("客服", "customer service"),
    State.ARCHIVED: Text("—", "—"),
    State.WITHDRAWN: Text("—", "—"),
}
URGENCY = {
    fieldwork.Urgency.EASY: ("", Text("", "")),
    fieldwork.Urgency.SOON: ("warn", Text("将到时限", "due soon")),
    fieldwork.Urgency.LATE: ("bad", Text("超时", "overdue")),
}
"""Kind of tag and word: the colour never stands alone (WRK-06)."""

KINDS = {
    "installation": Text("装机", "installation"),
    "additional_point": Text("加信息点", "additional point"),
    "router_setup": Text("路由器调试", "router set-up"),
    "move": Text("移机", "move"),
}

LINE_STATES = {
    provisioning.Standing.WAITING: Text("未到开始日期", "before its start"),
    provisioning.Standing.ACTIVE: Text("可以上网", "active"),
    provisioning.Standing.PAUSED: Text("停机保号中", "suspended"),
    provisioning.Standing.EXPIRED: Text("已到期", "expired"),
    provisioning.Standing.WITHDRAWN: Text("已停用", "withdrawn"),
}


class _Held(Protocol):
    @property
    def state(self) -> str: ...
    @property
    def project_manager(self) -> str: ...
    @property
    def installer(self) -> str: ...


def owner(case: _Held) -> Text:
    """In whose hands a case is."""
    state = State(case.state)
    named = _OWNERS.get(state)
    if named is not None:
        return named
    person = case.project_manager if state is State.DISPATCHED else case.installer or case.project_manager
    return Text(person, person) if person else _NOBODY
