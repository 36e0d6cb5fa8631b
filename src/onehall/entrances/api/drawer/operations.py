"""The drawer of the person at their counter."""

from typing import Annotated, Any, Literal

from pydantic import Field

from onehall.contexts.custody import api as custody
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Amount, Count, Given, Key, Moment, Sentence, Shown, Word
from onehall.foundation.values.money import LARGEST_FEN, Money
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.count_drawer import count_drawer
from onehall.journeys.hand_in_drawer import hand_in_drawer
from onehall.journeys.move_cash import move_cash
from onehall.journeys.open_drawer import open_drawer
from onehall.journeys.refuse_note import refuse_note

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


class CountGiven(Given):
    """The cash as counted, without knowing what should be there."""

    counted: list[PiecesGiven] = Field(max_length=20)


class HandInGiven(Given):
    """Why it is over or short; empty where it agrees."""

    reason: Sentence = ""


class FalseNoteGiven(Given):
    """A note that looked false and went back to the customer; `mark` is its printed number, where it can be read."""

    fen: Annotated[int, Field(strict=True, ge=1, le=10000)]
    pieces: Count
    mark: Word = ""


class NoteRefused(Shown):
    """The line of the log."""

    line: int


class CountShown(Shown):
    """What may be told of a blind count: agrees, count_again or differs; the difference in the last case only."""

    turn: int
    amount_fen: int
    told: Literal["agrees", "count_again", "differs"]
    difference_fen: int | None


class HandedIn(Shown):
    """Over (+) or short (-), as it waits for the duty manager."""

    difference: Amount


class Drawer(Shown):
    """An open drawer. What should lie in it is not told: it is counted blind."""

    id: int
    hall: int
    counter: int
    opened_at: Moment
    expected_float: Amount
    opening_float: Amount
    remark: str
    handed_in_at: Moment | None


class Moved(Shown):
    """The entry that was written."""

    entry: int
    drawer: int


def pieces(lines: list[PiecesGiven]) -> dict[int, int]:
    """Pieces by denomination in fen; a denomination that is named twice is added up."""
    counted: dict[int, int] = {}
    for line in lines:
        counted[line.fen] = counted.get(line.fen, 0) + line.pieces
    return counted


@noun.operation(
    "GET", "/drawer", permission="drawer.open", words=Text("本人的钱箱", "One's own drawer"), shows=Drawer
)  # fmt: skip
def show(request: Request) -> Any:
    by = request.actor
    drawer = custody.drawer_of_clerk(by.user_id, scope=by.scope)
    if drawer is None:
        raise custody.NoOpenDrawer()
    return drawer


@noun.operation(
    "POST", "/drawer", permission="drawer.open", words=Text("清点备用金、开箱", "Count the float and open the drawer"), shows=Drawer, status=201
)  # fmt: skip
def open_(request: Request, given: FloatGiven, key: Key) -> Any:
    return open_drawer(
        intent=key, counted=pieces(given.counted), remark=given.remark, by=request.actor, at=request.at
    )


@noun.operation(
    "POST", "/drawer/movements", permission="drawer.cash", words=Text("添零、上缴", "Cash in or out"), shows=Moved, status=201
)  # fmt: skip
def move(request: Request, given: MovementGiven, key: Key) -> Any:
    return move_cash(
        intent=key, direction=given.direction, amount=Money(given.amount_fen), reason=given.reason, by=request.actor,
        at=request.at,
    )  # fmt: skip


@noun.operation(
    "POST", "/drawer/counts", permission="drawer.open", words=Text("盲点现金", "Count the cash blind"), shows=CountShown, status=201
)  # fmt: skip
def count(request: Request, given: CountGiven, key: Key) -> Any:
    return count_drawer(intent=key, counted=pieces(given.counted), by=request.actor, at=request.at)


@noun.operation(
    "POST", "/drawer/hand-in", permission="drawer.open", words=Text("交账", "Hand the drawer in"), shows=HandedIn, status=201
)  # fmt: skip
def hand_in(request: Request, given: HandInGiven, key: Key) -> Any:
    return {"difference": hand_in_drawer(intent=key, reason=given.reason, by=request.actor, at=request.at)}


@noun.operation(
    "POST", "/drawer/refused-notes", permission="drawer.open", words=Text("登记拒收的假币", "Log notes refused as false"), shows=NoteRefused, status=201
)  # fmt: skip
def refuse(request: Request, given: FalseNoteGiven, key: Key) -> Any:
    line = refuse_note(
        piece=Money(given.fen),
        pieces=given.pieces,
        mark=given.mark,
        intent=key,
        by=request.actor,
        at=request.at,
    )
    return {"line": line}
