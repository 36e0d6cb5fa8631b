"""Money that no payment books: without a sale, held by a provider, and cash on its way to the bank."""

from collections.abc import Mapping
from datetime import datetime

from onehall.contexts.ledger.contracts import Means
from onehall.contexts.ledger.rules import Role, Source, balancing
from onehall.contexts.ledger.services.promises import refusing
from onehall.foundation.database import call, in_transaction
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money


@in_transaction
def book_unsold(*, hall: HallId, means: Means, amount: Money, account: str, at: datetime) -> None:
    """Money of this means that belongs to no sale: it came in (`amount` above zero), or found its sale or went back (below).

    It stands on `account`, so that it is neither lost nor kept silently (LED-02).
    """
    with refusing():
        call(
            "ledger_book_unsold", p_hall=hall, p_means=means, p_amount=amount.fen, p_account=account, p_at=at
        )


@in_transaction
def book_clearing(*, hall: HallId, means: Means, amount: Money, account: str, at: datetime) -> None:
    """What a provider holds of this means grows by `amount` (below zero: shrinks) against `account`: its fee, the bank, a difference."""
    facts = {"p_means": means, "p_amount": amount.fen, "p_account": account, "p_at": at}
    with refusing():
        call("ledger_book_against", p_hall=hall, p_kind="clearing", **facts)


@in_transaction
def book_earned(*, hall: HallId, amount: Money, held: str, earned: str, at: datetime) -> None:
    """What was used up of the prepaid balances on account `held` becomes revenue on `earned`. Raises PeriodClosed."""
    facts = {"p_hall": hall, "p_amount": amount.fen, "p_held": held, "p_earned": earned, "p_at": at}
    with refusing():
        call("ledger_book_earned", **facts)


@in_transaction
def book_settled(*, hall: HallId, amount: Money, held: str, paid_from: str, at: datetime) -> None:
    """What stood on `held` for somebody else was paid over from the account `paid_from` (CAT-11). Raises PeriodClosed."""
    facts = {"p_hall": hall, "p_amount": amount.fen, "p_held": held, "p_paid_from": paid_from, "p_at": at}
    with refusing():
        call("ledger_book_settled", **facts)


@in_transaction
def book_moved(*, hall: HallId, amount: Money, held: str, at: datetime) -> None:
    """What a customer had left on account `held` stands on the account of prepaid balances instead. Raises PeriodClosed."""
    facts = {"p_hall": hall, "p_amount": amount.fen, "p_held": held, "p_at": at}
    with refusing():
        call("ledger_book_moved", **facts)


@in_transaction
def book_opening(*, hall: HallId, amount: Money, held: str, against: str, at: datetime) -> None:
    """Balances that were paid in elsewhere stand on account `held` (below zero: no more) against `against`. Raises PeriodClosed."""
    facts = {"p_hall": hall, "p_amount": amount.fen, "p_held": held, "p_against": against, "p_at": at}
    with refusing():
        call("ledger_book_opening", **facts)


@in_transaction
def book_cash(
    *, hall: HallId, source: Source, source_id: int, legs: Mapping[Role, Money], against: Role, at: datetime
) -> None:
    """Books what custody or the bank knows on the accounts of these roles, balanced by `against`; a source once. Raises PeriodClosed."""
    found = balancing(legs, against=against)
    facts = {"p_hall": hall, "p_source": str(source), "p_source_id": source_id, "p_at": at}
    if found:
        with refusing():
            roles, amounts = [str(role) for role in found], [amount.fen for amount in found.values()]
            call("ledger_book_cash", **facts, p_roles=roles, p_amounts=amounts)


@in_transaction
def unbook_cash(*, source: Source, source_id: int, at: datetime) -> None:
    """What was booked for this is booked back, once; nothing where nothing was. Raises PeriodClosed."""
    with refusing():
        call("ledger_unbook_cash", p_source=str(source), p_source_id=source_id, p_at=at)
