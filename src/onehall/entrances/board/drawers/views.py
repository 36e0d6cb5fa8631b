"""The duty manager's drawers: read at any time (X), confirmed or sent back when handed in (Z)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from onehall.contexts.custody import api as custody
from onehall.contexts.ledger import api as ledger
from onehall.entrances.board.pages import Unreadable, address, day_asked, intent_of, page
from onehall.foundation.approvals import OwnRequest
from onehall.foundation.approvals.queries import second_person
from onehall.foundation.scopes import NotPermitted, Scope
from onehall.foundation.values.ids import DrawerId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.confirm_drawer import PERMISSION, confirm_drawer
from onehall.journeys.report_drawer import report_drawer
from onehall.readings.drawers import EntryLine, drawers_of_day, entries_of
from onehall.steps.drawer_papers import name_of

LIST = "/board/drawers/"
TOPICS = "drawer.changed"
KINDS = {
    "sale": Text("收款", "sale"),
    "refund": Text("退款", "refund"),
    "cash_in": Text("存入", "put in"),
    "cash_out": Text("取出", "taken out"),
    "payout": Text("退余额", "balance refunded"),
}
_SHOWN = 200


@permit("drawer.confirm", methods=("GET",))
def listed(request: Request) -> HttpResponse:
    """The drawers of a day; what waits for confirmation stands first whatever its day."""
    day = day_asked(request)
    facts = {
        "day": day, "topics": TOPICS, "source": address(LIST, day=day),
        "drawers": drawers_of_day(hall=request.actor.hall_id, day=day, scope=request.actor.scope),
    }  # fmt: skip
    return page(request, "board/drawers/list.html", facts, part="board/drawers/rows.html", here=LIST)


@permit("drawer.confirm", methods=("GET",))
def one(request: Request, drawer_id: int) -> HttpResponse:
    """All there is to one drawer, and the decision where it waits for one."""
    drawer = custody.drawer(DrawerId(drawer_id), scope=request.actor.scope)
    facts = {**_told(request, drawer), "topics": TOPICS, "source": f"{LIST}{drawer_id}"}
    return page(request, "board/drawers/one.html", facts, part="board/drawers/facts.html", here=LIST)


@permit("drawer.confirm", methods=("POST",))
def decide(request: Request, drawer_id: int) -> HttpResponse:
    """Confirmed or sent back."""
    answer = request.POST.get("answer", "")
    custody.drawer(DrawerId(drawer_id), scope=request.actor.scope)
    if answer not in ("confirm", "return"):
        raise Unreadable(what="确认与否", what_en="The decision", field="answer")
    confirm_drawer(
        drawer_id=DrawerId(drawer_id), confirm=answer == "confirm", note=request.POST.get("note", ""),
        intent=intent_of(request), by=request.actor, at=request.at,
    )  # fmt: skip
    return go(request, f"{LIST}{drawer_id}")


@permit("drawer.confirm", methods=("POST",))
def report(request: Request, drawer_id: int) -> HttpResponse:
    """X or Z as a paper, ready to print on A4 or as a slip."""
    paper = report_drawer(drawer_id=DrawerId(drawer_id), by=request.actor, at=request.at)
    return go(request, f"/desk/documents/{paper.id}")


def _told(request: Request, drawer: custody.Drawer) -> dict[str, Any]:
    scope = request.actor.scope
    counts = custody.drawer_counts(drawer.id, scope=scope)
    upto = counts[-1].upto if drawer.handed_in_at and counts else None
    standing = custody.drawer_standing(drawer.id, scope=scope, upto=upto)
    return {
        "drawer": drawer, "clerk": name_of(drawer.by, scope=scope), "counts": counts,
        "steps": custody.drawer_steps(drawer.id, scope=scope), "last": counts[-1] if counts else None,
        "standing": [(ledger.MEANS_NAMES[ledger.Means(one.means)], one) for one in standing], "due": standing[0].balance,
        "pieces": _pieces(counts),
        "entries": _entries(drawer, scope),
        "waits": drawer.handed_in_at is not None and drawer.closed_at is None, "may": _may(request, drawer),
        "confirmer": name_of(drawer.confirmed_by, scope=scope) if drawer.confirmed_by else "",
    }  # fmt: skip


def _entries(drawer: custody.Drawer, scope: Scope) -> list[tuple[Text, Text, EntryLine]]:
    """The newest movements, each with its kind and means in words."""
    found = entries_of(drawer=drawer.id, limit=_SHOWN, scope=scope)
    return [(KINDS[one.kind], ledger.MEANS_NAMES[ledger.Means(one.means)], one) for one in found]


def _pieces(counts: Sequence[custody.Count]) -> list[tuple[Money, int]]:
    """The last count by denomination, the largest first."""
    counted = counts[-1].counted if counts else {}
    return [(Money(piece), number) for piece, number in sorted(counted.items(), reverse=True)]


def _may(request: Request, drawer: custody.Drawer) -> bool:
    """Whether this person is a second person for this drawer."""
    try:
        return bool(
            second_person(
                permission=PERMISSION, of=drawer.by, halls=(drawer.hall,), by=request.actor, at=request.at
            )
        )
    except (OwnRequest, NotPermitted):
        return False
