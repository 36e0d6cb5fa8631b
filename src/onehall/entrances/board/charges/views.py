"""收单: money without a sale, refunds that did not go through, and the newest charges (PAY-03)."""

from collections.abc import Sequence

from django.http import HttpResponse

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.clearing import api as clearing
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.entrances.board.pages import intent_of, page
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.note_transfer_back import note_transfer_back
from onehall.journeys.refund_charge import refund_charge
from onehall.journeys.settle_difference import PERMISSION as SETTLE
from onehall.steps.charging import STATES

LIST = "/board/charges/"
TOPICS = "bill.changed charge.changed payment.taken sale.voided basket.changed"
_SHOWN = 50

Row = tuple[acquiring.Charge, str, Text, Text, str]


@permit("charge.refund", methods=("GET",))
def listed(request: Request) -> HttpResponse:
    """What is to be seen to first, then the newest."""
    by = request.actor
    waiting = acquiring.charges_to_see_to(by.hall_id, limit=_SHOWN, scope=by.scope)
    baskets = {one.basket: orders.basket(basket_id=one.basket, scope=by.scope) for one in waiting}
    facts = {
        "waiting": [
            (*row, baskets[row[0].basket].state is orders.BasketState.OPEN) for row in _rows(request, waiting)
        ],
        "newest": _rows(request, acquiring.charges_of_hall(by.hall_id, limit=_SHOWN, scope=by.scope)),
        "topics": TOPICS, "source": LIST, "own": by.user_id, "differing": _differing(request),
    }  # fmt: skip
    return page(request, "board/charges/list.html", facts, part="board/charges/rows.html", here=LIST)


@permit("charge.refund", methods=("POST",))
def refund(request: Request, charge_id: int) -> HttpResponse:
    """Back to where it came from; the provider is asked by the clock, and the page says what it answers."""
    refund_charge(
        charge_id=charge_id, reason=request.POST.get("reason", ""), intent=intent_of(request), by=request.actor, at=request.at
    )  # fmt: skip
    return go(request, LIST)


@permit("charge.refund", methods=("POST",))
def transfer_back(request: Request, charge_id: int) -> HttpResponse:
    """The company transferred the money back; the bank's reference is on record, once."""
    note_transfer_back(
        charge_id=charge_id, reference=request.POST.get("reference", ""), intent=intent_of(request), by=request.actor, at=request.at
    )  # fmt: skip
    return go(request, LIST)


def _differing(request: Request) -> int:
    """How many differences with providers wait for somebody, for who may settle them."""
    by = request.actor
    if not by.may(SETTLE):
        return 0
    return len(clearing.differences(by.hall_id, settled=False, limit=_SHOWN, scope=by.scope))


def _rows(request: Request, charges: Sequence[acquiring.Charge]) -> list[Row]:
    """Each with its mark, the word for its state, its means, and its counter's number."""
    by = request.actor
    seats = {seat.id: seat.no for seat in organisation.counters(by.hall_id, scope=by.scope)}
    return [
        (
            one,
            *STATES[one.state],
            ledger.MEANS_NAMES[ledger.Means(one.provider.value)],
            seats.get(one.counter, ""),
        )
        for one in charges
    ]
