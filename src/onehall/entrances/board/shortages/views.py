"""What drawers were short of: proposed, answered by the clerk, decided by a named person; never a cut (PAY-04, LAW-04)."""

from datetime import datetime
from typing import Any, TypeVar

from django.http import HttpResponse

from onehall.contexts.workforce import api as workforce
from onehall.entrances.board.pages import SIZE, Unreadable, intent_of, number_of, page
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import DrawerId
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.answer_shortage import answer_shortage
from onehall.journeys.decide_shortage import decide_shortage
from onehall.journeys.propose_shortage import propose_shortage
from onehall.readings.shortages import short_drawers

Choice = TypeVar("Choice", workforce.Cause, workforce.Outcome)

LIST = "/board/shortages/"
TOPICS = "shortage.changed drawer.changed"
CAUSES = {
    workforce.Cause.MISCOUNT: Text("点错、找错", "miscounted or wrong change"),
    workforce.Cause.COUNTERFEIT: Text(
        "验钞机没有识别的假币", "a counterfeit that the detector did not recognise"
    ),
}
OUTCOMES = {
    workforce.Outcome.CLERK: Text("本人承担", "the clerk bears it"),
    workforce.Outcome.COMPANY: Text("公司承担", "the company bears it"),
    workforce.Outcome.DROPPED: Text("不再追究", "dropped"),
}
STANDINGS = {
    workforce.Standing.AWAITED: ("warn", Text("等本人回应", "the clerk may answer")),
    workforce.Standing.ACKNOWLEDGED: ("info", Text("本人已确认", "acknowledged")),
    workforce.Standing.OBJECTED: ("bad", Text("本人有异议", "objected")),
    workforce.Standing.SILENT: ("warn", Text("逾期没有回应", "not answered in time")),
    workforce.Standing.DECIDED: ("good", Text("已决定", "decided")),
}


@permit("account.self", methods=("GET",))
def listed(request: Request) -> HttpResponse:
    """What waits for a proposal, and the proposals; clerks see their own."""
    by = request.actor
    proposes = by.may("shortage.propose")
    found = workforce.shortages(clerk=None if _sees_all(by) else by.user_id, limit=SIZE, scope=by.scope)
    short = (
        short_drawers(hall=by.hall_id, apart_from=by.user_id, limit=SIZE, scope=by.scope) if proposes else ()
    )
    facts = {
        "topics": TOPICS, "source": LIST, "short": short, "proposes": proposes,
        "causes": list(CAUSES.items()), "rows": [_row(one, request.at) for one in found],
    }  # fmt: skip
    return page(request, "board/shortages/list.html", facts, here=LIST)


@permit("shortage.propose", methods=("POST",))
def propose(request: Request) -> HttpResponse:
    """A proposal about one drawer."""
    cause = _chosen(request, "cause", CAUSES, Text("原因", "The cause"))
    made = propose_shortage(
        drawer_id=DrawerId(number_of(request, "drawer", Text("钱箱", "The drawer"))), cause=cause,
        evidence=request.POST.get("evidence", ""), intent=intent_of(request), by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, f"{LIST}{made.id}")


@permit("account.self", methods=("GET",))
def one(request: Request, shortage_id: int) -> HttpResponse:
    """All there is to one proposal, and the step that is this person's."""
    found, by = _visible(request, shortage_id), request.actor
    now = workforce.standing(found, at=request.at)
    open_ = now in (workforce.Standing.AWAITED, workforce.Standing.SILENT)
    party = by.user_id in (found.clerk, found.proposed_by)
    facts = {
        **_row(found, request.at), "topics": TOPICS, "source": f"{LIST}{shortage_id}", "outcomes": list(OUTCOMES.items()),
        "may_answer": open_ and by.user_id == found.clerk,
        "may_decide": by.may("shortage.decide") and not party
        and now not in (workforce.Standing.AWAITED, workforce.Standing.DECIDED),
    }  # fmt: skip
    return page(request, "board/shortages/one.html", facts, here=LIST)


@permit("account.self", methods=("POST",))
def answer(request: Request, shortage_id: int) -> HttpResponse:
    """Acknowledged, or objected to in words."""
    said = request.POST.get("answer", "")
    _visible(request, shortage_id)
    if said not in ("acknowledge", "object"):
        raise Unreadable(what="确认与否", what_en="The answer", field="answer")
    answer_shortage(
        shortage_id=shortage_id, acknowledged=said == "acknowledge", words=request.POST.get("words", ""),
        intent=intent_of(request), by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, f"{LIST}{shortage_id}")


@permit("shortage.decide", methods=("POST",))
def decide(request: Request, shortage_id: int) -> HttpResponse:
    """Who bears it."""
    _visible(request, shortage_id)
    outcome = _chosen(request, "outcome", OUTCOMES, Text("由谁承担", "Who bears it"))
    decide_shortage(
        shortage_id=shortage_id, outcome=outcome, ground=request.POST.get("ground", ""), intent=intent_of(request),
        by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, f"{LIST}{shortage_id}")


def _sees_all(by: Actor) -> bool:
    return by.may("shortage.propose") or by.may("shortage.decide")


def _visible(request: Request, shortage_id: int) -> workforce.Shortage:
    """Whoever proposes or decides sees each of their halls', a clerk their own: others do not find it."""
    found, by = workforce.shortage(shortage_id, scope=request.actor.scope), request.actor
    if found.clerk != by.user_id and not _sees_all(by):
        raise NotFound(what="这项短款提议", what_en="This proposal")
    return found


def _chosen(request: Request, name: str, choices: dict[Choice, Text], what: Text) -> Choice:
    typed = request.POST.get(name, "")
    found = next((one for one in choices if str(one) == typed), None)
    if found is None:
        raise Unreadable(what=what.zh, what_en=what.en, field=name)
    return found


def _row(one: workforce.Shortage, at: datetime) -> dict[str, Any]:
    mark, words = STANDINGS[workforce.standing(one, at=at)]
    return {
        "it": one, "mark": mark, "standing": words, "cause": CAUSES[one.cause],
        "outcome": OUTCOMES[one.outcome] if one.outcome else None,
    }  # fmt: skip
