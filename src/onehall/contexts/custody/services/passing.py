"""Opening a drawer, and letting money pass through it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError

from onehall.contexts.custody import queries
from onehall.contexts.custody.contracts import Drawer, DrawerOpen, DrawerShort, Moved, NoOpenDrawer, Passed
from onehall.contexts.custody.models import DrawerSession, RefusedNote
from onehall.contexts.custody.rules import check_float, check_movement, check_refused, count_total
from onehall.foundation.database import Asking, asks, call_all, function, in_transaction
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import CounterId, DrawerId, HallId, PaymentId
from onehall.foundation.values.money import Money


@in_transaction
def open_drawer(
    *, hall: HallId, counter: CounterId, counted: Mapping[int, int], expected: Money, remark: str, by: Actor, at: datetime,
    cashless: bool = False,
) -> Drawer:  # fmt: skip
    """Opens the clerk's shift with the float as counted: pieces by denomination in fen (CSH-01); none in one that is `cashless`.

    Raises NotADenomination, FloatDiffers (no remark) and DrawerOpen.
    """
    opening = count_total(counted)
    check_float(expected=expected, counted=opening, remark=remark)
    with _one_open_drawer():
        session = DrawerSession.objects.create(
            hall_id=hall,
            counter_id=counter,
            by_id=by.user_id,
            opened_at=at,
            expected_float=expected.fen,
            opening_float=opening.fen,
            counted={str(piece): count for piece, count in counted.items() if count},
            remark=remark.strip(),
            cashless=cashless,
        )
    return queries.drawer(DrawerId(session.pk), scope=Scope.of(hall))


@in_transaction
@asks
def take_in(
    *, counter: CounterId, payment: PaymentId, passed: Sequence[Passed], by: Actor, at: datetime
) -> Asking[DrawerId]:
    """Lays a payment into the clerk's own open drawer at this counter. Raises NoOpenDrawer (CSH-01)."""
    rows = yield function(
        "custody_take_in",
        p_counter=counter,
        p_by=by.user_id,
        p_payment=payment,
        p_at=at,
        p_means=[part.means for part in passed],
        p_received=[part.received.fen for part in passed],
        p_returned=[part.returned.fen for part in passed],
    )
    if not rows:
        raise NoOpenDrawer()
    return DrawerId(rows[0]["drawer"])


@in_transaction
def pay_out(
    *,
    counter: CounterId,
    payment: PaymentId,
    refunds: Sequence[tuple[str, Money]],
    by: Actor,
    at: datetime,
) -> DrawerId:
    """Gives a reversed payment back from the clerk's own open drawer. Raises NoOpenDrawer and DrawerShort."""
    rows = call_all(
        "custody_pay_out",
        p_counter=counter,
        p_by=by.user_id,
        p_payment=payment,
        p_at=at,
        p_means=[means for means, _ in refunds],
        p_amounts=[amount.fen for _, amount in refunds],
    )
    if not rows:
        raise NoOpenDrawer()
    given = Money.total(amount for means, amount in refunds if means == "cash")
    _refuse_shortage(rows[0], given)
    return DrawerId(rows[0]["drawer"])


@in_transaction
def put_in(*, counter: CounterId, amount: Money, reason: str, by: Actor, at: datetime) -> Moved:
    """Cash that joins the drawer within the shift, such as 添零. Raises NotAMovement and NoOpenDrawer."""
    check_movement(amount, reason)
    return _move(counter=counter, came=amount, went=Money.zero(), reason=reason, by=by, at=at)


@in_transaction
def take_out(*, counter: CounterId, amount: Money, reason: str, by: Actor, at: datetime) -> Moved:
    """Cash that leaves the drawer within the shift, such as 上缴. Raises NotAMovement, NoOpenDrawer and DrawerShort."""
    check_movement(amount, reason)
    return _move(counter=counter, came=Money.zero(), went=amount, reason=reason, by=by, at=at)


@in_transaction
def pay_customer(*, counter: CounterId, amount: Money, reason: str, by: Actor, at: datetime) -> Moved:
    """Cash that a customer is given without a sale that is undone. Raises NotAMovement, NoOpenDrawer and DrawerShort."""
    check_movement(amount, reason)
    facts = {"p_counter": counter, "p_by": by.user_id, "p_amount": amount.fen, "p_reason": reason, "p_at": at}
    rows = call_all("custody_pay_customer", **facts)
    if not rows:
        raise NoOpenDrawer()
    _refuse_shortage(rows[0], amount)
    return Moved(entry=rows[0]["entry"], drawer=rows[0]["drawer"], balance=Money(rows[0]["balance"]))


@in_transaction
def refuse_note(*, counter: CounterId, piece: Money, pieces: int, mark: str, by: Actor, at: datetime) -> int:
    """Logs notes that were refused as false and went back to the customer; no money moves (LAW-02). Raises NoNote."""
    kept = check_refused(piece=piece.fen, pieces=pieces, mark=mark)
    made = RefusedNote.objects.create(
        hall_id=by.hall_id,
        counter_id=counter,
        piece=piece.fen,
        pieces=pieces,
        mark=kept,
        by_id=by.user_id,
        at=at,
    )
    return made.pk


def _move(*, counter: CounterId, came: Money, went: Money, reason: str, by: Actor, at: datetime) -> Moved:
    rows = call_all(
        "custody_move_cash",
        p_counter=counter,
        p_by=by.user_id,
        p_in=came.fen,
        p_out=went.fen,
        p_reason=reason,
        p_at=at,
    )
    if not rows:
        raise NoOpenDrawer()
    _refuse_shortage(rows[0], went)
    return Moved(entry=rows[0]["entry"], drawer=rows[0]["drawer"], balance=Money(rows[0]["balance"]))


def _refuse_shortage(row: Mapping[str, int], given: Money) -> None:
    """The entry is already written: refusing undoes it with the rest of the procedure."""
    if row["short"]:
        raise DrawerShort(field="amount", amount=given)


@contextmanager
def _one_open_drawer() -> Iterator[None]:
    try:
        yield
    except IntegrityError as broken:
        constraint = getattr(getattr(broken.__cause__, "diag", None), "constraint_name", None)
        if constraint not in ("drawer_open_at_counter", "drawer_open_of_clerk"):
            raise
        raise DrawerOpen() from broken
