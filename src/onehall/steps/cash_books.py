"""Cash on its way has its postings: floats, over and short, bags, what the bank booked, who bears what is missing (LED-02, CSH-04).

Each thing is booked once, whoever books it again; a sale is booked by its payment and never here.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from onehall.contexts.banking import api as banking
from onehall.contexts.custody import api as custody
from onehall.contexts.ledger import api as ledger
from onehall.contexts.workforce import api as workforce
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period

_EVER = Period(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
_ALL = 2**31  # structural: every bag and every proposal there is
_Role, _Source = ledger.Role, ledger.Source
BORNE = {
    workforce.Outcome.CLERK: _Role.CLAIM,
    workforce.Outcome.COMPANY: _Role.LOSS,
    workforce.Outcome.DROPPED: _Role.LOSS,
}
"""Where missing money goes once somebody decided: owed by the clerk, or the company's loss, also where nobody is blamed."""


def book_opened(drawer: custody.Drawer, *, at: datetime) -> None:
    """What the counter's float grew by against the shift before, and what its count was over or short."""
    grown = drawer.expected_float - custody.float_before(drawer, scope=Scope.of(drawer.hall))
    over = drawer.opening_difference
    ledger.book_cash(
        hall=drawer.hall, source=_Source.OPENED, source_id=drawer.id, at=at, against=_Role.PENDING,
        legs={_Role.FLOAT: grown, _Role.GRANTED: -grown, _Role.DRAWER: over},
    )  # fmt: skip


def book_closed(drawer: custody.Drawer, difference: Money, *, at: datetime) -> None:
    """What a confirmed drawer was over (above zero) or short."""
    ledger.book_cash(
        hall=drawer.hall, source=_Source.CLOSED, source_id=drawer.id, at=at, against=_Role.PENDING,
        legs={_Role.DRAWER: difference},
    )  # fmt: skip


def book_bag(bag: banking.Bag, *, at: datetime) -> None:
    """A sealed bag is no longer cash of the hall: it is on its way."""
    ledger.book_cash(
        hall=bag.hall, source=_Source.BAG, source_id=bag.id, at=at, against=_Role.DRAWER,
        legs={_Role.TRANSIT: bag.amount},
    )  # fmt: skip


def book_arrivals(
    hall: HallId, found: Iterable[tuple[banking.BankLine, banking.Bag | None]], *, at: datetime
) -> None:
    """What the bank booked, on the bank's own day: a bag has arrived with its first line, what is more or less is pending."""
    scope = Scope.of(hall)
    for line, bag in found:
        on_its_day = banking.booking_moment(line.booked_on, at=at, closed=False)
        closed = banking.is_closed(hall, on_its_day, scope=scope)
        arrived = bag.amount if bag else Money.zero()
        ledger.book_cash(
            hall=hall, source=_Source.LINE, source_id=line.id, against=_Role.PENDING,
            legs={_Role.BANK: line.amount, _Role.TRANSIT: -arrived},
            at=banking.booking_moment(line.booked_on, at=at, closed=closed),
        )  # fmt: skip


def book_shortage(decided: workforce.Shortage, *, at: datetime) -> None:
    """Missing money that somebody decided about is pending no longer; nobody's pay is touched (LAW-04)."""
    if decided.outcome is not None:
        ledger.book_cash(
            hall=decided.hall_id, source=_Source.SHORTAGE, source_id=decided.id, at=at, against=_Role.PENDING,
            legs={BORNE[decided.outcome]: decided.amount},
        )  # fmt: skip


def book_hall(hall: HallId, *, at: datetime) -> bool:
    """Books all that a hall's drawers, bags, bank and decisions know, as if it had been booked when it happened; whether there was any."""
    scope = Scope.of(hall)

    def then(moment: datetime) -> datetime:
        return at if banking.is_closed(hall, moment, scope=scope) else moment

    closed = custody.closed_drawers(hall, _EVER, scope=scope)
    drawers = (*closed, *custody.open_drawers(scope=scope))
    for drawer in drawers:
        book_opened(drawer, at=then(drawer.opened_at))
    for drawer in closed:
        step = custody.drawer_steps(drawer.id, scope=scope)[-1]
        book_closed(drawer, step.difference, at=then(step.at))
    for bag in banking.bags_of_hall(hall, limit=_ALL, scope=scope):
        book_bag(bag, at=then(bag.sealed_at))
    book_arrivals(hall, banking.arrivals(hall, None, scope=scope), at=at)
    for decided in workforce.shortages(limit=_ALL, scope=scope):
        book_shortage(decided, at=then(decided.decided_at or at))
    return bool(drawers)
