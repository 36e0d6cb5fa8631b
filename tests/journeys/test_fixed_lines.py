"""新装固话 A telephone line is sold at the desk, alone or with broadband in one basket (ORD-08, CAT-03, CAT-07, ADR-03)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PartyId, PremisesId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA
from onehall.journeys.add_item import add_item
from onehall.journeys.end_subscription import end_subscription
from onehall.journeys.remove_item import remove_item
from onehall.journeys.take_payment import PaymentTaken
from onehall.journeys.void_sale import void_sale
from onehall.readings.verification import verify_money
from onehall.steps.household import LineChange, LineWanted
from tests.cast import Cast, dwelling, receipt_of
from tests.journeys.test_verification import tampered

EVERYWHERE = Scope.operator()
NUMBER = "68699001"


@pytest.fixture(autouse=True)
def books_agree(cast: Cast) -> Iterator[None]:
    """Whatever a story here does, afterwards everything agrees."""
    yield
    assert verify_money(scope=EVERYWHERE, row_by_row=True).findings == ()


def home(room: str = "502", compound: str = "dw") -> PremisesId:
    return dwelling(compound, "1", "2" if compound == "dw" else "1", room)


def choose(
    cast: Cast, by: Actor, party: PartyId, *, number: str = NUMBER, offering: str = "line-bundled", prepaid: str = "",
    where: PremisesId | None = None, features: tuple[str, ...] = ("caller_id",),
) -> orders.Basket:  # fmt: skip
    line = LineWanted(number, features, Money.yuan(prepaid) if prepaid else None)
    return add_item(
        party_id=party, dwelling_id=where or home(), offering=offering, business="new_fixed_line", quantity=1, line=line,
        by=by, at=cast.now,
    )  # fmt: skip


def bundle_sold(cast: Cast, by: Actor) -> tuple[PartyId, PaymentTaken]:
    """王建国 takes the bundle and its line in one basket."""
    card = cast.registered(by)
    cast.basket(by, card.id, home(), ("new_broadband", "bundle10-year"))
    return card.id, cast.pay(by, choose(cast, by, card.id).id)


def phone_of(paid: PaymentTaken) -> subscriptions.Subscription:
    (order,) = [
        o
        for o in orders.orders_of_basket(basket_id=paid.basket_id, scope=EVERYWHERE)
        if o.business == "new_fixed_line"
    ]
    assert order.subscription_id is not None
    return subscriptions.subscription(subscription_id=order.subscription_id, scope=EVERYWHERE)


def state(at: datetime, number: str = NUMBER) -> voice.LineState:
    return voice.line(number, at=at, scope=EVERYWHERE).state


def balance() -> int:
    held = voice.line(NUMBER, at=datetime(2030, 1, 1, tzinfo=CHINA), scope=EVERYWHERE)
    return voice.balance(held.id, scope=EVERYWHERE)


def standing(cast: Cast, number: str = NUMBER) -> numbers.NumberState:
    kind = numbers.NumberKind.TELEPHONE
    return numbers.number_standing(kind=kind, number=number, at=cast.now, scope=EVERYWHERE).state


@pytest.mark.rule("CAT-03", "CAT-04", "ORD-08", "ORD-01", "ORD-07", "ADR-05")
def test_broadband_and_its_line_are_one_basket_one_form_one_payment(cast: Cast) -> None:
    by = cast.clerk()
    _, paid = bundle_sold(cast, by)
    phone, now = phone_of(paid), state(cast.now)
    assert paid.amount == Money.yuan("830.00"), "the bundle's 780 and 50 of call credit"
    assert (phone.kind, phone.account_name, phone.terms) == ("fixed_line", NUMBER, ())
    assert phone.serial == f"dw{cast.now:%Y%m%d}001", "small letters for fixed lines"
    assert (now.plan, now.rent_free, now.partner) == ("system default billingplan", True, "")
    assert (now.features, now.alarm_threshold) == (("caller_id",), 10_000), (
        "1.00 yuan unless another is wanted"
    )
    assert now.monthly_credit == 50_000, "the package gives 5.00 a month"
    assert balance() == 500_000, "what was paid with the line is its call credit"
    kinds = [
        case.kind for o in orders.orders_of_basket(basket_id=paid.basket_id, scope=EVERYWHERE)
        if (case := fieldwork.work_order_of(o.id, scope=EVERYWHERE))
    ]  # fmt: skip
    assert kinds == ["installation", "installation"] and receipt_of(paid).amount == paid.amount
    with pytest.raises(Refusal, match=NUMBER):
        choose(cast, by, cast.registered(by).id, where=home("601"), offering="line-rent")


@pytest.mark.rule("BIL-02", "ORD-08", "CHG-06")
@pytest.mark.parametrize("fen", [-1, 20_001])
def test_a_line_warns_within_the_bounds_of_the_policy_new_or_changed(cast: Cast, fen: int) -> None:
    by = cast.clerk()
    card = cast.registered(by)
    about: dict[str, Any] = {
        "party_id": card.id,
        "dwelling_id": home(),
        "quantity": 1,
        "by": by,
        "at": cast.now,
    }
    new = {"offering": "line-rent", "business": "new_fixed_line"}
    with pytest.raises(Refusal, match=r"0\.00 到 200\.00 元") as no:
        add_item(**about, **new, line=LineWanted(NUMBER, (), Money.yuan("80"), Money(fen)))
    assert (no.value.rule, no.value.field) == ("BIL-02", "alarm") and Money(fen).text in no.value.sentence(
        "en"
    )
    basket = add_item(**about, **new, line=LineWanted(NUMBER, (), Money.yuan("80"), Money(20_000)))
    cast.pay(by, basket.id)
    assert state(cast.now).alarm_threshold == 2_000_000
    other = {"offering": "line-features", "business": "line_features"}
    with pytest.raises(Refusal, match=r"0\.00 到 200\.00 元"):
        add_item(**about, **other, change=LineChange(NUMBER, alarm=Money(fen)))


@pytest.mark.rule("CAT-03", "CAT-05", "ORD-05")
def test_a_line_without_rent_needs_broadband_and_one_alone_has_its_plan(cast: Cast) -> None:
    by = cast.clerk()
    card = cast.registered(by)
    with pytest.raises(Refusal, match="没有宽带"):
        choose(cast, by, card.id)
    alone = choose(
        cast, by, card.id, offering="line-rent", features=("call_forward",), number="86029 68699001"
    )
    paid = cast.pay(by, alone.id)
    now = state(cast.now)
    assert (paid.amount, now.plan, now.rent_free) == (Money.yuan("50.00"), "yuezu", False)
    assert now.features == ("call_forward",) and now.monthly_credit == 0


@pytest.mark.rule("ADR-03", "CAT-07")
@pytest.mark.parametrize(("day", "least"), [(14, "50.00"), (15, "61.50")])
def test_unicom_lines_are_for_rongqiao_and_the_15th_decides(cast: Cast, day: int, least: str) -> None:
    cast.now = datetime(2026, 12, day, 9, 0, tzinfo=CHINA)
    by = cast.clerk()
    card = cast.registered(by)
    with pytest.raises(Refusal, match="来源"):
        choose(cast, by, card.id, offering="line-6869", number="68690001", where=home())
    there = home("101", "rq")
    with pytest.raises(Refusal, match=least):
        choose(cast, by, card.id, offering="line-6869", number="68690001", where=there, prepaid="49.99")
    paid = cast.pay(by, choose(cast, by, card.id, offering="line-6869", number="68690001", where=there).id)
    assert paid.amount == Money.yuan(least)
    assert state(cast.now, "68690001").partner == "unicom"
    with pytest.raises(Refusal, match="来源"):
        choose(cast, by, card.id, offering="line-rent", number="68690002", where=home("102", "rq"))


@pytest.mark.rule("ADR-03", "ADR-07")
@pytest.mark.parametrize("number", ["", "68699301", "60465917", "abc", "6869900", "%", "68699001'"])
def test_only_a_free_number_of_the_compound_is_given(cast: Cast, number: str) -> None:
    by = cast.clerk()
    with pytest.raises(Refusal) as refused:
        choose(cast, by, cast.registered(by).id, number=number, offering="line-rent")
    assert refused.value.field == "number" and refused.value.alternative("zh")


@pytest.mark.rule("ADR-07")
def test_the_number_is_kept_for_the_basket_and_free_when_the_item_goes(cast: Cast) -> None:
    by = cast.clerk()
    basket = choose(cast, by, cast.registered(by).id, offering="line-rent")
    assert standing(cast) is numbers.NumberState.RESERVED
    remove_item(basket_id=basket.id, item_id=basket.items[0].id, by=by, at=cast.now)
    assert standing(cast) is numbers.NumberState.FREE


@pytest.mark.rule("RCP-01", "ADR-07")
def test_a_void_takes_line_number_and_state_back(cast: Cast) -> None:
    by = cast.clerk()
    _, paid = bundle_sold(cast, by)
    void_sale(
        payment_id=paid.payment_id,
        reason="客户改主意",
        copies_present=3,
        intent=uuid4(),
        by=by,
        at=cast.later(minutes=5),
    )
    assert phone_of(paid).ended_at is not None and state(cast.now).closed
    assert standing(cast) is numbers.NumberState.FREE, "nobody ever used it"
    assert balance() == 0, "the credit went back with the sale"


@pytest.mark.rule("CHG-05", "CAT-03", "CAT-04")
def test_broadband_taken_out_puts_its_line_on_the_stand_alone_plan_from_that_day(cast: Cast) -> None:
    by = cast.clerk()
    card = cast.registered(by)
    cast.basket(by, card.id, home(), ("new_broadband", "bb4-month"))
    paid = cast.pay(by, choose(cast, by, card.id).id)
    (broadband,) = [
        s
        for s in subscriptions.subscriptions_at(dwelling_id=home(), scope=EVERYWHERE)
        if s.kind == "broadband"
    ]
    before = cast.now
    at = cast.later(days=3)
    by = cast.sign_in("0213", counter="3")
    end_subscription(
        subscription_id=broadband.id,
        reason="搬家",
        cause="moving",
        offer="移机",
        intent=uuid4(),
        by=by,
        at=at,
    )
    assert state(before).rent_free, "until that day it had none"
    assert (state(at).plan, state(at).rent_free) == ("yuezu", False)
    assert phone_of(paid).ended_at is None, "the line itself stays"


@pytest.mark.rule("LED-02", "ADR-07", "ORD-08")
def test_the_books_agree_after_a_line_is_sold_and_after_it_is_taken_back(cast: Cast) -> None:
    clerk = cast.clerk()
    _, paid = bundle_sold(cast, clerk)
    seen = [verify_money(scope=EVERYWHERE, row_by_row=True).findings]
    for statement, title in (
        ("update numbers_number set state = 'free' where kind = 'telephone'", "lines hold their number"),
        ("update voice_topup set amount = amount + 100", "each recharge and first credit counts on its line"),
        ("update voice_topup set amount = amount + 100", "the prepaid account holds what lines have left"),
        ("update subscriptions_subscription set account_name = '68699009' where kind = 'fixed_line'", "numbers in use have their line"),
    ):  # fmt: skip
        with tampered(statement):
            assert title in {one.title.en for one in verify_money(scope=EVERYWHERE).findings}, statement
    void_sale(
        payment_id=paid.payment_id, reason="客户改主意", copies_present=3, intent=uuid4(), by=clerk, at=cast.later(minutes=5)
    )  # fmt: skip
    seen.append(verify_money(scope=EVERYWHERE, row_by_row=True).findings)
    assert seen == [(), ()]
