"""收单 Paying by telephone: late, doubled, lost answers; mixed with cash; money without a sale; giving back (PAY-03)."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.custody import api as custody
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.foundation.database import fetch_one
from onehall.foundation.scopes import Actor, NotPermitted, Scope
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import day_of
from onehall.journeys.ask_charge import ask_charge
from onehall.journeys.note_charge import note_charge
from onehall.journeys.refund_charge import refund_charge
from onehall.journeys.take_payment import PaymentTaken, take_payment
from onehall.journeys.void_sale import void_sale
from onehall.readings.day_books import three_way
from onehall.readings.verification import verify_money
from tests.cast import Cast, count, dwelling, receipt_of

ALL = Scope.operator()
Said, State = acquiring.Said, acquiring.State


def basket(cast: Cast, by: Actor, room: str = "502") -> orders.Basket:
    """王建国 wants broadband and has not paid."""
    card = cast.registered(by)
    return cast.basket(by, card.id, dwelling("dw", "1", "2", room), ("new_broadband", "bb20-year"))


def charged(cast: Cast, by: Actor, of: orders.Basket, amount: Money | None = None) -> acquiring.Charge:
    charge, new = ask_charge(
        basket_id=of.id, provider=acquiring.Provider.WECHAT, way=acquiring.Way.SCANNED, amount=amount, intent=uuid4(), by=by,
        at=cast.now,
    )  # fmt: skip
    assert new
    return charge


def paid(charge: acquiring.Charge, cast: Cast) -> acquiring.Answer:
    return acquiring.Answer(
        Said.SUCCEEDED, transaction=f"42{charge.number}", paid_at=cast.now, amount=charge.amount
    )


def heard(cast: Cast, charge: acquiring.Charge, answer: acquiring.Answer | Said) -> acquiring.Charge:
    said = acquiring.Answer(answer) if isinstance(answer, Said) else answer
    return note_charge(number=charge.number, answer=said, by=None, at=cast.now)


def settled(
    cast: Cast,
    by: Actor,
    of: orders.Basket,
    *charges: acquiring.Charge,
    cash: Money | None = None,
    intent: object = None,
) -> PaymentTaken:
    return take_payment(
        basket_id=of.id, due=of.total, tendered=cash or Money.zero(), charges=[one.id for one in charges],
        intent=intent or uuid4(), by=by, at=cast.now,
    )  # fmt: skip


def stands(account: str) -> int:
    """The balance of an account in fen, debits positive."""
    found = fetch_one(
        "select coalesce(sum(amount), 0)::bigint as n from pub_ledger_posting where account = %(a)s",
        {"a": account},
    )
    assert found is not None
    return int(found["n"])


WECHAT, UNSOLD = "101201", "220401"


@pytest.mark.rule("PAY-03", "LED-02")
def test_a_basket_paid_by_telephone_is_settled_and_every_book_agrees(cast: Cast) -> None:
    li_min = cast.clerk()
    of = basket(cast, li_min)
    charge = charged(cast, li_min, of)
    assert (charge.amount, charge.state, stands(WECHAT)) == (of.total, State.ASKED, 0)
    charge = heard(cast, charge, paid(charge, cast))
    assert (stands(WECHAT), stands(UNSOLD)) == (of.total.fen, -of.total.fen)
    taken = settled(cast, li_min, of, charge)
    assert (taken.fen, taken.tendered_fen, taken.change_fen) == (of.total.fen, of.total.fen, 0)
    assert (stands(WECHAT), stands(UNSOLD), stands("1001")) == (of.total.fen, 0, 0)
    assert receipt_of(taken).amount == of.total
    drawer = custody.drawer_of_clerk(li_min.user_id, scope=ALL)
    assert drawer is not None
    parts = {one.means: one.received for one in custody.drawer_standing(drawer.id, scope=ALL)}
    assert parts == {"cash": Money.zero(), "wechat": of.total}
    assert verify_money(scope=ALL, row_by_row=True).findings == ()
    (line,) = three_way(hall=li_min.hall_id, span=day_of(cast.now.date()), scope=li_min.scope)
    assert line.agrees
    assert line.account == of.total


@pytest.mark.rule("PAY-03", "LAW-40")
def test_two_charges_and_cash_in_one_payment(cast: Cast) -> None:
    li_min = cast.clerk()
    of = basket(cast, li_min)
    parts = [charged(cast, li_min, of, Money.yuan("100.00")), charged(cast, li_min, of, Money.yuan("50.50"))]
    parts = [heard(cast, one, paid(one, cast)) for one in parts]
    rest = of.total - Money.yuan("150.50")
    with pytest.raises(ledger.TooLittle):
        settled(cast, li_min, of, *parts, cash=rest - Money(1))
    taken = settled(cast, li_min, of, *parts, cash=rest + Money.yuan("20.00"))
    assert (taken.tendered_fen, taken.change_fen) == (of.total.fen + 2000, 2000)
    tenders = {
        one.means: (one.amount, one.change) for one in ledger.payment(taken.payment_id, scope=ALL).tenders
    }
    assert tenders == {
        ledger.Means.WECHAT: (Money.yuan("150.50"), Money.zero()), ledger.Means.CASH: (rest, Money.yuan("20.00"))
    }  # fmt: skip
    assert stands(UNSOLD) == 0
    assert verify_money(scope=ALL, row_by_row=True).findings == ()


@pytest.mark.rule("PAY-03", "LED-03")
def test_notices_that_come_late_twice_and_after_the_close_book_the_money_once(cast: Cast) -> None:
    li_min = cast.clerk()
    of = basket(cast, li_min)
    charge = charged(cast, li_min, of)
    for answer in (Said.WAITING, Said.UNKNOWN, Said.CLOSED):
        heard(cast, charge, answer)
    cast.later(minutes=30)
    for _ in range(2):
        assert heard(cast, charge, paid(charge, cast)).state is State.SUCCEEDED
    heard(cast, charge, Said.CLOSED)
    assert stands(WECHAT) == of.total.fen
    assert count("acquiring_chargeevent", "state = 'succeeded'") == 1
    assert verify_money(scope=ALL).findings == ()


@pytest.mark.rule("PAY-03")
def test_a_false_notice_changes_nothing(cast: Cast) -> None:
    li_min = cast.clerk()
    of = basket(cast, li_min)
    charge = charged(cast, li_min, of)
    with pytest.raises(acquiring.AnswerRefused):
        heard(cast, charge, replace(paid(charge, cast), amount=of.total - Money(1)))
    assert acquiring.charge(charge.id, scope=ALL).state is State.ASKED
    assert stands(WECHAT) == 0


@pytest.mark.rule("PAY-03", "LED-03")
def test_a_charge_is_used_by_one_payment_and_pressed_twice_pays_once(cast: Cast) -> None:
    li_min = cast.clerk()
    of, other = basket(cast, li_min), basket(cast, li_min, "501")
    charge = charged(cast, li_min, of)
    with pytest.raises(acquiring.ChargeRefused):
        settled(cast, li_min, of, charge)
    charge = heard(cast, charge, paid(charge, cast))
    with pytest.raises(acquiring.ChargeRefused):
        settled(cast, li_min, other, charge)
    intent = uuid4()
    first, again = (settled(cast, li_min, of, charge, intent=intent) for _ in range(2))
    assert first.payment_id == again.payment_id
    with pytest.raises(orders.BasketSettled):
        settled(cast, li_min, of, charge)


@pytest.mark.rule("PAY-03", "CSH-01")
def test_nothing_is_asked_of_a_customer_that_could_not_be_settled(cast: Cast) -> None:
    li_min = cast.clerk()
    of = basket(cast, li_min)
    with pytest.raises(acquiring.ChargeRefused) as refused:
        charged(cast, li_min, of, of.total + Money(1))
    assert refused.value.field == "amount"
    charged(cast, li_min, of, of.total - Money(1))
    with pytest.raises(acquiring.ChargeRefused):
        charged(cast, li_min, of, Money(2))
    charged(cast, li_min, of, Money(1))
    with pytest.raises(ledger.MeansNotOpen):
        ask_charge(
            basket_id=of.id, provider=acquiring.Provider.ALIPAY, way=acquiring.Way.SCANNED, amount=None, intent=uuid4(), by=li_min,
            at=cast.now,
        )  # fmt: skip
    with pytest.raises(custody.NoOpenDrawer):
        charged(cast, cast.clerk("0211", "2", drawer=False), of)


@pytest.mark.rule("PAY-03")
def test_a_double_click_asks_once(cast: Cast) -> None:
    li_min = cast.clerk()
    of, intent = basket(cast, li_min), uuid4()
    asked = [
        ask_charge(
            basket_id=of.id, provider=acquiring.Provider.WECHAT, way=acquiring.Way.SCANNED, amount=None, intent=intent, by=li_min,
            at=cast.now,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert [new for _, new in asked] == [True, False]
    assert asked[0][0].id == asked[1][0].id


@pytest.mark.rule("PAY-03", "LED-02")
def test_money_without_a_sale_waits_for_a_second_person_and_goes_back_to_where_it_came_from(
    cast: Cast,
) -> None:
    li_min, zhou_min = cast.clerk(), cast.sign_in("0201")
    of = basket(cast, li_min)
    charge = charged(cast, li_min, of)
    cast.pay(li_min, of.id)
    charge = heard(cast, charge, paid(charge, cast))
    (waits,) = acquiring.charges_to_see_to(li_min.hall_id, limit=10, scope=ALL)
    assert (waits.id, stands(UNSOLD)) == (charge.id, -of.total.fen)
    with pytest.raises(NotPermitted):
        refund_charge(charge_id=charge.id, reason="付了两次", intent=uuid4(), by=li_min, at=cast.now)
    with pytest.raises(acquiring.ChargeRefused):
        refund_charge(charge_id=charge.id, reason=" ", intent=uuid4(), by=zhou_min, at=cast.now)
    with pytest.raises(NotPermitted):
        programme = replace(zhou_min, token_id=7)
        refund_charge(charge_id=charge.id, reason="付了两次", intent=uuid4(), by=programme, at=cast.now)
    intent = uuid4()
    for _ in range(2):
        refund_charge(charge_id=charge.id, reason="付了两次", intent=intent, by=zhou_min, at=cast.now)
    assert heard(cast, charge, Said.REFUND_REFUSED).state is State.REFUND_REFUSED
    assert (stands(WECHAT), stands(UNSOLD)) == (of.total.fen, -of.total.fen)
    assert [one.id for one in acquiring.charges_to_see_to(li_min.hall_id, limit=10, scope=ALL)] == [charge.id]
    refund_charge(charge_id=charge.id, reason="充值后再退", intent=uuid4(), by=zhou_min, at=cast.now)
    for _ in range(2):
        heard(cast, charge, Said.REFUNDED)
    assert (stands(WECHAT), stands(UNSOLD)) == (0, 0)
    assert acquiring.charges_to_see_to(li_min.hall_id, limit=10, scope=ALL) == ()
    assert verify_money(scope=ALL, row_by_row=True).findings == ()


@pytest.mark.rule("PAY-03", "LED-02", "RCP-01")
def test_a_voided_sale_gives_each_part_back_by_its_own_means(cast: Cast) -> None:
    li_min = cast.clerk()
    of = basket(cast, li_min)
    charge = charged(cast, li_min, of, Money.yuan("100.00"))
    charge = heard(cast, charge, paid(charge, cast))
    rest = of.total - charge.amount
    taken = settled(cast, li_min, of, charge, cash=rest)
    void_sale(
        payment_id=taken.payment_id,
        reason="收错",
        copies_present=3,
        intent=uuid4(),
        by=li_min,
        at=cast.later(minutes=1),
    )
    assert acquiring.charge(charge.id, scope=ALL).state is State.REFUNDING
    assert (stands("1001"), stands(WECHAT), stands(UNSOLD)) == (0, charge.amount.fen, -charge.amount.fen)
    assert verify_money(scope=ALL, row_by_row=True).findings == ()
    heard(cast, charge, Said.REFUNDED)
    assert (stands(WECHAT), stands(UNSOLD)) == (0, 0)
    assert verify_money(scope=ALL, row_by_row=True).findings == ()


@pytest.mark.rule("PAY-03")
def test_each_open_charge_is_leased_once_and_its_pauses_grow(cast: Cast) -> None:
    from django.db import transaction

    from onehall.foundation.policy.services import policy_book

    li_min = cast.clerk()
    of = basket(cast, li_min)
    charge, began, turns = charged(cast, li_min, of), cast.now, []
    for second in range(0, 130):
        at = began + timedelta(seconds=second)
        with transaction.atomic():
            book = policy_book(hall_id=None, at=at)
            turns += [second for _ in acquiring.take_due(limit=5, book=book, at=at)]
    assert turns == [2, 6, 14, 30, 62, 126]
    heard(cast, charge, paid(charge, cast))
    with transaction.atomic():
        assert (
            acquiring.take_due(limit=5, book=policy_book(hall_id=None, at=cast.now), at=cast.later(days=1))
            == ()
        )
