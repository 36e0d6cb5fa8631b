"""A provider's file beside our charges, the bank's record beside its sum, and what either changes in the books (PAY-03, LED-02)."""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.banking import api as banking
from onehall.contexts.clearing import api as clearing
from onehall.contexts.ledger import api as ledger
from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyKey
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local
from onehall.steps.charging import note

_ALL = Scope.operator()
_Said, _State = acquiring.Said, acquiring.State
_ADOPTED = {
    clearing.Kind.CHARGE: ((_State.ASKED, _State.WAITING, _State.FAILED, _State.CLOSED), _Said.SUCCEEDED),
    clearing.Kind.REFUND: ((_State.REFUNDING, _State.REFUND_REFUSED), _Said.REFUNDED),
}
"""What a file knows of a charge before we do, and from which states that leads on."""


def bill_source(provider: acquiring.Provider) -> clearing.BillSource | None:
    """Where a provider's files come from, plugged in by settings; None where the hall is not connected."""
    name = settings.PLUGS.get(f"bills.{provider}")
    plug = cast(Callable[..., clearing.BillSource | None], import_string(name)) if name else None
    return plug(provider.value, settings.ACQUIRERS) if plug else None


def take_file(file: clearing.File, *, by: Actor | None, at: datetime) -> clearing.Bill:
    """The file, its differences, its fees in the books; read again it changes nothing. Raises FileRefused."""
    book, provider = policy_book(hall_id=None, at=at), acquiring.Provider(file.provider)
    hall = organisation.hall_by_code(book[clearing.SETTLING_HALL], scope=_ALL).id
    ours = _ours(file, provider)
    rate = book[clearing.FEES[provider.value]]
    bill, moves = clearing.keep_bill(file=file, ours=ours, hall=hall, rate=rate, by=by, at=at)
    post(provider.value, clearing.FEE_ACCOUNT, moves, at=at)
    settle_shown(at=at)
    record(
        action="bill.taken", subject="bill", subject_id=bill.id, hall_id=hall, by=by, at=at, rule="PAY-03", policy_version=book.version,
        details={"provider": bill.provider, "day": f"{bill.day}", "rows": bill.rows, "open": bill.open},
    )  # fmt: skip
    publish(topic="bill.changed", hall_id=hall, at=at, payload={"bill": bill.id})
    return bill


def settle_shown(*, at: datetime) -> None:
    """Days whose settlement the bank's record shows: the money leaves the clearing for the bank, each line once."""
    due = {bill.reference: bill for bill in clearing.bills_due(scope=_ALL)}
    for line in banking.lines_labelled(list(due), scope=_ALL) if due else ():
        bill = due.pop(line.label, None)
        if bill is None or not banking.claim_line(line=line, what="settlement", about=bill.reference, at=at):
            continue
        ledger.unbook_cash(source=ledger.Source.LINE, source_id=line.id, at=at)
        moves = clearing.settle_bill(bill=bill, line=line.id, amount=line.amount, at=at)
        post(bill.provider, clearing.BANK_ACCOUNT, moves, at=at)
        publish(topic="bill.changed", hall_id=bill.hall, at=at, payload={"bill": bill.id})


def post(provider: str, against: PolicyKey[str], moves: clearing.Moves, *, at: datetime) -> None:
    """What moved the clearing, against the account that this policy names."""
    account = policy_book(hall_id=None, at=at)[against]
    for hall, amount in moves.items():
        ledger.book_clearing(hall=hall, means=ledger.Means(provider), amount=amount, account=account, at=at)


def held_now(difference: clearing.Difference, *, by: Actor, at: datetime) -> Money:
    """What the books hold of it, after they have heard what only the file knew: late, a charge succeeds all the same."""
    kind, number = difference.found.kind, difference.found.number
    charge = charge_of(difference)
    if charge is None:
        return Money.zero()
    before, said = _ADOPTED[kind]
    row = difference.row
    if row is not None and charge.state in before and difference.found.theirs == charge.amount:
        answer = acquiring.Answer(said, row.transaction, row.at, charge.amount, why=f"{difference.day}")
        charge = note(number=number, answer=answer, by=by, at=at)
    return Money.total(one.amount for one in _held(charge) if one.kind is kind)


def charge_of(difference: clearing.Difference) -> acquiring.Charge | None:
    """The charge that a difference is about, whichever hall's; None where we know of none."""
    provider, numbers = acquiring.Provider(difference.provider), [difference.found.number]
    found = acquiring.charges_to_clear(provider, difference.day, numbers, scope=_ALL)
    return next((one for one in found if one.number == difference.found.number), None)


def _ours(file: clearing.File, provider: acquiring.Provider) -> list[clearing.Ours]:
    """Our charges that the file names, all of its day, and those for which something was booked before."""
    before = [number for _, number in clearing.booked(file.provider, scope=_ALL)]
    numbers = [*(row.number for row in file.rows), *before]
    charges = acquiring.charges_to_clear(provider, file.day, numbers, scope=_ALL)
    return [one for charge in charges for one in _held(charge)]


def _held(charge: acquiring.Charge) -> list[clearing.Ours]:
    """What the books hold of a charge: that it was paid, and that it went back."""
    hall: HallId = charge.hall
    found = []
    if charge.paid_at is not None:
        paid_on = local(charge.paid_at).date()
        found.append(clearing.Ours(clearing.Kind.CHARGE, charge.number, hall, charge.amount, paid_on))
    if charge.state is _State.REFUNDED:
        back_on = local(charge.changed_at).date()
        found.append(clearing.Ours(clearing.Kind.REFUND, charge.number, hall, charge.amount, back_on))
    return found
