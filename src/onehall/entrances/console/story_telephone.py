"""The steps of the demo's story that happen to a telephone line: calls come in, money is paid for it."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.money import Money
from onehall.journeys.recharge_line import recharge_line
from onehall.journeys.take_calls import take_calls
from onehall.journeys.take_payment import take_payment
from onehall.runs.rate_calls import rate_calls
from onehall.steps.call_records import rows_of_records
from onehall.steps.household import FIXED_LINE, LineWanted

_ALL = Scope.operator()


def wanted(line: Mapping[str, Any]) -> LineWanted | None:
    """The telephone line that an item of the story sells: number, features, what is paid ahead in yuan."""
    if not line:
        return None
    return LineWanted(line["number"], tuple(line.get("features", ())), Money.yuan(line["prepaid"]))


def bring_calls(
    party_id: PartyId, facts: Mapping[str, Any], *, today: date, key: str, by: Actor, at: datetime
) -> None:
    """Call records as an exchange delivers them, charged at once; told twice they count once."""
    number = _line(party_id, at).state.number
    records = [
        {
            "call_id": f"demo-{key}-{turn}", "start": f"{_moment(today, one):%Y-%m-%d %H:%M:%S}", "caller": number,
            "callee": one["callee"], "seconds": str(one["seconds"]),
        }
        for turn, one in enumerate(facts["calls"], start=1)
    ]  # fmt: skip
    take_calls(rows=rows_of_records(records), source="demo", name=f"{key}.csv", hall=by.hall_id, by=by, at=at)
    rate_calls(at=at)


def _moment(today: date, one: Mapping[str, Any]) -> datetime:
    clock: time = one["time"]
    return datetime.combine(today + timedelta(days=one["day"]), clock)


def recharge(
    party_id: PartyId, facts: Mapping[str, Any], *, keys: tuple[UUID, UUID], by: Actor, at: datetime
) -> None:
    """The customer pays in cash, exactly."""
    line, amount = _line(party_id, at), Money.yuan(facts["amount"])
    basket = recharge_line(party_id=party_id, line_id=line.id, amount=amount, intent=keys[0], by=by, at=at)
    take_payment(basket_id=basket.id, due=amount, tendered=amount, intent=keys[1], by=by, at=at)


def _line(party_id: PartyId, at: datetime) -> voice.Line:
    held = subscriptions.subscriptions_of(party_id=party_id, scope=_ALL)
    return voice.lines_of([int(one.id) for one in held if one.kind == FIXED_LINE], at=at, scope=_ALL)[0]
