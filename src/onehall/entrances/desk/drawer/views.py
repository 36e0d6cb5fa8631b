"""The drawer at the desk."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from onehall.contexts.custody import api as custody
from onehall.entrances.desk.counter.forms import intent_of, whole_number
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.money import COINS_AND_NOTES, NOTES, Money
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.count_drawer import count_drawer
from onehall.journeys.hand_in_drawer import hand_in_drawer
from onehall.journeys.move_cash import move_cash
from onehall.journeys.open_drawer import open_drawer
from onehall.journeys.refuse_note import refuse_note
from onehall.steps.counting import CountTold, count_told
from onehall.steps.paper_kinds import KINDS


@permit("drawer.open")
def show(request: Request) -> HttpResponse:
    """The count of the float; once open, cash in and out and the way to the close. What should be there is not shown (LAW-40)."""
    if request.method == "POST":
        open_drawer(
            intent=intent_of(request),
            counted=_counted(request.POST),
            remark=request.POST.get("remark", ""),
            by=request.actor,
            at=request.at,
        )
        return go(request, "/desk/")
    return render(request, "desk/drawer/show.html", _shown(request))


def _shown(request: Request) -> dict[str, Any]:
    facts = surroundings(request)
    drawer, book = facts["drawer"], policy_book(hall_id=request.actor.hall_id, at=request.at)
    return {
        **facts, "pieces": sorted(COINS_AND_NOTES, reverse=True), "expected": book[custody.OPENING_FLOAT],
        "back": _sent_back(drawer, request) if drawer else None,
        "notes": [("", "—"), *((note.fen, note.text) for note in sorted(NOTES, reverse=True))], "refused": "refused" in request.GET,
        "paper_kinds": list(KINDS.items()), "spoilt": "spoilt" in request.GET,
    }  # fmt: skip


@permit("drawer.cash", methods=("POST",))
def move(request: Request) -> HttpResponse:
    """Cash in or out within the shift, with its reason."""
    move_cash(
        intent=intent_of(request),
        direction="out" if request.POST.get("direction") == "out" else "in",
        amount=Money.yuan(request.POST.get("amount", "")),
        reason=request.POST.get("reason", ""),
        by=request.actor,
        at=request.at,
    )
    return go(request, "/desk/drawer")


@permit("drawer.open", methods=("POST",))
def refuse(request: Request) -> HttpResponse:
    """A note that looks false: logged, and given back (LAW-02)."""
    refuse_note(
        piece=Money(whole_number(request, "piece", 0)), pieces=whole_number(request, "pieces", 0),
        mark=request.POST.get("mark", ""), intent=intent_of(request), by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, "/desk/drawer?refused=1")


@permit("drawer.open")
def count(request: Request) -> HttpResponse:
    """The blind count, what may be told of it, and the form that hands the drawer in."""
    if request.method == "POST":
        count_drawer(
            intent=intent_of(request), counted=_counted(request.POST), by=request.actor, at=request.at
        )
        return go(request, "/desk/drawer/count")
    facts = surroundings(request)
    if not facts["drawer"] or facts["drawer"].handed_in_at:
        return go(request, "/desk/drawer")
    facts |= {"pieces": sorted(COINS_AND_NOTES, reverse=True), "told": _told(request, facts["drawer"])}
    return render(request, "desk/drawer/count.html", facts)


@permit("drawer.open", methods=("POST",))
def hand_in(request: Request) -> HttpResponse:
    """From now on nothing is sold from this drawer."""
    hand_in_drawer(
        intent=intent_of(request), reason=request.POST.get("reason", ""), by=request.actor, at=request.at
    )
    return go(request, "/desk/drawer")


def _told(request: Request, drawer: custody.Drawer) -> CountTold | None:
    """The last count that still stands, as far as it may be known."""
    last = custody.standing_count(drawer.id, scope=request.actor.scope)
    blind = policy_book(hall_id=drawer.hall, at=request.at)[custody.BLIND_COUNTS]
    return count_told(count=last, blind_counts=blind) if last else None


def _sent_back(drawer: custody.Drawer, request: Request) -> custody.Step | None:
    """Why the duty manager gave it back, until it is counted again."""
    steps = custody.drawer_steps(drawer.id, scope=request.actor.scope)
    return steps[-1] if steps and steps[-1].kind == "returned" else None


def _counted(post: QueryDict) -> dict[int, int]:
    """Pieces by denomination in fen; an empty box is none."""
    counts = {piece.fen: post.get(f"pieces_{piece.fen}", "").strip() for piece in COINS_AND_NOTES}
    return {fen: int(typed) if typed.isdecimal() else -1 for fen, typed in counts.items() if typed}
