"""Bad days: the same dwelling, the same key, the same receipt book at the same instant; lost answers and dead connections."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils.timezone import now

from onehall.contexts.numbers import api as numbers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.idempotency import IntentReused
from onehall.foundation.identity.middleware import SESSION_COOKIE
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, NotFound, Scope
from onehall.foundation.values.ids import BasketId
from onehall.foundation.values.money import Money
from onehall.journeys.hold_basket import hold_basket
from onehall.journeys.remove_item import remove_item
from onehall.journeys.take_payment import PaymentTaken, take_payment
from onehall.journeys.void_sale import void_sale
from tests.cast import Cast, count, dwelling, receipt_of
from tests.journeys.at_once import at_once, end_connection, killed_after, sound

EVERYWHERE = Scope.operator()
HOME = ("dw", "1", "2", "502")


def filled(cast: Cast, by: Actor, room: str = "502") -> BasketId:
    """A new customer's basket with a broadband year for that room."""
    card = cast.registered(by)
    return cast.basket(by, card.id, dwelling("dw", "1", "2", room), ("new_broadband", "bb20-year")).id


def told(refusals: list[Refusal], *rules: str) -> None:
    """Each is a clear no, by one of these rules, with what to do instead."""
    for refusal in refusals:
        assert refusal.rule in rules, refusal
        assert refusal.sentence("zh") and refusal.sentence("en")
        assert refusal.alternative("zh") and refusal.alternative("en")


@pytest.mark.rule("ADR-07", "ORD-05")
def test_two_clerks_choose_the_same_dwelling_at_the_same_instant(real_cast: Cast) -> None:
    clerks = [real_cast.clerk("0213", "3"), real_cast.clerk("0211", "4")]
    parties = [real_cast.registered(clerk).id for clerk in clerks]
    home = dwelling(*HOME)
    chosen = at_once(
        *(
            lambda by=by, party=party: real_cast.basket(by, party, home, ("new_broadband", "bb20-year"))
            for by, party in zip(clerks, parties, strict=True)
        )
    )
    refused = [answer for answer in chosen if isinstance(answer, Refusal)]
    assert len(refused) == 1
    told(refused, "ADR-07")
    winner = next(place for place, answer in enumerate(chosen) if answer not in refused)
    real_cast.pay(clerks[winner], chosen[winner].id)
    assert len(subscriptions.subscriptions_at(dwelling_id=home, scope=EVERYWHERE)) == 1
    sound()


@pytest.mark.rule("ADR-07", "PAY-01", "LED-03")
def test_two_baskets_for_one_account_name_are_paid_at_the_same_instant(real_cast: Cast) -> None:
    """The first basket waited so long that its reservation lapsed and another clerk sold the same dwelling again."""
    first, second = real_cast.clerk("0213", "3"), real_cast.clerk("0211", "4")
    baskets = [filled(real_cast, first)]
    real_cast.later(days=1, minutes=1)
    baskets.append(filled(real_cast, second))
    answers = at_once(lambda: real_cast.pay(first, baskets[0]), lambda: real_cast.pay(second, baskets[1]))
    paid = [answer for answer in answers if isinstance(answer, PaymentTaken)]
    assert len(paid) == 1, answers
    told([answer for answer in answers if isinstance(answer, Refusal)], "ADR-07")
    assert (count("ledger_payment"), count("subscriptions_term"), count("fieldwork_workorder")) == (1, 1, 1)
    assert count("ledger_receipt") == count("access.broadband") == 1
    sound()


