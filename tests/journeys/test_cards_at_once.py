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
from onehall.journeys.note_charge import note_charge
from onehall.journeys.note_refund_slip import note_refund_slip
from onehall.journeys.refund_charge import refund_charge
from tests.cast import Cast
from tests.journeys.at_once import at_once, sound
from tests.journeys.test_charges import UNSOLD, basket, stands

CARD = "100201"
ALL = Scope.operator()


def opened(cast: Cast, value: list[str]) -> Actor:
    """From today on the hall takes these means; who opened them."""
    manager = cast.sign_in("0201")
    change_policy(
        key="payment.means", value=value, valid_from=midnight(local(cast.now).date()), source="试", hall_id=manager.hall_id,
        by=manager, at=cast.now,
    )  # fmt: skip
    return manager


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
    manager = opened(cast, ["cash", "card"])
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


@pytest.mark.rule("PAY-03", "LED-03")
def test_one_refunds_slip_gives_back_one_charge_in_the_whole_province(real_cast: Cast) -> None:
    cast = real_cast
    manager = opened(cast, ["cash", "card"])
    clerks = cast.clerk(), cast.clerk("0211", "4")
    slips = [
        acquiring.slip_of(card="1234", approval="123456", reference=f"00000000000{turn}", at=cast.now)
        for turn in (1, 2)
    ]
    charges = [
        charged(cast, clerk, basket(cast, clerk, door), slip)
        for clerk, door, slip in zip(clerks, ("502", "501"), slips, strict=True)
    ]
    for charge in charges:
        refund_charge(charge_id=charge.id, reason="收错", intent=uuid4(), by=manager, at=cast.now)
    back = replace(slips[0], number="S20261123000000000009")
    told = at_once(*(
        lambda charge=charge, clerk=clerk: note_refund_slip(
            charge_id=charge.id, slip=back, intent=uuid4(), by=clerk, at=cast.now
        )
        for charge, clerk in zip(charges, clerks, strict=True)
    ))  # fmt: skip
    assert sorted(type(one).__name__ for one in told) == ["Charge", "ChargeRefused"]
    (refused,) = (one for one in told if isinstance(one, acquiring.ChargeRefused))
    assert refused.field == "reference" and "已经登记过" in refused.sentence("zh")
    waiting = next(one for one, said in zip(charges, told, strict=True) if said is refused)
    with pytest.raises(acquiring.ChargeRefused):
        other = next(one for one in slips if one.number != waiting.number)
        note_refund_slip(charge_id=waiting.id, slip=other, intent=uuid4(), by=clerks[0], at=cast.now)
    assert (stands(CARD), stands(UNSOLD)) == (88000, -88000)
    sound()


@pytest.mark.rule("PAY-03", "LED-03")
def test_a_terminals_answer_and_its_slip_typed_at_one_instant_are_one_payment(real_cast: Cast) -> None:
    cast = real_cast
    opened(cast, ["cash", "card"])
    clerks = cast.clerk(), cast.clerk("0211", "4")
    asked, _ = ask_charge(
        basket_id=basket(cast, clerks[0]).id, provider=acquiring.Provider.CARD, way=acquiring.Way.TERMINAL, amount=None, intent=uuid4(),
        by=clerks[0], at=cast.now,
    )  # fmt: skip
    slip = acquiring.slip_of(card="1234", approval="123456", reference="000000000007", at=cast.now)
    said = acquiring.Answer(acquiring.Said.SUCCEEDED, slip.number, cast.now, asked.amount, payer=slip.payer)
    other = basket(cast, clerks[1], "501")
    told = at_once(
        lambda: note_charge(number=asked.number, answer=said, by=None, at=cast.now),
        lambda: charged(cast, clerks[1], other, slip),
    )
    names = [type(one).__name__ for one in told]
    assert names in (["Charge", "ChargeRefused"], ["AnswerRefused", "Charge"])
    with pytest.raises((acquiring.ChargeRefused, acquiring.AnswerRefused)):
        if names[0] == "Charge":
            charged(cast, clerks[1], other, slip)
        else:
            note_charge(number=asked.number, answer=said, by=None, at=cast.now)
    assert (stands(CARD), stands(UNSOLD)) == (88000, -88000)
    sound()
