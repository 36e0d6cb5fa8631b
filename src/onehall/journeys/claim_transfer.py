"""认领转账 A transfer that the bank's record shows pays a basket, or a part of it: one line, one payment (PAY-01, PAY-03)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.banking import api as banking
from onehall.contexts.ledger import api as ledger
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId
from onehall.steps.chargeable import check_chargeable, tell_asked
from onehall.steps.charging import note

_BY_TRANSFER: dict[str, Any] = {"provider": acquiring.Provider.TRANSFER, "way": acquiring.Way.RECORD}
_LONGEST = 64  # structural: a transaction's name as acquiring keeps it


def claim_transfer(
    *, basket_id: BasketId, wanted: banking.Sought, intent: UUID, by: Actor, at: datetime
) -> acquiring.Charge:
    """The charge, paid: no money is trusted that the bank's record does not show. What the import booked for the line is booked back.

    Raises what `check_chargeable` raises, TransferRefused, ChargeRefused where it is more than what is left to pay.
    """
    with transaction():
        by.require("payment.take")
        body = {
            "basket": basket_id,
            "fen": wanted.amount.fen,
            "reference": wanted.reference,
            "payer": wanted.payer,
        }
        attempt = once(key=intent, journey="claim_transfer", by=by, body=body, at=at)
        if attempt.result is not None:
            return acquiring.charge(attempt.result["charge"], scope=by.scope)
        book = policy_book(hall_id=by.hall_id, at=at, version=by.policy_version)
        counter, basket = check_chargeable(basket_id, **_BY_TRANSFER, book=book, by=by)
        line = _line(wanted, by)
        slip = acquiring.Slip(f"T{line.id}", line.payer, "")
        charge = acquiring.ask_charge(
            basket=basket_id, due=basket.total, counter=counter, **_BY_TRANSFER, amount=line.amount, intent=intent, book=book, by=by,
            at=at, slip=slip,
        )  # fmt: skip
        attempt.finish({"charge": charge.id})
        tell_asked(charge, book=book, by=by, at=at)
        return _claimed(line, charge, by=by, at=at)


def _line(wanted: banking.Sought, by: Actor) -> banking.BankLine:
    """The line that is meant, while nobody else books what the hall's bank says."""
    banking.hold_books(by.hall_id, scope=by.scope)
    return banking.chosen(wanted, banking.transfers(by.hall_id, wanted, scope=by.scope))


def _claimed(
    line: banking.BankLine, charge: acquiring.Charge, *, by: Actor, at: datetime
) -> acquiring.Charge:
    """The line is this charge's for good, and no longer pending: the money stands without a sale."""
    if not banking.claim_line(line=line, what="transfer", about=charge.number, at=at):
        raise banking.used_before()
    ledger.unbook_cash(source=ledger.Source.LINE, source_id=line.id, at=at)
    name = f"{charge.number}-{line.reference}"[:_LONGEST]
    said = acquiring.Answer(acquiring.Said.SUCCEEDED, name, at, charge.amount, payer=line.payer)
    return note(number=charge.number, answer=said, by=by, at=at)
