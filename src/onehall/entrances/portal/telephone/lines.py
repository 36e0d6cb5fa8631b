"""The customer's own telephone lines: what is left, bills, a month call by call (VOI-03)."""

from datetime import date
from typing import Any

from onehall.contexts.rating import api as rating
from onehall.contexts.voice import api as voice
from onehall.entrances.portal.account.guard import CustomerRequest
from onehall.entrances.portal.telephone.offer import offer
from onehall.foundation.refusals import NotFound
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.steps.itemising import Entry, PaidIn, itemised
from onehall.steps.recharging import lines_of_customer

_EVERYWHERE = Scope.operator()
_HIDDEN = 4
_BILLS = 6


def telephone_facts(request: CustomerRequest, *, full: bool = False) -> dict[str, Any]:
    """Every line of the customer who signed in, and of one of them the month asked for; `full` once they have shown who they are."""
    lines = lines_of_customer(request.customer.subscription_id, at=request.at)
    left = voice.balances([line.id for line in lines], scope=_EVERYWHERE)
    asked = request.POST.get("line") or request.GET.get("line", "")
    chosen = next((line for line in lines if str(line.id) == asked), lines[0] if lines else None)
    told = [
        (line, rating.yuan(left[line.id]), left[line.id] < line.state.alarm_threshold, _plan(line, request), offer(line, request))
        for line in lines
    ]  # fmt: skip
    return {
        "lines": told,
        "chosen": chosen,
        "full": full,
        **(_month_told(chosen, month_asked(request), full) if chosen else {}),
    }


def _month_told(line: voice.Line, month: date, full: bool) -> dict[str, Any]:
    found = itemised(voice.month_of_line(line, month, scope=_EVERYWHERE))
    bills = voice.bills_of_line(line.id, scope=_EVERYWHERE)[:_BILLS]
    return {
        "month": month, "entries": [_entry(entry, full) for entry in found.entries], "charge": rating.yuan(found.charge),
        "credit_used": rating.yuan(found.credit_used), "months": voice.months_of(line.id, scope=_EVERYWHERE)[:_BILLS],
        "bills": [
            (bill, rating.yuan(bill.rent + bill.caller_id), rating.yuan(bill.due), rating.yuan(bill.closing)) for bill in bills
        ],
    }  # fmt: skip


def line_asked(request: CustomerRequest) -> int:
    """The line of the form. Raises NotFound for what is none."""
    line = request.POST.get("line", "")
    if not line.isdecimal() or len(line) > len(str(2**63)) - 1:
        raise NotFound(what="这个号码", what_en="This number", field="line")
    return int(line)


def month_asked(request: CustomerRequest) -> date:
    """The month of the form or the address; this month where it says none."""
    try:
        return date.fromisoformat(f"{request.POST.get('month') or request.GET.get('month', '')}-01")
    except ValueError:
        return local(request.at).date().replace(day=1)


def _plan(line: voice.Line, request: CustomerRequest) -> Text:
    found = next(
        (one for one in voice.plans(at=request.at, scope=_EVERYWHERE) if one.code == line.state.plan), None
    )
    return Text(found.name_zh, found.name_en) if found else Text(line.state.plan, line.state.plan)


def _entry(entry: Entry, full: bool) -> dict[str, Any]:
    """Whom somebody called is shown without its end: somebody may look over a shoulder (SEC-07)."""
    after = rating.yuan(entry.balance_after)
    if isinstance(entry, PaidIn):
        return {"at": entry.topup.at, "topup": rating.yuan(entry.topup.amount), "after": after}
    callee = entry.call.callee
    shown = callee if full or len(callee) <= _HIDDEN else f"{callee[:-_HIDDEN]}****"
    return {
        "at": entry.call.started_at, "callee": shown, "minutes": entry.charged.minutes, "charge": rating.yuan(entry.charged.charge),
        "after": after,
    }  # fmt: skip
