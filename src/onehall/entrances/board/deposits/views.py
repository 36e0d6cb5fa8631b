"""Bags: sealed from closed drawers, signed by a second person, handed over."""

from typing import Any

from django.http import HttpResponse

from onehall.contexts.banking import api as banking
from onehall.entrances.board.pages import Unreadable, intent_of, page
from onehall.foundation.approvals import OwnRequest
from onehall.foundation.approvals.queries import second_person
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import NotPermitted
from onehall.foundation.values.ids import DrawerId
from onehall.foundation.values.money import COINS_AND_NOTES, Money
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.hand_over_bag import hand_over_bag
from onehall.journeys.seal_bag import seal_bag
from onehall.journeys.sign_bag import PERMISSION, sign_bag
from onehall.readings.deposits import to_deposit
from onehall.steps.deposit_papers import BAG
from onehall.steps.drawer_papers import name_of

LIST = "/board/deposits/"
TOPICS = "deposit.changed drawer.changed"
_SHOWN = 30
_LONGEST = 18  # structural: digits of the largest id


@permit("deposit.make", methods=("GET",))
def listed(request: Request) -> HttpResponse:
    """What is to be bagged, with its hour, and the bags there are."""
    by = request.actor
    hour = policy_book(hall_id=by.hall_id, at=request.at)[banking.DEPOSIT_HOUR]
    waiting = to_deposit(hall=by.hall_id, hour=hour, at=request.at, scope=by.scope)
    ready = [one for one in waiting if one.due is not None]
    facts = {
        "waiting": waiting, "ready": ready, "total": Money.total(one.due for one in ready if one.due), "hour": hour,
        "bags": banking.bags_of_hall(by.hall_id, limit=_SHOWN, scope=by.scope),
        "pieces": sorted(COINS_AND_NOTES, reverse=True), "topics": TOPICS, "source": LIST,
    }  # fmt: skip
    return page(request, "board/deposits/list.html", facts, here=LIST)


@permit("deposit.make", methods=("POST",))
def seal(request: Request) -> HttpResponse:
    """Sealed, with its label ready to print."""
    bag = seal_bag(
        drawers=_chosen(request),
        counted=_counted(request),
        intent=intent_of(request),
        by=request.actor,
        at=request.at,
    )
    return go(request, f"{LIST}bags/{bag.id}")


@permit("deposit.sign", methods=("GET",))
def one(request: Request, bag_id: int) -> HttpResponse:
    """A bag with its pieces, its signatures and what is to be done next."""
    bag = banking.bag(bag_id, scope=request.actor.scope)
    return page(request, "board/deposits/bag.html", _told(request, bag), here=LIST)


@permit("deposit.sign", methods=("POST",))
def sign(request: Request, bag_id: int) -> HttpResponse:
    """The second signature."""
    sign_bag(bag_id=bag_id, intent=intent_of(request), by=request.actor, at=request.at)
    return go(request, f"{LIST}bags/{bag_id}")


@permit("deposit.make", methods=("POST",))
def hand_over(request: Request, bag_id: int) -> HttpResponse:
    """The bag leaves."""
    hand_over_bag(
        bag_id=bag_id, carrier=request.POST.get("carrier", ""), intent=intent_of(request), by=request.actor,
        at=request.at,
    )  # fmt: skip
    return go(request, f"{LIST}bags/{bag_id}")


def _told(request: Request, bag: banking.Bag) -> dict[str, Any]:
    scope = request.actor.scope
    people = [
        name_of(user, scope=scope) if user else "" for user in (bag.sealed_by, bag.signed_by, bag.handed_by)
    ]
    papers = documents_of(BAG, bag.id, scope=scope)
    pieces = [(Money(piece), number) for piece, number in sorted(bag.counted.items(), reverse=True)]
    return {
        "bag": bag,
        "people": people,
        "pieces": pieces,
        "label": papers[0] if papers else None,
        "may": _may(request, bag),
    }


def _may(request: Request, bag: banking.Bag) -> bool:
    """Whether this person is a second person for this bag."""
    try:
        return bool(
            second_person(
                permission=PERMISSION, of=bag.sealed_by, halls=(bag.hall,), by=request.actor, at=request.at
            )
        )
    except (OwnRequest, NotPermitted):
        return False


def _chosen(request: Request) -> list[DrawerId]:
    typed = request.POST.getlist("drawer")
    if any(not one.isdecimal() or len(one) > _LONGEST for one in typed):
        raise Unreadable(what="选择的钱箱", what_en="The chosen drawers", field="drawer")
    return [DrawerId(int(one)) for one in typed]


def _counted(request: Request) -> dict[int, int]:
    """Pieces by denomination in fen; an empty box is none."""
    typed = {piece.fen: request.POST.get(f"pieces_{piece.fen}", "").strip() for piece in COINS_AND_NOTES}
    return {fen: int(number) if number.isdecimal() else -1 for fen, number in typed.items() if number}
