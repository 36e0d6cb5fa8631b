"""The hall's drawers, for whoever confirms them on the board; what was refused as false."""

from typing import Any

from ninja import Query

from onehall.contexts.custody import api as custody
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.paging import Stretch, stretch_of
from onehall.entrances.api.shared.schema import Amount, Day, Given, Moment, Shown
from onehall.foundation.values.ids import DrawerId
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.readings.drawers import drawers_of_day, refused_notes

noun = Noun(Text("营业厅的钱箱", "The hall's drawers"))
_MANY = 1000  # structural: refused notes that a programme may page through
_CONFIRM: dict[str, Any] = {"permission": "drawer.confirm"}


class DrawersAsked(Given):
    """The local day; today where none is given. What waits for confirmation is shown whatever its day."""

    day: Day | None = None


class DrawerLine(Shown):
    """A drawer and how far it is; `counted` and `difference` are null before it is handed in."""

    id: int
    counter: str
    clerk: str
    clerk_id: int
    opened_at: Moment
    handed_in_at: Moment | None
    closed_at: Moment | None
    confirmed_by: str
    counted: Amount | None
    difference: Amount | None
    reason: str


class Means(Shown):
    """Where one means stands: opening + received + put in - change - refunds - deposits (LAW-40)."""

    means: str
    opening: Amount
    received: Amount
    change: Amount
    refunds: Amount
    put_in: Amount
    deposits: Amount
    balance: Amount
    sales: int
    reversals: int


class DrawerSession(Shown):
    """A drawer session: its float, how far it is, and where each means stands now."""

    id: int
    counter: int
    by: int
    opened_at: Moment
    expected_float: Amount
    opening_float: Amount
    remark: str
    handed_in_at: Moment | None
    closed_at: Moment | None
    confirmed_by: int | None
    counts: int
    means: list[Means]


@noun.operation(
    "GET", "/drawers", words=Text("一天的钱箱", "The drawers of a day"), shows=list[DrawerLine], **_CONFIRM
)
def listed(request: Request, asked: DrawersAsked = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    by, day = request.actor, asked.day or local(request.at).date()
    return list(drawers_of_day(hall=by.hall_id, day=day, scope=by.scope))


@noun.operation(
    "GET", "/drawers/{int:drawer_id}", words=Text("一个钱箱", "A drawer"), shows=DrawerSession, **_CONFIRM
)
def show(request: Request, drawer_id: int) -> Any:
    scope = request.actor.scope
    drawer = custody.drawer(DrawerId(drawer_id), scope=scope)
    own = {
        name: getattr(drawer, name) for name in DrawerSession.model_fields if name not in ("counts", "means")
    }
    counts = custody.drawer_counts(drawer.id, scope=scope)
    return {**own, "counts": len(counts), "means": custody.drawer_standing(drawer.id, scope=scope)}


class NoteLine(Shown):
    """Notes that looked false and went back to the customer; `mark` is the number printed on them, if it was read."""

    id: int
    at: Moment
    counter: str
    clerk: str
    piece: Amount
    pieces: int
    mark: str


class NoteLines(Shown):
    """The newest first; follow `next` for more."""

    items: list[NoteLine]
    next: str | None


@noun.operation(
    "GET",
    "/refused-notes",
    words=Text("拒收的假币", "Notes refused as false"),
    shows=NoteLines,
    permission="board.view",
)
def refused(request: Request, asked: Stretch = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    by = request.actor
    found = refused_notes(hall=by.hall_id, limit=_MANY, scope=by.scope)
    return stretch_of(request, found, asked, lambda one: one.id)