@pytest.mark.rule("RCP-01", "LED-02")
def test_many_hands_draw_receipts_at_once_and_no_number_is_missing_or_double(real_cast: Cast) -> None:
    """Four counters at once, and three customers at each of them."""
    clerks = [real_cast.clerk(*who) for who in (("0213", "3"), ("0211", "4"), ("0215", "2"), ("0201", "5"))]
    rooms = iter(f"{floor}0{door}" for floor in range(1, 7) for door in (1, 2))
    waiting = [(clerk, filled(real_cast, clerk, next(rooms))) for clerk in clerks for _ in range(3)]
    paid = at_once(*(lambda by=by, basket=basket: real_cast.pay(by, basket) for by, basket in waiting))
    receipts = [receipt_of(one) for one in paid]
    assert all(receipt.amount == one.amount for receipt, one in zip(receipts, paid, strict=True))
    drawn: dict[int, list[int]] = {}
    for receipt in receipts:
        drawn.setdefault(receipt.book, []).append(
            int("".join(sign for sign in receipt.number if sign.isdigit()))
        )
    assert len(drawn) == 4, "each counter draws from its own book"
    for serials in drawn.values():
        assert sorted(serials) == list(range(min(serials), min(serials) + 3))
    assert len({receipt.number for receipt in receipts}) == 12
    sound()


@pytest.mark.rule("ORD-13", "LED-03")
def test_the_key_pressed_again_and_again_at_the_same_instant_pays_once(real_cast: Cast) -> None:
    clerk = real_cast.clerk()
    basket, intent = filled(real_cast, clerk), uuid4()
    paid = at_once(*[lambda: real_cast.pay(clerk, basket, "900.00", intent)] * 5)
    assert len({one.receipt_number for one in paid}) == len({one.payment_id for one in paid}) == 1
    assert Counter(bool(one.secrets) for one in paid) == {True: 1, False: 4}, "the password is told once"
    assert (
        count("ledger_payment"),
        count("ledger_receipt"),
        count("custody_drawerentry", "kind = 'sale'"),
    ) == (1, 1, 1)
    sound()


@pytest.mark.rule("ORD-13")
def test_two_windows_of_one_clerk_pay_the_same_basket_once(real_cast: Cast) -> None:
    """Two screens minted two keys: the second is told that it is paid."""
    clerk = real_cast.clerk()
    basket = filled(real_cast, clerk)
    answers = at_once(*[lambda: real_cast.pay(clerk, basket)] * 2)
    assert sorted(type(answer) is PaymentTaken for answer in answers) == [False, True]
    (refused,) = [answer for answer in answers if isinstance(answer, Refusal)]
    told([refused], "ORD-13", "LED-01")
    sound()


@pytest.mark.rule("ORD-13")
def test_an_answer_that_was_lost_is_given_again_and_another_body_is_refused(cast: Cast) -> None:
    clerk = cast.clerk()
    basket, intent = filled(cast, clerk), uuid4()
    first = cast.pay(clerk, basket, "900.00", intent)
    cast.later(minutes=10)
    again = take_payment(
        basket_id=basket,
        due=first.amount,
        tendered=Money.yuan("900.00"),
        intent=intent,
        by=clerk,
        at=cast.now,
    )
    assert (again.payment_id, again.receipt_number, again.change) == (
        first.payment_id,
        first.receipt_number,
        first.change,
    )
    for due, tendered in (("880.00", "1000.00"), ("879.00", "900.00")):
        with pytest.raises(IntentReused) as refused:
            take_payment(
                basket_id=basket,
                due=Money.yuan(due),
                tendered=Money.yuan(tendered),
                intent=intent,
                by=clerk,
                at=cast.now,
            )
        assert (refused.value.status, refused.value.rule) == (422, "ORD-13")
    colleague = cast.clerk("0211", "4")
    with pytest.raises(IntentReused):
        cast.pay(colleague, basket, "900.00", intent)
    assert count("ledger_payment") == 1


@pytest.mark.rule("LED-03", "ORD-13")
def test_a_payment_cut_off_at_any_statement_leaves_nothing_and_the_same_key_still_works(
    real_cast: Cast,
) -> None:
    clerk = real_cast.clerk()
    basket, intent = filled(real_cast, clerk), uuid4()
    before, cuts = business(), 0
    while True:
        try:
            with killed_after(cuts + 1):
                paid = real_cast.pay(clerk, basket, "900.00", intent)
            break
        except OperationalError:
            cuts += 1
            connection.close()
            assert business() == before, f"something was left behind by statement {cuts}"
    assert cuts > 10, "the payment was hardly cut at all"
    end_connection()  # committed, but nobody heard it
    connection.close()
    again = real_cast.pay(clerk, basket, "900.00", intent)
    assert (again.payment_id, again.receipt_number) == (paid.payment_id, paid.receipt_number)
    assert receipt_of(paid).number.endswith("1"), "no number was lost to the cuts"
    assert (count("ledger_payment"), count("subscriptions_term")) == (1, 1)
    sound()


