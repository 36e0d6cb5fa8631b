"""The drawer at the desk."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from onehall.contexts.custody import api as custody
from onehall.entrances.desk.counter.forms import intent_of
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.money import COINS_AND_NOTES, Money
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.move_cash import move_cash
from onehall.journeys.open_drawer import open_drawer


@permit("drawer.open")
def show(request: Request) -> HttpResponse:
    """The count of the float, or the standing of the open drawer."""
    if request.method == "POST":
        open_drawer(
            intent=intent_of(request),
            counted=_counted(request.POST),
            remark=request.POST.get("remark", ""),
            by=request.actor,
            at=request.at,
        )
        return go(request, "/desk/")
    facts = surroundings(request)
    drawer = facts["drawer"]
    facts["pieces"] = sorted(COINS_AND_NOTES, reverse=True)
    facts["expected"] = policy_book(hall_id=request.actor.hall_id, at=request.at)[custody.OPENING_FLOAT]
    facts["standing"] = custody.drawer_standing(drawer.id, scope=request.actor.scope)[0] if drawer else None
    return render(request, "desk/drawer/show.html", facts)


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


def _counted(post: QueryDict) -> dict[int, int]:
    """Pieces by denomination in fen; an empty box is none."""
    counts = {piece.fen: post.get(f"pieces_{piece.fen}", "").strip() for piece in COINS_AND_NOTES}
    return {fen: int(typed) if typed.isdecimal() else -1 for fen, typed in counts.items() if typed}
