"""How a request is told on the screen: its state, and what exactly is asked for."""

from datetime import datetime
from typing import Any

from onehall.contexts.customers import api as customers
from onehall.foundation.approvals import ACTIVITY, BALANCE, INVOICE, LOGIN, REVERSAL, Request, State
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.readings.exports import LISTS

STATES = {
    State.WAITING: ("warn", Text("等批准", "waiting")),
    State.APPROVED: ("good", Text("已批准", "approved")),
    State.DECLINED: ("bad", Text("没有批准", "declined")),
    State.WITHDRAWN: ("plain", Text("已撤回", "withdrawn")),
    State.LAPSED: ("plain", Text("已过期", "lapsed")),
    State.USED: ("info", Text("已用", "used")),
}

_HALLS = Text("涉及营业厅", "halls concerned")


def told(asked: Request, *, scope: Scope) -> list[tuple[Text, Any]]:
    """Names and values: first what it is, then the rest. A customer's name is masked: the approver has stated no purpose (SEC-07)."""
    if asked.kind == ACTIVITY:
        return _activity(asked)
    if asked.kind == BALANCE:
        return _balance(asked, scope)
    return {LOGIN: _login, REVERSAL: _reversal, INVOICE: _invoice}.get(asked.kind, _export)(asked)


def _activity(asked: Request) -> list[tuple[Text, Any]]:
    start, end = (local(datetime.fromisoformat(str(asked.body[name]))) for name in ("start", "until"))
    return [
        (Text("活动", "activity"), str(asked.body["title"])),
        (Text("时间", "time"), f"{start:%Y-%m-%d %H:%M} – {end:%Y-%m-%d %H:%M}"),
    ]


def _login(asked: Request) -> list[tuple[Text, Any]]:
    lost = Text("一并作废", "void, too") if asked.body.get("devices") else Text("不动", "untouched")
    return [(Text("工号", "staff number"), str(asked.body["concerns"])), (Text("验证设备", "devices"), lost)]


def _reversal(asked: Request) -> list[tuple[Text, Any]]:
    fen, cashier = int(asked.body["fen"]), str(asked.body["concerns"])
    return [
        (Text("退还客户", "goes back to the customer"), f"¥{Money(fen)}"),
        (Text("收款号", "payment"), str(asked.body["payment"])),
        (Text("当时收款的工号", "taken by staff number"), cashier),
    ]


def _invoice(asked: Request) -> list[tuple[Text, Any]]:
    return [
        (Text("发票金额", "the invoice's amount"), f"¥{Money(int(asked.body['fen']))}"),
        (Text("收款号", "payment"), str(asked.body["payment"])),
    ]


def _balance(asked: Request, scope: Scope) -> list[tuple[Text, Any]]:
    name = customers.card(PartyId(int(asked.body["party"])), scope=scope).name
    return [
        (Text("退还客户现金", "cash back to the customer"), f"¥{Money(int(asked.body['fen']))}"),
        (Text("客户", "customer"), customers.mask_name(name)),
    ]


def _export(asked: Request) -> list[tuple[Text, Any]]:
    known = LISTS.get(asked.subject)
    name = known.name if known else Text(asked.subject, asked.subject)
    start, end = asked.body.get("start", ""), asked.body.get("end", "")
    clear = asked.body.get("personal")
    return [
        (Text("清单", "list"), name),
        (Text("期间", "period"), f"{start} – {end}" if start or end else Text("全部", "all")),
        (
            Text("证件和电话", "ID numbers and telephones"),
            Text("写全", "in full") if clear else Text("遮挡", "masked"),
        ),
        (_HALLS, str(len(asked.halls))),
    ]
