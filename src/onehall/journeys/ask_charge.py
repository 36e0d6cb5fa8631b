"""收单 Write down that a customer is to pay part of a basket by telephone or card; the provider is asked after the commit (PAY-03)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.acquiring import api as acquiring
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId
from onehall.foundation.values.money import Money
from onehall.steps.chargeable import check_chargeable, tell_asked
from onehall.steps.charging import heard_on_paper


def ask_charge(
    *, basket_id: BasketId, provider: acquiring.Provider, way: acquiring.Way, amount: Money | None, intent: UUID, by: Actor,
    at: datetime, slip: acquiring.Slip | None = None,
) -> tuple[acquiring.Charge, bool]:  # fmt: skip
    """The charge, and whether it is new: only then the provider is to be asked. Without an `amount` over all that is left.

    A `slip` says that a terminal that is not connected has charged the card: it is paid at once, and nobody is to be asked.

    Nothing is asked of a customer that could not be settled: the basket is open and complete, a drawer is open, the means is
    taken here. Raises NoOpenDrawer, BasketNotOpen, PapersDue, MeansNotOpen, ChargeRefused.
    """
    with transaction():
        by.require("payment.take")
        body = {"basket": basket_id, "provider": provider, "way": way, "fen": amount.fen if amount else None}
        body |= {"slip": slip.number} if slip else {}
        attempt = once(key=intent, journey="ask_charge", by=by, body=body, at=at)
        if attempt.result is not None:
            return acquiring.charge(attempt.result["charge"], scope=by.scope), False
        book = policy_book(hall_id=by.hall_id, at=at, version=by.policy_version)
        counter, basket = check_chargeable(basket_id, provider, way, book=book, by=by)
        charge = acquiring.ask_charge(
            basket=basket_id, due=basket.total, counter=counter, provider=provider, way=way, amount=amount, intent=intent,
            book=book, by=by, at=at, slip=slip,
        )  # fmt: skip
        attempt.finish({"charge": charge.id})
        tell_asked(charge, book=book, by=by, at=at)
        if slip:
            return heard_on_paper(charge, slip, by=by, at=at), False
    return charge, True
