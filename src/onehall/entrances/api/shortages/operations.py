"""What drawers were short of: read, and proposed with evidence.

The clerk's own answer and the decision are people's, on the board: a programme speaks and decides for nobody (LAW-04, decision 0036).
"""

from typing import Any, Literal

from ninja import Query

from onehall.contexts.workforce import api as workforce
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.paging import Stretch, stretch_of
from onehall.entrances.api.shared.schema import Amount, Given, Id, Key, Moment, Sentence, Shown
from onehall.foundation.values.ids import DrawerId
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.propose_shortage import propose_shortage
from onehall.readings.shortages import short_drawers

noun = Noun(Text("短款", "Shortages"))
_MANY = 1000  # structural: proposals that a programme may page through
_PROPOSE: dict[str, Any] = {"permission": "shortage.propose"}


class ShortDrawer(Shown):
    """A confirmed drawer that was short and that nobody has spoken about yet; `reason` is the clerk's."""

    drawer_id: int
    clerk: str
    closed_at: Moment
    short: Amount
    reason: str


class Shortage(Shown):
    """A proposal: `standing` is awaited, acknowledged, objected, silent or decided; no pay is touched by it."""

    id: int
    drawer_id: int
    clerk: int
    clerk_name: str
    amount: Amount
    cause: str
    evidence: str
    proposed_by: int
    proposed_at: Moment
    answer_by: Moment
    acknowledged: bool | None
    answer: str
    answered_at: Moment | None
    outcome: str | None
    ground: str
    decided_name: str
    decided_at: Moment | None
    standing: str


class Shortages(Shown):
    """The newest first; follow `next` for more."""

    items: list[Shortage]
    next: str | None


class ProposalGiven(Given):
    """Which confirmed drawer, why, and the evidence; the amount is the drawer's own."""

    drawer_id: Id
    cause: Literal["miscount", "counterfeit"]
    evidence: Sentence


@noun.operation(
    "GET",
    "/shortages/drawers",
    words=Text("还没有提出的短款钱箱", "Short drawers nobody spoke about"),
    shows=list[ShortDrawer],
    **_PROPOSE,
)
def drawers(request: Request) -> Any:
    by = request.actor
    return list(short_drawers(hall=by.hall_id, apart_from=by.user_id, limit=_MANY, scope=by.scope))


@noun.operation(
    "GET", "/shortages", words=Text("短款提议", "Proposals about shortages"), shows=Shortages, **_PROPOSE
)
def listed(request: Request, asked: Stretch = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    found = workforce.shortages(limit=_MANY, scope=request.actor.scope)
    return stretch_of(request, [_shown(one, request) for one in found], asked, lambda one: one["id"])


@noun.operation(
    "GET",
    "/shortages/{int:shortage_id}",
    words=Text("一项短款提议", "A proposal"),
    shows=Shortage,
    **_PROPOSE,
)
def show(request: Request, shortage_id: int) -> Any:
    return _shown(workforce.shortage(shortage_id, scope=request.actor.scope), request)


@noun.operation(
    "POST", "/shortages", words=Text("提出短款", "Propose a shortage"), shows=Shortage, status=201, **_PROPOSE
)
def propose(request: Request, given: ProposalGiven, key: Key) -> Any:
    made = propose_shortage(
        drawer_id=DrawerId(given.drawer_id), cause=workforce.Cause(given.cause), evidence=given.evidence, intent=key,
        by=request.actor, at=request.at,
    )  # fmt: skip
    return _shown(made, request)


def _shown(one: workforce.Shortage, request: Request) -> dict[str, Any]:
    own = {name: getattr(one, name) for name in Shortage.model_fields if name != "standing"}
    return {**own, "standing": workforce.standing(one, at=request.at)}
