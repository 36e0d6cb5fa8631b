"""Telephone lines as they are charged: call records in; balance and bills of a subscription's lines out (VOI-02, VOI-03)."""

from typing import Any

from pydantic import Field

from onehall.contexts.customers import api as customers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Day, Given, Key, Shown
from onehall.foundation.values.ids import SubscriptionId
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.set_service_password import set_service_password
from onehall.journeys.take_calls import take_calls
from onehall.steps.call_records import rows_of_records

noun = Noun(Text("电话计费", "Telephone charging"))
_MOST = 5000  # structural: records of one request
_LONGEST = 200  # structural: characters of a field


class RecordGiven(Given):
    """A call as the exchange recorded it: `start` local time `2026-10-03 18:30:00`, `seconds` a whole number; kept as sent."""

    call_id: str = Field(max_length=_LONGEST)
    start: str = Field(max_length=_LONGEST)
    caller: str = Field(max_length=_LONGEST)
    callee: str = Field(max_length=_LONGEST)
    seconds: str = Field(max_length=_LONGEST)


class CallsGiven(Given):
    """Some calls, and what the delivery is called."""

    name: str = Field(max_length=_LONGEST)
    records: list[RecordGiven] = Field(max_length=_MOST)


class CallsTaken(Shown):
    """What became of them: new calls, rows that could not be read, and rows that came before."""

    delivery: int
    taken: int
    bad: int
    repeated: int


class TelephoneBill(Shown):
    """A month as it was billed; amounts in units of 1/10000 yuan, `fen` what went to the books."""

    month: Day
    rent: int
    caller_id: int
    charge: int
    monthly_used: int
    annual_used: int
    adjustment: int
    closing: int
    fen: int


class TelephoneLine(Shown):
    """A line with what is left on it, in units of 1/10000 yuan; below zero it is owed."""

    number: str
    plan: str
    features: list[str]
    suspended: bool
    stopped: bool
    balance: int
    bills: list[TelephoneBill]


@noun.operation(
    "POST", "/telephone/records", words=Text("送话单", "Deliver call records"), shows=CallsTaken, status=201, permission="calls.deliver"
)  # fmt: skip
def deliver(request: Request, given: CallsGiven, key: Key) -> Any:
    """Sent again, whole or in parts, it adds nothing: a call is known by its id."""
    by = request.actor
    rows = rows_of_records(record.model_dump() for record in given.records)
    return take_calls(rows=rows, source="api", name=given.name, hall=by.hall_id, by=by, at=request.at)


@noun.operation(
    "GET", "/subscriptions/{int:subscription_id}/telephones", words=Text("电话余额和帐单", "Telephone balances and bills"),
    shows=list[TelephoneLine], permission="telephone.view",
)  # fmt: skip
def lines(request: Request, subscription_id: int) -> Any:
    """Under a purpose in force for its customer; PurposeNeeded without one (SEC-01)."""
    scope = request.actor.scope
    _purpose(request, subscription_id)
    found = voice.lines_of([subscription_id], at=request.at, scope=scope)
    left = voice.balances([line.id for line in found], scope=scope)
    return [_shown(line, left[line.id], request) for line in found if not line.state.closed]


class ServicePasswordGiven(Given):
    """What the customer pressed; empty for the first password again, which must be changed."""

    new: str = Field("", max_length=16)


class ServicePasswordSet(Shown):
    """Whether it must be changed."""

    must_change: bool


@noun.operation(
    "POST", "/subscriptions/{int:subscription_id}/service-password", words=Text("固话服务密码", "Set the service password"),
    shows=ServicePasswordSet, permission="network.reset_password",
)  # fmt: skip
def service_password(request: Request, subscription_id: int, given: ServicePasswordGiven, key: Key) -> Any:
    """For the verified owner; it is kept as a hash alone."""
    must_change = set_service_password(
        subscription_id=SubscriptionId(subscription_id),
        new=given.new,
        intent=key,
        by=request.actor,
        at=request.at,
    )
    return {"must_change": must_change}


def _purpose(request: Request, subscription_id: int) -> None:
    by = request.actor
    known = subscriptions.subscription(subscription_id=SubscriptionId(subscription_id), scope=by.scope)
    root = customers.root(known.party_id, scope=by.scope)
    if customers.purpose_in_force(root, user_id=by.user_id, at=request.at, scope=by.scope) is None:
        raise customers.PurposeNeeded()


def _shown(line: voice.Line, left: int, request: Request) -> dict[str, Any]:
    state = line.state
    return {
        "number": state.number, "plan": state.plan, "features": list(state.features), "suspended": state.suspended, "stopped": state.stopped, "balance": left,
        "bills": voice.bills_of_line(line.id, scope=request.actor.scope),
    }  # fmt: skip
