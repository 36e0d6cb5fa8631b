"""A recharge is a line of the basket: paid it counts once, taken back it goes, and the books hold what the lines have left."""

from uuid import uuid4

import pytest
from django.db import connection

from onehall.contexts.customers import api as customers
from onehall.contexts.ledger.models import Posting
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.contexts.voice.models import Charge
from onehall.foundation.refusals import NotFound
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.money import Money
from onehall.journeys.recharge_line import recharge_line
from onehall.journeys.void_sale import void_sale
from onehall.readings.verification import run_checks
from onehall.readings.verification.telephone import CHECKS
from onehall.runs.rate_calls import rate_calls
from tests.cast import Cast
from tests.telephone import ALL, LI_MIN, called, deliver, left, opened


@pytest.fixture
def clerk(cast: Cast) -> Actor:
    found = cast.clerk()
    cast.new_line(found)
    return found


@pytest.fixture
def line(clerk: Actor) -> voice.Line:
    return opened(clerk)


def owner(line: voice.Line) -> PartyId:
    return subscriptions.subscription(subscription_id=line.subscription, scope=ALL).party_id


def chosen(line: voice.Line, amount: str, clerk: Actor, cast: Cast) -> orders.Basket:
    return recharge_line(
        party_id=owner(line),
        line_id=line.id,
        amount=Money.yuan(amount),
        intent=uuid4(),
        by=clerk,
        at=cast.now,
    )


@pytest.mark.rule("BIL-02", "LED-03")
def test_a_paid_recharge_counts_once_on_the_line_and_stands_as_a_liability(
    line: voice.Line, clerk: Actor, cast: Cast
) -> None:
    basket = chosen(line, "50.00", clerk, cast)
    assert left() == 0
    intent = uuid4()
    paid = cast.pay(clerk, basket.id, "100.00", intent)
    assert cast.pay(clerk, basket.id, "100.00", intent) == paid
    assert (paid.amount, paid.change, left()) == (Money.yuan("50.00"), Money.yuan("50.00"), 500_000)
    assert list(Posting.objects.filter(account__code="220303").values_list("amount", flat=True)) == [-5_000]


@pytest.mark.rule("BIL-02", "PAY-01")
def test_a_recharge_in_the_basket_is_not_paid_onto_a_line_that_was_closed_meanwhile(
    line: voice.Line, clerk: Actor, cast: Cast
) -> None:
    basket = chosen(line, "50.00", clerk, cast)
    opened(clerk, since=f"{cast.now:%Y-%m-%d} 00:00:00", closed=True)
    with pytest.raises(voice.TopUpRefused, match="已经销号") as no:
        cast.pay(clerk, basket.id)
    assert no.value.field == "line" and left() == 0
    assert orders.basket(basket_id=basket.id, scope=clerk.scope).state is orders.BasketState.OPEN


@pytest.mark.rule("BIL-02", "RCP-01")
def test_a_voided_recharge_goes_back_whole_unless_calls_have_used_it(
    line: voice.Line, clerk: Actor, cast: Cast
) -> None:
    first = cast.pay(clerk, chosen(line, "10.00", clerk, cast).id)
    second = cast.pay(clerk, chosen(line, "20.00", clerk, cast).id)
    void = {"reason": "客户不充了", "copies_present": 3, "by": clerk, "at": cast.later(minutes=1)}
    void_sale(payment_id=second.payment_id, intent=uuid4(), **void)
    assert left() == 100_000
    deliver([called(LI_MIN, f"{cast.now:%Y-%m-%d} 08:00:00", 60)], at=cast.now)
    rate_calls(at=cast.now)
    with pytest.raises(voice.TopUpRefused, match="用掉"):
        void_sale(payment_id=first.payment_id, intent=uuid4(), **void)
    assert left() == 100_000 - 1_500


@pytest.mark.rule("BIL-02")
@pytest.mark.parametrize("amount", ["9.99", "2000.01"])
def test_a_recharge_stays_within_its_limits_and_leaves_no_basket(
    line: voice.Line, clerk: Actor, cast: Cast, amount: str
) -> None:
    with pytest.raises(voice.TopUpRefused, match=r"10\.00 到 2,000\.00") as refused:
        chosen(line, amount, clerk, cast)
    assert refused.value.field == "amount"
    assert clerk.counter_id is not None
    assert orders.open_basket_of(counter_id=clerk.counter_id, party_id=owner(line), scope=ALL) is None


@pytest.mark.rule("LED-02", "VOI-02")
def test_verify_sees_a_recharge_without_its_line_a_call_charged_twice_and_money_that_is_gone(
    line: voice.Line, clerk: Actor, cast: Cast
) -> None:
    cast.pay(clerk, chosen(line, "10.00", clerk, cast).id)
    deliver([called(LI_MIN, f"{cast.now:%Y-%m-%d} 08:00:00", 60)], at=cast.now)
    rate_calls(at=cast.now)
    assert {result.check.title.zh for result in run_checks(scope=ALL) if result.faults} == set()
    assert Charge.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute(
            "set constraints all immediate; alter table voice_charge drop constraint charged_once;"
            " alter table voice_topup disable trigger user"
        )
        cursor.execute(
            "insert into voice_charge (call_id, turn, line_id, month, kind, minutes, price, amount, late, at)"
            " select call_id, turn, line_id, month, kind, minutes, price, amount, late, at from voice_charge"
        )
        cursor.execute("update voice_topup set amount = amount - 100")
    assert {result.check.title.zh for result in run_checks(scope=ALL) if result.faults} == {
        check.title.zh
        for check in CHECKS
        if "销号" not in check.title.zh  # of lines that ended: test_line_ends
    }


@pytest.mark.rule("SEC-10")
def test_somebody_elses_line_is_not_found(line: voice.Line, clerk: Actor, cast: Cast) -> None:
    other = cast.registered(clerk)
    with pytest.raises((NotFound, customers.PurposeNeeded)):
        recharge_line(
            party_id=other.id,
            line_id=line.id,
            amount=Money.yuan("50.00"),
            intent=uuid4(),
            by=clerk,
            at=cast.now,
        )
