"""One slip at two counters, and one refund's slip twice, at one instant: one counts, the other is refused in words (PAY-03)."""

from dataclasses import replace
from uuid import uuid4

import pytest

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.orders import api as orders
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.period import local, midnight
from onehall.journeys.ask_charge import ask_charge
from onehall.journeys.change_policy import change_policy
from onehall.journeys.note_refund_slip import note_refund_slip
from onehall.journeys.refund_charge import refund_charge
from tests.cast import Cast
from tests.journeys.at_once import at_once, sound
from tests.journeys.test_charges import UNSOLD, basket, stands

CARD = "100201"
ALL = Scope.operator()


def charged(cast: Cast, by: Actor, of: orders.Basket, slip: acquiring.Slip) -> acquiring.Charge:
    charge, new = ask_charge(
        basket_id=of.id, provider=acquiring.Provider.CARD, way=acquiring.Way.SLIP, amount=None, intent=uuid4(), by=by, at=cast.now,
        slip=slip,
    )  # fmt: skip
    assert not new
    return charge


@pytest.mark.rule("PAY-03", "LED-03")
def test_a_slip_pays_once_and_goes_back_once_whoever_types_it(real_cast: Cast) -> None:
    cast = real_cast
    manager = cast.sign_in("0201")
    change_policy(
        key="payment.means", value=["cash", "card"], valid_from=midnight(local(cast.now).date()), source="试", hall_id=manager.hall_id,
        by=manager, at=cast.now,
    )  # fmt: skip
    clerks = cast.clerk(), cast.clerk("0211", "4")
    baskets = basket(cast, clerks[0]), basket(cast, clerks[1], "501")
    slip = acquiring.slip_of(card="1234", approval="123456", reference="000000000007", at=cast.now)
    told = at_once(
        lambda: charged(cast, clerks[0], baskets[0], slip), lambda: charged(cast, clerks[1], baskets[1], slip)
    )
    assert sorted(type(one).__name__ for one in told) == ["Charge", "ChargeRefused"]
    assert (stands(CARD), stands(UNSOLD)) == (88000, -88000)
    sound()
    (charge,) = (one for one in told if isinstance(one, acquiring.Charge))
    refund_charge(charge_id=charge.id, reason="收错", intent=uuid4(), by=manager, at=cast.now)
    back = replace(slip, number="S20261123000000000008")
    told = at_once(*[
        lambda: note_refund_slip(charge_id=charge.id, slip=back, intent=uuid4(), by=clerks[0], at=cast.now)
    ] * 2)  # fmt: skip
    assert {one.state for one in told if isinstance(one, acquiring.Charge)} == {acquiring.State.REFUNDED}
    assert (stands(CARD), stands(UNSOLD)) == (0, 0)
    sound()
