"""What the pages of a telephone line say; amounts in yuan as exact as they are."""

from datetime import datetime
from typing import Any

from onehall.contexts.rating import api as rating
from onehall.contexts.voice import api as voice
from onehall.foundation.scopes import Scope
from onehall.foundation.values.text import Text
from onehall.steps.itemising import Entry, Itemised, PaidIn, costs_on

FEATURES = {
    voice.CALLER_ID: Text("来电显示", "caller ID display"),
    "call_forward": Text("呼叫转移", "call forwarding"),
}
KINDS = {
    "local": Text("市话", "local"), "long_distance": Text("长途", "long distance"), "international": Text("国际", "international"),
    "emergency": Text("紧急", "emergency"), "free": Text("免费", "free"),
}  # fmt: skip
_MONTHS = 6
"""Bills on the page; older ones are in the export."""


def line_told(line: voice.Line, left: int, *, at: datetime, scope: Scope) -> dict[str, Any]:
    """A line's state, balance and newest bills."""
    plan = next((one for one in voice.plans(at=at, scope=scope) if one.code == line.state.plan), None)
    bills = voice.bills_of_line(line.id, scope=scope)[:_MONTHS]
    return {
        "line": line, "left": rating.yuan(left), "low": left < line.state.alarm_threshold, "over": left <= 0,
        "plan": Text(plan.name_zh, plan.name_en) if plan else Text(line.state.plan, line.state.plan),
        "features": [FEATURES.get(one, Text(one, one)) for one in line.state.features],
        "credit": rating.yuan(line.state.monthly_credit),
        "bills": [_bill(bill) for bill in bills],
    }  # fmt: skip


def _bill(bill: voice.Bill) -> dict[str, Any]:
    names = (
        "rent",
        "caller_id",
        "charge",
        "monthly_used",
        "annual_used",
        "adjustment",
        "due",
        "closing",
        "lapsed",
    )
    return {
        "month": bill.month,
        "minutes": bill.minutes,
        **{name: rating.yuan(getattr(bill, name)) for name in names},
    }


def entries_told(found: Itemised) -> dict[str, Any]:
    """A month call by call, with its sums."""
    return {
        "line": found.month.line, "month": found.month.month, "entries": [_entry(entry) for entry in found.entries],
        "opening": rating.yuan(found.month.opening), "closing": rating.yuan(found.closing), "charge": rating.yuan(found.charge),
        "credit_used": rating.yuan(found.credit_used),
    }  # fmt: skip


def plans_told(found: Itemised, *, at: datetime) -> list[tuple[Text, str, bool]]:
    """What the month would have cost on each plan, and which one it is on; "" where a class has no price."""
    return [
        (Text(plan.name_zh, plan.name_en), "" if (cost := costs_on(found.month, plan)) is None else rating.yuan(cost), plan.code == found.month.line.state.plan)
        for plan in voice.plans(at=at, scope=Scope.operator())
    ]  # fmt: skip


def _entry(entry: Entry) -> dict[str, Any]:
    after = rating.yuan(entry.balance_after)
    if isinstance(entry, PaidIn):
        return {"at": entry.topup.at, "topup": rating.yuan(entry.topup.amount), "after": after}
    charged = entry.charged
    return {
        "at": entry.call.started_at, "callee": entry.call.callee, "kind": KINDS.get(entry.call.kind, Text(entry.call.kind, entry.call.kind)),
        "seconds": entry.call.seconds, "minutes": charged.minutes, "price": rating.yuan(charged.price), "charge": rating.yuan(charged.charge),
        "credit": rating.yuan(charged.credit_used), "paid": rating.yuan(charged.paid), "after": after, "corrected": entry.call.corrected,
    }  # fmt: skip
