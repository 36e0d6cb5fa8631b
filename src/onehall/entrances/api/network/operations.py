"""Lines as the network sees them (NET-04)."""

from datetime import timedelta
from typing import Any

from ninja import Query

from onehall.contexts.customers import api as customers
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.entrances.api.network import schemas
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.paging import limit_of, page_of, place_of
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.ids import SubscriptionId
from onehall.foundation.values.period import Period, day_of, local
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.readings.network.line import LineView, line
from onehall.readings.network.sessions import SessionLine, SessionsAsked
from onehall.readings.network.sessions import sessions as sessions_read

noun = Noun(Text("网络", "The network"))


@noun.operation(
    "GET",
    "/subscriptions/{int:subscription_id}/line",
    permission="line.view",
    words=Text("线路诊断与在线会话（须先说明目的）", "A line's diagnosis and sessions, under a purpose"),
    shows=schemas.Line,
)
def diagnosis(request: Request, subscription_id: int) -> Any:
    view = _view(request, subscription_id)
    access = view.access
    return {
        "account": view.account,
        "standing": access.standing if access else None,
        "expires_at": access.period.end if access else None,
        "down_kbps": access.down_kbps if access else None,
        "up_kbps": access.up_kbps if access else None,
        "password_is_first": access.must_change if access else None,
        **{name: getattr(view, name) for name in ("findings", "sessions", "refusals", "waiting")},
    }


@noun.operation(
    "GET",
    "/subscriptions/{int:subscription_id}/usage",
    permission="line.view",
    words=Text("每天流量（须先说明目的）", "Traffic by day, under a purpose"),
    shows=schemas.Usage,
)
def usage(request: Request, subscription_id: int) -> Any:
    return {"items": _view(request, subscription_id).usage}


@noun.operation(
    "GET",
    "/network/sessions",
    permission="network.view",
    words=Text("在线或某天结束的会话", "Sessions on line, or ended on a day"),
    shows=schemas.Sessions,
)
def sessions(request: Request, asked: schemas.SessionsAsked = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    day = asked.day or local(request.at).date()
    now = Period(request.at - timedelta(days=1), request.at + timedelta(seconds=1))
    wanted = SessionsAsked(
        asked.on_line, now if asked.on_line else day_of(day), asked.account.lower(), asked.compound, asked.device,
        "" if asked.on_line else asked.cause, place_of(request, asked) or "",
    )  # fmt: skip
    found = sessions_read(asked=wanted, limit=limit_of(request, asked), scope=request.actor.scope)
    return page_of(request, [_session(one, asked.on_line) for one in found.lines], found.after or None)


def _session(one: SessionLine, on_line: bool) -> dict[str, Any]:
    own = {name: getattr(one, name) for name in schemas.Session.model_fields if name != "ended_at"}
    return {**own, "ended_at": None if on_line else one.moment}


def _view(request: Request, subscription_id: int) -> LineView:
    """The line under a purpose in force for its customer; PurposeNeeded without one (SEC-01)."""
    by = request.actor
    known = subscriptions.subscription(subscription_id=SubscriptionId(subscription_id), scope=by.scope)
    root = customers.root(known.party_id, scope=by.scope)
    if customers.purpose_in_force(root, user_id=by.user_id, at=request.at, scope=by.scope) is None:
        raise customers.PurposeNeeded()
    limits = provisioning.diagnosis_limits(policy_book(hall_id=by.hall_id, at=request.at))
    return line(account=known.account_name, limits=limits, at=request.at, scope=by.scope)
