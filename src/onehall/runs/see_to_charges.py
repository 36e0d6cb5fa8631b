"""Asking providers again (PAY-03): what has become of charges without an answer, closing those nobody confirmed, refunds.

A charge is leased and committed before its provider is asked, and the answer noted in a transaction of its own: the network is
never inside one. Killed in between, it is asked again when the lease ends, and every question may be asked twice.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from onehall.contexts.acquiring import api as acquiring
from onehall.foundation.database import transaction
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.steps.charging import note, wanted

_log = logging.getLogger(__name__)
_BATCH = 20  # structural: questions of one look; the next one follows at once

AcquirerOf = Callable[[acquiring.Provider], acquiring.Acquirer]


def see_to_charges(*, acquirer_of: AcquirerOf, at: datetime) -> int:
    """One look at what is due; how many were asked about. Several processes may do this at once."""
    with transaction():
        book = policy_book(hall_id=None, at=at)
        if not book.version:
            return 0
        due = acquiring.take_due(limit=_BATCH, book=book, at=at)
    for charge in due:
        minutes = book[acquiring.CHARGE_MINUTES]
        chore = acquiring.chore(charge.state, asked_at=charge.asked_at, at=at, minutes=minutes)
        if chore is not None:
            see_to(charge, chore=chore, acquirer_of=acquirer_of, book=book, by=None, at=at)
    return len(due)


def see_to(
    charge: acquiring.Charge,
    *,
    chore: acquiring.Chore,
    acquirer_of: AcquirerOf,
    book: PolicyBook,
    by: Actor | None,
    at: datetime,
) -> None:
    """Asks one provider about one charge, and writes down what it says; whoever stands by, or nobody, is on record."""
    try:
        answer = _asked(acquirer_of(charge.provider), chore, charge, book, at)
        with transaction():
            note(number=charge.number, answer=answer, by=by, at=at)
    except Refusal as refused:
        _log.error("charge %s: %s", charge.id, refused.code)


def _asked(
    acquirer: acquiring.Acquirer,
    chore: acquiring.Chore,
    charge: acquiring.Charge,
    book: PolicyBook,
    at: datetime,
) -> acquiring.Answer:
    about, seconds = wanted(charge, book=book), book[acquiring.ANSWER_SECONDS]
    if chore is acquiring.Chore.REFUND:
        return acquirer.refund(about, reason=charge.why, seconds=seconds, at=at)
    ask = acquirer.close if chore is acquiring.Chore.CLOSE else acquirer.query
    return ask(about, seconds=seconds, at=at)
