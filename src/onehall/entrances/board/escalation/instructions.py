"""Instructions from above: in full, and every step until they are done (ESC-02)."""

from datetime import date

from django.http import HttpResponse

from onehall.entrances.board.pages import SIZE, Unreadable, intent_of, page
from onehall.foundation.escalation import queries as escalation
from onehall.foundation.values.period import local
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.note_instruction import note_instruction
from onehall.journeys.record_instruction import record_instruction

INSTRUCTIONS = "/board/instructions/"
TOPICS = "instruction.changed"


@permit("instruction.track")
def listed(request: Request) -> HttpResponse:
    """Open ones first, the soonest due first; sent, a new one."""
    if request.method == "POST":
        return go(request, f"{INSTRUCTIONS}{_record(request)}")
    today = local(request.at).date()
    found = escalation.instructions(limit=SIZE, scope=request.actor.scope)
    rows = [{"one": one, "late": one.done_at is None and one.due_on < today} for one in found]
    facts = {"rows": rows, "today": today.isoformat(), "topics": TOPICS}
    template, part = "board/escalation/instructions.html", "board/escalation/instruction_rows.html"
    return page(request, template, facts, part=part, here=INSTRUCTIONS)


@permit("instruction.track", methods=("GET",))
def one(request: Request, instruction_id: int) -> HttpResponse:
    """Its words and every step."""
    found = escalation.instruction(instruction_id, scope=request.actor.scope)
    facts = {"one": found, "notes": escalation.notes(instruction_id), "topics": TOPICS}
    return page(request, "board/escalation/instruction.html", facts, here=INSTRUCTIONS)


@permit("instruction.track", methods=("POST",))
def note(request: Request, instruction_id: int) -> HttpResponse:
    """A step, or the end."""
    words, done = request.POST.get("words", ""), request.POST.get("answer") == "done"
    note_instruction(instruction_id=instruction_id, words=words, done=done, by=request.actor, at=request.at)
    return go(request, f"{INSTRUCTIONS}{instruction_id}")


def _record(request: Request) -> int:
    given = request.POST
    try:
        due = date.fromisoformat(given.get("due_on", ""))
    except ValueError:
        raise Unreadable(what="办结期限", what_en="The day it is due", field="due_on") from None
    return record_instruction(
        from_whom=given.get("from_whom", ""), words=given.get("words", ""), due_on=due, intent=intent_of(request),
        by=request.actor, at=request.at,
    )  # fmt: skip
