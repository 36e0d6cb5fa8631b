"""Matters: reporting one, telling the next level, answering, closing (ESC-01)."""

from typing import Any

from django.http import HttpResponse

from onehall.entrances.board.pages import SIZE, Unreadable, intent_of, page
from onehall.foundation.escalation import queries as escalation
from onehall.foundation.escalation.contracts import Kind, Level, Matter
from onehall.foundation.escalation.rules import may_close, may_tell, owed
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.answer_matter import answer_matter
from onehall.journeys.close_matter import close_matter
from onehall.journeys.report_matter import report_matter
from onehall.journeys.tell_matter import tell_matter

MATTERS = "/board/matters/"
TOPICS = "matter.changed"
KINDS = {
    Kind.MARKET: Text("市场竞争情况", "Market competition"),
    Kind.LEAK: Text("泄密", "A leak of secrets"),
    Kind.ERROR: Text("重大差错、违纪", "A major error or breach of discipline"),
    Kind.DANGER: Text("设备、人身危险", "Danger to equipment or people"),
    Kind.BEYOND: Text("超出职责的事", "Beyond one's duty"),
    Kind.FAVOUR: Text("客户馈赠、请托", "A favour from a customer"),
}
LEVELS = {
    Level.STAFF: Text("本厅员工", "the hall's staff"),
    Level.MANAGER: Text("营业部经理", "the hall's manager"),
    Level.DEPARTMENT: Text("上级部门", "the department above"),
}


@permit("matter.report")
def listed(request: Request) -> HttpResponse:
    """What I reported and what my level was told; sent, a new report."""
    by = request.actor
    if request.method == "POST":
        return go(request, f"{MATTERS}{_report(request)}")
    rows = [{**_row(one), "one": one} for one in escalation.matters(by=by, limit=SIZE)]
    above = [(int(level), LEVELS[level]) for level in Level if level > escalation.level_of(by)]
    kinds = [(kind.value, words) for kind, words in KINDS.items()]
    facts = {"rows": rows, "kinds": kinds, "levels": above, "topics": TOPICS}
    return page(
        request,
        "board/escalation/matters.html",
        facts,
        part="board/escalation/matter_rows.html",
        here=MATTERS,
    )


@permit("matter.report", methods=("GET",))
def one(request: Request, matter_id: int) -> HttpResponse:
    """Who was told when, what they answered, and what I may do."""
    found = escalation.matter(matter_id, by=request.actor)
    told = [(told, LEVELS[told.level]) for told in escalation.told(matter_id)]
    facts = {**_row(found), **_steps(found, by=request.actor), "one": found, "told": told, "topics": TOPICS}
    return page(request, "board/escalation/matter.html", facts, here=MATTERS)


def _steps(found: Matter, *, by: Actor) -> dict[str, Any]:
    """What this person may do now."""
    level = escalation.level_of(by)
    if found.closed_at is not None:
        return {}
    return {
        "may_tell": [(int(up), LEVELS[up]) for up in Level if _can_tell(found, up)],
        "may_answer": level in found.told and level not in found.seen and found.by_user != by.user_id,
        "may_close": level in found.told and _can_close(found),
    }


@permit("matter.report", methods=("POST",))
def tell(request: Request, matter_id: int) -> HttpResponse:
    """One level more."""
    escalation.matter(matter_id, by=request.actor)
    tell_matter(matter_id=matter_id, level=_level(request), by=request.actor, at=request.at)
    return go(request, f"{MATTERS}{matter_id}")


@permit("matter.handle", methods=("POST",))
def answer(request: Request, matter_id: int) -> HttpResponse:
    """Seen, and what is done."""
    answer_matter(matter_id=matter_id, note=request.POST.get("note", ""), by=request.actor, at=request.at)
    return go(request, f"{MATTERS}{matter_id}")


@permit("matter.handle", methods=("POST",))
def close(request: Request, matter_id: int) -> HttpResponse:
    """How it ended."""
    close_matter(
        matter_id=matter_id, outcome=request.POST.get("outcome", ""), by=request.actor, at=request.at
    )
    return go(request, MATTERS)


def _report(request: Request) -> int:
    given = request.POST
    try:
        kind = Kind(given.get("kind", ""))
    except ValueError:
        raise Unreadable(what="事项种类", what_en="The kind", field="kind") from None
    return report_matter(
        kind=kind, what=given.get("what", ""), level=_level(request), emergency=bool(given.get("emergency")),
        intent=intent_of(request), by=request.actor, at=request.at,
    )  # fmt: skip


def _level(request: Request) -> Level:
    try:
        return Level(int(request.POST.get("level", "")))
    except ValueError:
        raise Unreadable(what="报给哪一级", what_en="The level", field="level") from None


def _row(found: Matter) -> dict[str, Any]:
    missing = [LEVELS[level] for level in owed(start=found.start, told=found.told)]
    return {"kind": KINDS[found.kind], "missing": missing, "to": [LEVELS[level] for level in found.told]}


def _can_tell(found: Matter, level: Level) -> bool:
    try:
        may_tell(level, start=found.start, told=found.told, seen=found.seen, emergency=found.emergency)
    except Refusal:
        return False
    return True


def _can_close(found: Matter) -> bool:
    try:
        may_close(start=found.start, told=found.told, seen=found.seen)
    except Refusal:
        return False
    return True
