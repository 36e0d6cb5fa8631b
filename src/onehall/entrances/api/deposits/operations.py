"""Takings on their way to the bank: what is due, bags, what bag and bank say to each other.

The second signature is a person's on the board: a programme signs for nobody (decision 0036).
"""

from typing import Any

from ninja import Query
from pydantic import Field

from onehall.contexts.banking import api as banking
from onehall.entrances.api.drawer.operations import PiecesGiven, pieces
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.paging import Stretch, stretch_of
from onehall.entrances.api.shared.schema import Amount, Day, Given, Id, Key, Moment, Shown, Word
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.ids import DrawerId
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.hand_over_bag import hand_over_bag
from onehall.journeys.seal_bag import seal_bag
from onehall.readings.deposits import to_deposit

noun = Noun(Text("封包与缴款", "Deposits"))
_MANY = 1000  # structural: bags that a programme may page through
_MAKE: dict[str, Any] = {"permission": "deposit.make"}


class Due(Shown):
    """A drawer whose takings lie in no bag; `due` is null while it is not closed, `by` when they must be bagged."""

    id: int
    counter: str
    clerk: str
    closed_at: Moment | None
    due: Amount | None
    by: Moment
    late: bool


class Piece(Shown):
    """How many pieces of one denomination."""

    fen: int
    pieces: int


class Bag(Shown):
    """A sealed bag; unsigned or not handed over where the fields are null."""

    id: int
    serial: str
    amount: Amount
    counted: list[Piece]
    drawers: list[int]
    sealed_by: int
    sealed_at: Moment
    signed_by: int | None
    signed_at: Moment | None
    handed_by: int | None
    handed_at: Moment | None
    carrier: str


class Bags(Shown):
    """The newest first; follow `next` for more."""

    items: list[Bag]
    next: str | None


class BankLine(Shown):
    """A line of the bank's record."""

    id: int
    reference: str
    booked_on: Day
    label: str
    amount: Amount


class BankFinding(Shown):
    """What bag and bank say to each other; `difference` is the bank's less ours, `explained` what somebody found out."""

    verdict: str
    bag: int | None
    serial: str
    line: BankLine | None
    difference: Amount
    explained: str


class BankFindings(Shown):
    """The newest first; follow `next` for more."""

    items: list[BankFinding]
    next: str | None


class SealGiven(Given):
    """The closed drawers whose takings are bagged, and the bag as counted."""

    drawers: list[Id] = Field(max_length=100)
    counted: list[PiecesGiven] = Field(max_length=20)


class HandoverGiven(Given):
    """Who carries it."""

    carrier: Word


@noun.operation(
    "GET",
    "/deposits/due",
    words=Text("待封包的营业款", "Takings that lie in no bag"),
    shows=list[Due],
    **_MAKE,
)
def due(request: Request) -> Any:
    by = request.actor
    hour = policy_book(hall_id=by.hall_id, at=request.at)[banking.DEPOSIT_HOUR]
    return list(to_deposit(hall=by.hall_id, hour=hour, at=request.at, scope=by.scope))


@noun.operation("GET", "/deposits/bags", words=Text("封包", "Bags"), shows=Bags, **_MAKE)
def bags(request: Request, asked: Stretch = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    found = banking.bags_of_hall(request.actor.hall_id, limit=_MANY, scope=request.actor.scope)
    return stretch_of(request, [_shown(one) for one in found], asked, lambda one: one["id"])


@noun.operation(
    "GET",
    "/deposits/bags/{int:bag_id}",
    words=Text("一个封包", "A bag"),
    shows=Bag,
    permission="deposit.sign",
)
def bag(request: Request, bag_id: int) -> Any:
    return _shown(banking.bag(bag_id, scope=request.actor.scope))


@noun.operation("POST", "/deposits/bags", words=Text("封包", "Seal a bag"), shows=Bag, status=201, **_MAKE)
def seal(request: Request, given: SealGiven, key: Key) -> Any:
    drawers = [DrawerId(one) for one in given.drawers]
    return _shown(
        seal_bag(drawers=drawers, counted=pieces(given.counted), intent=key, by=request.actor, at=request.at)
    )


@noun.operation(
    "POST", "/deposits/bags/{int:bag_id}/handover", words=Text("送存", "The bag leaves"), shows=Bag, **_MAKE
)
def hand_over(request: Request, bag_id: int, given: HandoverGiven, key: Key) -> Any:
    return _shown(
        hand_over_bag(bag_id=bag_id, carrier=given.carrier, intent=key, by=request.actor, at=request.at)
    )


@noun.operation(
    "GET",
    "/deposits/findings",
    words=Text("封包与银行对账", "Bags beside the bank's record"),
    shows=BankFindings,
    permission="bank.import",
)
def findings(request: Request, asked: Stretch = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    by = request.actor
    days = policy_book(hall_id=by.hall_id, at=request.at)[banking.BANK_DAYS]
    found = banking.findings(by.hall_id, bank_days=days, today=local(request.at).date(), scope=by.scope)
    shown: list[dict[str, Any]] = [
        {
            "verdict": one.verdict, "bag": one.bag and one.bag.id, "serial": one.bag.serial if one.bag else "", "line": one.line,
            "difference": one.difference, "explained": one.explained,
        }
        for one in found
    ]  # fmt: skip
    return stretch_of(request, shown, asked, lambda one: [one["bag"], one["line"] and one["line"].id])


def _shown(one: banking.Bag) -> dict[str, Any]:
    counted = [{"fen": fen, "pieces": number} for fen, number in sorted(one.counted.items(), reverse=True)]
    own = {name: getattr(one, name) for name in Bag.model_fields if name != "counted"}
    return {**own, "counted": counted}
