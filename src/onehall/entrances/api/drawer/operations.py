"""The drawer of the person at their counter."""

from typing import Annotated, Any, Literal

from pydantic import Field

from onehall.contexts.custody import api as custody
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Amount, Count, Given, Key, Moment, Sentence, Shown
from onehall.foundation.scopes import Actor
from onehall.foundation.values.money import LARGEST_FEN, Money
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.move_cash import move_cash
from onehall.journeys.open_drawer import open_drawer

noun = Noun(Text("钱箱", "Drawer"))


class PiecesGiven(Given):
    """How many pieces of one denomination."""

    fen: Annotated[int, Field(strict=True, ge=1, le=10000)]
    pieces: Count


class FloatGiven(Given):
    """The float as counted."""

    counted: list[PiecesGiven] = Field(max_length=20)
    remark: Sentence = ""


class MovementGiven(Given):
    """Cash put in or taken out, with its reason."""

    direction: Literal["in", "out"]
    amount_fen: Annotated[int, Field(strict=True, ge=1, le=LARGEST_FEN)]
    reason: Sentence


class Drawer(Shown):
    """An open drawer and the cash that should lie in it."""

    id: int
    hall: int
    counter: int
    opened_at: Moment
    expected_float: Amount
    opening_float: Amount
    balance: Amount
    remark: str


class Moved(Shown):
    """The entry, and the cash that lies in the drawer now."""

    entry: int
    drawer: int
    balance: Amount


def _drawer(drawer: custody.Drawer, by: Actor) -> dict[str, Any]:
    own = {name: getattr(drawer, name) for name in Drawer.model_fields if name != "balance"}
    return {**own, "balance": custody.drawer_balance(drawer.id, scope=by.scope)}


@noun.operation(
    "GET", "/drawer", permission="drawer.open", words=Text("本人的钱箱", "One's own drawer"), shows=Drawer
)  # fmt: skip
def show(request: Request) -> Any:
    by = request.actor
    drawer = custody.drawer_of_clerk(by.user_id, scope=by.scope)
    if drawer is None:
        raise custody.NoOpenDrawer()
    return _drawer(drawer, by)


@noun.operation(
    "POST", "/drawer", permission="drawer.open", words=Text("清点备用金、开箱", "Count the float and open the drawer"), shows=Drawer, status=201
)  # fmt: skip
def open_(request: Request, given: FloatGiven, key: Key) -> Any:
    counted: dict[int, int] = {}
    for line in given.counted:
        counted[line.fen] = counted.get(line.fen, 0) + line.pieces
    drawer = open_drawer(intent=key, counted=counted, remark=given.remark, by=request.actor, at=request.at)
    return _drawer(drawer, request.actor)


@noun.operation(
    "POST", "/drawer/movements", permission="drawer.cash", words=Text("添零、上缴", "Cash in or out"), shows=Moved, status=201
)  # fmt: skip
def move(request: Request, given: MovementGiven, key: Key) -> Any:
    return move_cash(
        intent=key, direction=given.direction, amount=Money(given.amount_fen), reason=given.reason, by=request.actor,
        at=request.at,
    )  # fmt: skip
