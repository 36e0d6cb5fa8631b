"""The customer's own telephone lines: what is left, bills, a month call by call (VOI-03)."""

from datetime import date
from typing import Any

from onehall.contexts.rating import api as rating
from onehall.contexts.voice import api as voice
from onehall.entrances.portal.account.guard import CustomerRequest
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.steps.itemising import Entry, PaidIn, itemised
from onehall.steps.recharging import lines_of_customer

_EVERYWHERE = Scope.operator()
_HIDDEN = 4
_BILLS = 6


def telephone_facts(request: CustomerRequest) -> dict[str, Any]:
    """Every line of the customer who signed in, and of one of them the month asked for."""
    lines = lines_of_customer(request.customer.subscription_id, at=request.at)
    left = voice.balances([line.id for line in lines], scope=_EVERYWHERE)
    chosen = next(
        (line for line in lines if str(line.id) == request.GET.get("line", "")), lines[0] if lines else None
    )
    month = _month(request)
    found = itemised(voice.month_of_line(chosen, month, scope=_EVERYWHERE)) if chosen else None
    return {
        "lines": [(line, rating.yuan(left[line.id]), left[line.id] < line.state.alarm_threshold, _plan(line, request)) for line in lines],
        "chosen": chosen, "month": month, "entries": [_entry(entry) for entry in found.entries] if found else [],
        "charge": rating.yuan(found.charge) if found else "", "credit_used": rating.yuan(found.credit_used) if found else "",
        "months": voice.months_of(chosen.id, scope=_EVERYWHERE)[:_BILLS] if chosen else (),
        "bills": [
            (bill, rating.yuan(bill.rent + bill.caller_id), rating.yuan(bill.due), rating.yuan(bill.closing))
            for bill in (voice.bills_of_line(chosen.id, scope=_EVERYWHERE)[:_BILLS] if chosen else ())
        ],
    }  # fmt: skip


def _month(request: CustomerRequest) -> date:
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return local(request.at).date().replace(day=1)


def _plan(line: voice.Line, request: CustomerRequest) -> Text:
    found = next(
        (one for one in voice.plans(at=request.at, scope=_EVERYWHERE) if one.code == line.state.plan), None
    )
    return Text(found.name_zh, found.name_en) if found else Text(line.state.plan, line.state.plan)


def _entry(entry: Entry) -> dict[str, Any]:
    """Whom somebody called is shown without its middle: somebody may look over a shoulder (SEC-07)."""
    after = rating.yuan(entry.balance_after)
    if isinstance(entry, PaidIn):
        return {"at": entry.topup.at, "topup": rating.yuan(entry.topup.amount), "after": after}
    callee = entry.call.callee
    shown = callee if len(callee) <= _HIDDEN else f"{callee[:-_HIDDEN]}****"
    return {
        "at": entry.call.started_at, "callee": shown, "minutes": entry.charged.minutes, "charge": rating.yuan(entry.charged.charge),
        "after": after,
    }  # fmt: skip
