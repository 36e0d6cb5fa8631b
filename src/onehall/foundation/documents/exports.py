"""What is known of a list that leaves the house, and what is refused (SEC-04)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import HallId

_LONGEST = 200  # structural: what a footer and a line of the trail have room for
_NUMBERED = re.compile(r"[0-9０-９][0-9０-９\s-]{5,}[0-9０-９Xx]")


class ReasonMissing(Refusal):
    """Nobody can explain this export later."""

    code = "export.reason_missing"
    rule = "SEC-04"
    status = 400
    zh = "导出要写明事由。"
    en = "An export needs its reason."
    alternative_zh = "例如：月度对帐、上级单位检查；事由会写进审计记录。"
    alternative_en = "For example: monthly reconciliation. The reason goes into the audit trail."


class ReasonTells(Refusal):
    """A telephone or an ID number in the reason, which stays in the trail for everybody who reads it."""

    code = "export.reason_tells"
    rule = "SEC-07"
    status = 400
    zh = "事由里不要写电话、证件等号码。"
    en = "The reason must not hold telephone, ID or other long numbers."
    alternative_zh = "请只写为什么导出，例如“六月对帐”。"
    alternative_en = "Write only why, for example “reconciliation of June”."


class TooManyRows(Refusal):
    """More than one person may take out alone."""

    code = "export.too_many_rows"
    rule = "SEC-04"
    status = 409
    zh = "这次导出超过 {most} 行，需要另一人批准，命令行不能申请。"
    en = "This export exceeds {most} rows; it needs another person's approval, for which the console cannot ask."
    alternative_zh = "请在看板“导出”页导出（会自动提交申请），或缩短起止日期、只选一个营业厅，分几次导出。"
    alternative_en = (
        "Export on the board, which asks for it; or shorten the period, choose one hall, and export in parts."
    )


class ApprovalAwaited(Refusal):
    """More than one person may take out alone: another person was asked."""

    code = "export.approval_awaited"
    rule = "SEC-04"
    status = 409
    zh = "这次导出共 {rows} 行，超过 {most} 行，需要另一人批准；已经替您提交申请（第 {number} 号）。"
    en = "This export has {rows} rows, more than {most}: it needs another person's approval, which was asked for (no. {number})."
    alternative_zh = (
        "批准后在看板“审批”页点“照批准导出”；不想等的，请缩短起止日期或只选一个营业厅，分几次导出。"
    )
    alternative_en = "Once approved, export from the board's page of approvals; or shorten the period or choose one hall, and export in parts."


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken out. `halls` are those whose rows may be in it: each of their trails gets the line.

    `permission` is the list's own, beside `export.run`; `console` names the login at the machine where nobody is signed in.
    """

    what: str
    permission: str
    kind: str
    reason: str
    rows: int
    halls: Sequence[HallId]
    personal: bool = False
    start: date | None = None
    end: date | None = None
    console: str = ""

    @property
    def meant(self) -> dict[str, object]:
        """What is approved: the list, its days and its numbers; not the format of the file."""
        days = {
            name: day.isoformat() if day else "" for name, day in (("start", self.start), ("end", self.end))
        }
        return {"list": self.what, "personal": self.personal, **days}


def reason_kept(reason: str) -> str:
    """The reason as it is kept. Raises ReasonMissing, ReasonTells."""
    kept = " ".join(reason.split())[:_LONGEST]
    if not kept:
        raise ReasonMissing(field="reason")
    if _NUMBERED.search(kept):
        raise ReasonTells(field="reason")
    return kept


def details_of(taken: Taken, *, reason: str) -> dict[str, object]:
    """What the line of the trail says."""
    return {
        "list": taken.what,
        "format": taken.kind,
        "rows": taken.rows,
        "reason": reason,
        "personal": taken.personal or None,
        "from": f"{taken.start:%Y-%m-%d}" if taken.start else None,
        "to": f"{taken.end:%Y-%m-%d}" if taken.end else None,
        "console": taken.console or None,
    }