@pytest.mark.rule("LED-03")
def test_a_clerk_whose_connection_died_between_two_pages_notices_nothing(real_cast: Cast) -> None:
    real_cast.now = now()
    clerk = real_cast.clerk()
    browser = Client(headers={"Cookie": f"{SESSION_COOKIE}={real_cast.tokens[clerk.session_id or 0]}"})
    assert browser.get("/desk/").status_code == 200
    end_connection()
    assert browser.get("/desk/").status_code == 200


@pytest.mark.rule("LED-03", "RCP-01")
def test_a_void_cut_off_at_any_statement_leaves_the_sale_whole(real_cast: Cast) -> None:
    clerk = real_cast.clerk()
    paid, intent = real_cast.new_line(clerk), uuid4()
    before, cuts = business(), 0
    while True:
        try:
            with killed_after(cuts + 1):
                void_sale(
                    payment_id=paid.payment_id, reason="客户改主意", copies_present=3, intent=intent, by=clerk,
                    at=real_cast.now,
                )  # fmt: skip
            break
        except OperationalError:
            cuts += 1
            connection.close()
            assert business() == before, f"something was left behind by statement {cuts}"
    assert cuts > 10
    assert count("ledger_reversal") == count("ledger_receiptvoid") == 1
    sound()


def business() -> tuple[int, ...]:
    """Rows of everything that a payment or its void writes."""
    tables = (
        "ledger_payment", "ledger_posting", "ledger_receipt", "ledger_reversal", "ledger_receiptvoid", "orders_serviceorder",
        "orders_ordervoid", "subscriptions_subscription", "subscriptions_term", "fieldwork_workorder", "access.broadband",
        "custody_drawerentry", "audit_auditentry", "outbox_outboxevent", "idempotency_intent", "documents_document",
    )  # fmt: skip
    return (*(count(table) for table in tables), count("orders_basket", "state = 'settled'"))


@pytest.mark.rule("SEC-10")
def test_a_clerk_of_another_hall_guesses_numbers_and_moves_nothing(cast: Cast) -> None:
    li_min, fang = cast.clerk(), cast.clerk("0311", "1", hall="guandi")
    paid, open_ = cast.new_line(li_min), filled(cast, li_min, "501")
    before = business()
    void = {"reason": "试", "copies_present": 3, "intent": uuid4()}
    for guess in (
        lambda: take_payment(
            basket_id=open_,
            due=Money.yuan("880"),
            tendered=Money.yuan("880"),
            intent=uuid4(),
            by=fang,
            at=cast.now,
        ),
        lambda: void_sale(payment_id=paid.payment_id, **void, by=fang, at=cast.now),  # type: ignore[arg-type]
        lambda: hold_basket(basket_id=open_, reason="试", by=fang, at=cast.now),
        lambda: remove_item(basket_id=open_, item_id=1, by=fang, at=cast.now),  # type: ignore[arg-type]
    ):
        with pytest.raises(NotFound):
            guess()
    assert business() == before


@pytest.mark.rule("ADR-07", "CSH-01")
def test_a_reservation_holds_for_its_time_and_then_lets_others_in(cast: Cast) -> None:
    li_min, zheng = cast.clerk(), cast.clerk("0211", "4")
    filled(cast, li_min)
    cast.later(hours=23)
    with pytest.raises(numbers.NumberTaken):
        filled(cast, zheng)
    cast.now += timedelta(hours=1, minutes=1)
    assert cast.pay(zheng, filled(cast, zheng)).amount == Money.yuan("880")
