"""Papers on their way: from the printer through headquarters and the hall's keeper to a clerk."""

from datetime import date
from uuid import uuid4

from onehall.contexts.custody import api as custody
from onehall.contexts.numbers import api as numbers
from onehall.contexts.organisation import api as organisation
from onehall.contexts.workforce import api as workforce
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import CounterId, HallId, UserId
from onehall.foundation.values.period import local
from onehall.journeys.check_stubs import check_stubs
from onehall.journeys.count_drawer import count_drawer
from onehall.journeys.draw_books import draw_books
from onehall.journeys.hand_in_drawer import hand_in_drawer
from onehall.journeys.issue_paper_book import issue_paper_book
from onehall.journeys.name_keeper import name_keeper
from onehall.journeys.receive_book_lot import receive_book_lot
from onehall.journeys.spoil_paper import spoil_paper
from onehall.journeys.take_drawn_books import take_drawn_books
from onehall.steps.stubs import end_of, stubs_due
from tests.cast import Cast

HEADQUARTERS, MANAGER, KEEPER, AUDITOR = "0101", "0201", "0211", "0241"


def keeper_named(cast: Cast, staff_no: str = KEEPER) -> Actor:
    """郑洁 keeps the invoices of 馨苑厅, or whoever is asked for."""
    manager = cast.sign_in(MANAGER)
    people = {one.staff_no: one for one in organisation.people(scope=manager.scope, hall_id=manager.hall_id)}
    name_keeper(duty=workforce.Duty.INVOICES, what="", person_id=people[staff_no].id, by=manager, at=cast.now)
    return cast.sign_in(staff_no)


def received(cast: Cast, first: str = "7000001", last: str = "7000100", kind: str = "receipt") -> numbers.Lot:
    """From the printer, by 马骏 at headquarters."""
    by = cast.sign_in(HEADQUARTERS)
    return receive_book_lot(
        kind=kind, first=first, last=last, note="SH-0726", intent=uuid4(), by=by, at=cast.now
    )


def handed(cast: Cast, lot: numbers.Lot, first: str = "7000001", last: str = "7000050") -> numbers.Draw:
    """A part of the lot for 馨苑厅, not yet taken."""
    by, hall = cast.sign_in(HEADQUARTERS), cast.sign_in(MANAGER).hall_id
    return draw_books(lot=lot.id, hall_id=hall, first=first, last=last, intent=uuid4(), by=by, at=cast.now)


def drawn(cast: Cast, first: str = "7000001", last: str = "7000050", kind: str = "receipt") -> Actor:
    """All the way into the hall; the keeper who took it."""
    keeper = keeper_named(cast)
    draw = handed(cast, received(cast, first, last, kind), first, last)
    take_drawn_books(draw=draw.id, papers=draw.papers, by=keeper, at=cast.now)
    return keeper


def issued(
    cast: Cast, first: str, last: str, *, to: Actor, counter: int | None = None, by: Actor | None = None,
    kind: str = "receipt",
) -> numbers.BookRange:  # fmt: skip
    """A book for a clerk, by the manager."""
    return issue_paper_book(
        kind=kind, counter_id=CounterId(counter or to.counter_id or 0), person=UserId(to.user_id), first=first, last=last,
        intent=uuid4(), by=by or cast.sign_in(MANAGER), at=cast.now,
    )  # fmt: skip


def due(cast: Cast, hall: HallId, day: date | None = None) -> list[numbers.StubsDue]:
    """What waits to be written off for the report of a day."""
    upto = end_of(day or local(cast.now).date(), at=cast.now)
    return stubs_due(hall, upto=upto, scope=Scope.of(hall))


def written_off(cast: Cast, keeper: Actor) -> tuple[numbers.StubsWrittenOff, ...]:
    """Today's stubs, all there."""
    seen = {one.book.id: numbers.StubsSeen(one.stubs, one.voids) for one in due(cast, keeper.hall_id)}
    return check_stubs(day=local(cast.now).date(), seen=seen, intent=uuid4(), by=keeper, at=cast.now)


def handed_in(cast: Cast, clerk: Actor) -> None:
    """The clerk's drawer is counted right and handed in."""
    drawer = custody.drawer_of_clerk(clerk.user_id, scope=clerk.scope)
    assert drawer is not None
    cast.later(minutes=1)
    left, counted = custody.drawer_balance(drawer.id, scope=clerk.scope).fen, {}
    for piece in (10000, 1000, 100):
        counted[piece], left = divmod(left, piece)
    count_drawer(intent=uuid4(), counted=counted, by=clerk, at=cast.now)
    hand_in_drawer(intent=uuid4(), reason="", by=clerk, at=cast.now)


def whole_day(cast: Cast, clerk: Actor, spoilt: str) -> None:
    """A new book for the clerk, a paper spoilt, the drawer handed in, the stubs written off by 郑洁."""
    keeper = drawn(cast)
    issued(cast, "7000001", "7000010", to=clerk)
    spoil_paper(
        kind="receipt", number=spoilt, copies_present=3, reason="卡纸", intent=uuid4(), by=clerk, at=cast.now
    )
    handed_in(cast, clerk)
    written_off(cast, keeper)
