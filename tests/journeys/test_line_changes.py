"""固话变更 A telephone line in its life: plan, features, number, dwelling, rest, end (CHG-06, CAT-05, FEE-01, BIL-02)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.ledger.models import Posting
from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.audit import trail
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId, PremisesId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA
from onehall.journeys.add_item import add_item
from onehall.journeys.end_subscription import end_subscription
from onehall.journeys.finish_basket import finish_basket
from onehall.journeys.void_sale import void_sale
from onehall.readings.verification import verify_money
from onehall.runs.rate_calls import rate_calls
from onehall.steps.household import LineChange, LineWanted
from onehall.steps.telephone_ending import GIVEN_UP
from tests.cast import Cast, work_of
from tests.journeys.test_fixed_lines import EVERYWHERE, NUMBER, bundle_sold, choose, home, standing, state
from tests.telephone import called, deliver


@pytest.fixture(autouse=True)
def books_agree(cast: Cast) -> Iterator[None]:
    """Whatever a story here does, afterwards everything agrees."""
    yield
    assert verify_money(scope=EVERYWHERE, row_by_row=True).findings == ()


def alone(cast: Cast, by: Actor, *, number: str = NUMBER, prepaid: str = "80") -> PartyId:
    """王建国 takes a line with rent."""
    card = cast.registered(by)
    cast.pay(by, choose(cast, by, card.id, offering="line-rent", number=number, prepaid=prepaid).id)
    return card.id


def wants(
    cast: Cast, by: Actor, party: PartyId, business: str, *, number: str = NUMBER, to: PremisesId | None = None, new: str = "",
    **what: Any,
) -> orders.Basket:  # fmt: skip
    return add_item(
        party_id=party, dwelling_id=home(), offering=business.replace("_", "-"), business=business, quantity=1, to=to,
        line=LineWanted(new) if new else None, change=LineChange(number, **what), by=by, at=cast.now,
    )  # fmt: skip


def done(cast: Cast, by: Actor, basket: orders.Basket) -> orders.Basket:
    return cast.finish(by, basket.id)


def phone(number: str = NUMBER) -> subscriptions.Subscription:
    return subscriptions.subscription(
        subscription_id=voice.line(
            number, at=datetime(2030, 1, 1, tzinfo=CHINA), scope=EVERYWHERE
        ).subscription,
        scope=EVERYWHERE,
    )


def network(number: str = NUMBER) -> provisioning.TelephoneWish:
    wish = provisioning.telephone(number=number, scope=EVERYWHERE)
    assert wish is not None
    return wish


def left(number: str = NUMBER) -> int:
    return voice.balance(
        voice.line(number, at=datetime(2030, 1, 1, tzinfo=CHINA), scope=EVERYWHERE).id, scope=EVERYWHERE
    )


@pytest.mark.rule("CAT-05", "CHG-06", "ORD-01", "ORD-02")
def test_another_plan_holds_from_the_next_month_on_and_costs_nothing(cast: Cast) -> None:
    by = cast.clerk()
    party = alone(cast, by)
    basket = wants(cast, by, party, "line_plan", plan="line-rent-caller-id")
    assert basket.total == Money.zero() and "2026-12-01" in basket.items[0].draft.name.zh
    intent = uuid4()
    with pytest.raises(Refusal, match="还没有签受理单"):
        finish_basket(basket_id=basket.id, intent=intent, by=by, at=cast.now)
    for _ in range(2):
        settled = cast.finish(by, basket.id, intent)
    assert settled.state is orders.BasketState.SETTLED
    last, first = datetime(2026, 11, 30, 23, 59, tzinfo=CHINA), datetime(2026, 12, 1, tzinfo=CHINA)
    assert (state(last).plan, state(first).plan) == ("yuezu", "daweitest")
    (told,) = trail(scope=EVERYWHERE, limit=9, action="telephone.changed")
    assert (told.rule, told.details["business"]) == ("CHG-06", "line_plan")
    with pytest.raises(Refusal, match="50"):
        basket = choose(cast, by, party, offering="line-rent", number="68699005", where=home("503"))
        finish_basket(basket_id=basket.id, intent=uuid4(), by=by, at=cast.now)


@pytest.mark.rule("CAT-03", "ORD-05")
def test_a_line_without_rent_keeps_its_plan_and_its_place_until_its_broadband_goes(cast: Cast) -> None:
    by = cast.clerk()
    party, _ = bundle_sold(cast, by)
    for business, why in (("line_plan", "免月租"), ("line_move", "一起移机")):
        with pytest.raises(Refusal, match=why) as no:
            wants(cast, by, party, business, plan="line-rent", to=home("601"))
        assert no.value.rule == "CAT-03" and no.value.alternative("en")
    with pytest.raises(Refusal, match="没有写明"):
        wants(cast, by, party, "line_features")


@pytest.mark.rule("CAT-05", "VOI-01")
def test_features_go_on_and_off_at_once_also_in_what_is_planned(cast: Cast) -> None:
    by = cast.clerk()
    party = alone(cast, by)
    done(cast, by, wants(cast, by, party, "line_plan", plan="line-rent-caller-id"))
    assert (network().caller_id, network().call_forward) == (True, False)
    cast.later(minutes=1)
    basket = wants(cast, by, party, "line_features", features=("call_forward",), alarm=Money.yuan("5"))
    done(cast, by, basket)
    assert (state(cast.now).features, state(cast.now).alarm_threshold) == (("call_forward",), 50_000)
    then = state(datetime(2026, 12, 2, tzinfo=CHINA))
    assert (then.features, then.plan) == (("call_forward",), "daweitest"), "the planned change stays"
    assert (network().caller_id, network().call_forward) == (False, True)
    with pytest.raises(Refusal, match="现在就是这样"):
        wants(cast, by, party, "line_features", features=("call_forward",), alarm=Money.yuan("5"))
    with pytest.raises(Refusal, match="wake"):
        wants(cast, by, party, "line_features", features=("wake",))


@pytest.mark.rule("ADR-03", "LAW-13", "VOI-02")
def test_another_number_keeps_balance_and_calls_and_the_old_one_rests(cast: Cast) -> None:
    by = cast.clerk()
    party = alone(cast, by)
    line = voice.line(NUMBER, at=cast.now, scope=EVERYWHERE)
    for odd in ("60465917", "68690001", "68699301", ""):
        with pytest.raises(Refusal) as no:
            wants(cast, by, party, "line_number", new=odd or "x")
        assert no.value.field == "to_number"
    before = cast.later(hours=1)
    basket = wants(cast, by, party, "line_number", new="68699002")
    assert standing(cast, "68699002") is numbers.NumberState.RESERVED
    done(cast, by, basket)
    assert phone("68699002").account_name == "68699002" and left("68699002") == 800_000
    assert standing(cast) is numbers.NumberState.QUARANTINED
    assert voice.line("68699002", at=cast.now, scope=EVERYWHERE).id == line.id
    with pytest.raises(voice.NoSuchLine):
        voice.line(NUMBER, at=cast.now, scope=EVERYWHERE)
    assert network("68699002").may_call and provisioning.telephone(number=NUMBER, scope=EVERYWHERE) is None
    cast.later(hours=1)
    said = f"{before:%Y-%m-%d} 09:30:00", f"{cast.now:%Y-%m-%d} 10:30:00", f"{cast.now:%Y-%m-%d} 10:40:00"
    deliver(
        [called(NUMBER, said[0], 60), called(NUMBER, said[1], 60), called("68699002", said[2], 60)],
        at=cast.now,
    )
    rate_calls(at=cast.now)
    assert left("68699002") == 800_000 - 3_000, "one call under each of its numbers"
    assert voice.suspense_counts(scope=EVERYWHERE)["unknown_account"] == 1, "the old number is nobody's since"


@pytest.mark.rule("FEE-01", "CHG-04")
def test_a_line_moves_inside_the_compound_for_ten_yuan_and_keeps_its_number(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = cast.clerk()
    party = alone(cast, by)
    with pytest.raises(Refusal, match="没有完工"):
        wants(cast, by, party, "line_move", to=home("601"))
    monkeypatch.setattr(fieldwork, "open_work_of", lambda **_: "")
    for place, why in ((home("101", "rq"), "只能在小区内移机"), (home(), "就是现在的住址")):
        with pytest.raises(Refusal, match=why):
            wants(cast, by, party, "line_move", to=place)
    with pytest.raises(Refusal, match="移到哪一户"):
        wants(cast, by, party, "line_move")
    paid = cast.pay(by, wants(cast, by, party, "line_move", to=home("601")).id)
    assert paid.amount == Money.yuan("10.00") and phone().dwelling_id == home("601")
    assert phone().account_name == NUMBER and work_of(paid).dwelling_id == home("601")
    void_sale(
        payment_id=paid.payment_id, reason="客户改主意", copies_present=3, intent=uuid4(), by=by, at=cast.later(minutes=5)
    )  # fmt: skip
    assert phone().dwelling_id == home()


@pytest.mark.rule("BIL-02", "LAW-07")
def test_a_line_rests_at_the_customers_wish_and_comes_back_at_once(cast: Cast) -> None:
    by = cast.clerk()
    party = alone(cast, by)
    with pytest.raises(Refusal, match="没有停机"):
        wants(cast, by, party, "line_resumption")
    done(cast, by, wants(cast, by, party, "line_suspension"))
    assert state(cast.now).suspended and not network().may_call and not network().may_be_called
    with pytest.raises(Refusal, match="已经停机"):
        wants(cast, by, party, "line_suspension")
    cast.later(days=1)
    by = cast.sign_in("0213", counter="3")
    done(cast, by, wants(cast, by, party, "line_resumption"))
    assert not state(cast.now).suspended and network().may_call


@pytest.mark.rule("CHG-06")
def test_lines_are_changed_at_the_named_hall_only(cast: Cast) -> None:
    by = cast.clerk()
    party = alone(cast, by)
    there = cast.clerk("0311", "1", hall="guandi")
    with pytest.raises(Refusal, match="融侨馨苑通信服务中心") as no:
        wants(cast, there, party, "line_suspension")
    assert no.value.rule == "CHG-06" and "029-60001001" in no.value.alternative("en")
    with pytest.raises(Refusal, match="融侨馨苑通信服务中心"):
        ends(cast, there)


@pytest.mark.rule("RCP-01", "CHG-06")
def test_changes_in_a_paid_basket_go_back_with_it(cast: Cast) -> None:
    by = cast.clerk()
    party = alone(cast, by)
    for business, what in (
        ("line_plan", {"plan": "line-rent-caller-id"}), ("line_features", {"features": ()}), ("line_number", {"new": "68699002"}),
        ("line_suspension", {}),
    ):  # fmt: skip
        basket = wants(cast, by, party, business, **what)
    basket = add_item(
        party_id=party, dwelling_id=home(), offering="telephone-point", business="telephone_point", quantity=1, by=by, at=cast.now
    )  # fmt: skip
    paid = cast.pay(by, basket.id)
    assert (state(cast.now, "68699002").suspended, state(cast.now, "68699002").features) == (True, ())
    void_sale(
        payment_id=paid.payment_id, reason="客户改主意", copies_present=3, intent=uuid4(), by=by, at=cast.later(minutes=5)
    )  # fmt: skip
    now, then = state(cast.now), state(datetime(2026, 12, 2, tzinfo=CHINA))
    assert (now.suspended, now.features, now.plan, then.plan) == (False, ("caller_id",), "yuezu", "yuezu")
    assert standing(cast) is numbers.NumberState.IN_USE
    assert standing(cast, "68699002") is numbers.NumberState.FREE and network().may_call


def ends(cast: Cast, by: Actor, rest: str = "", number: str = NUMBER) -> None:
    end_subscription(
        subscription_id=phone(number).id, reason="不用了", cause="moving", offer="停机", rest=rest, intent=uuid4(), by=by, at=cast.now
    )  # fmt: skip


@pytest.mark.rule("CHG-07", "BIL-02", "LED-02", "LAW-13")
def test_a_line_ends_once_its_months_are_paid_and_what_is_left_is_given_up_in_writing(cast: Cast) -> None:
    by = cast.clerk()
    alone(cast, by)
    with pytest.raises(Refusal, match=r"还剩 70\.00 元") as no:
        ends(cast, by)
    assert no.value.field == "rest" and "another line" in no.value.alternative("en")
    assert not state(cast.now).closed, "nothing half done"
    ends(cast, by, GIVEN_UP)
    assert state(cast.now).closed and network().state is provisioning.TelephoneState.WITHDRAWN
    assert standing(cast) is numbers.NumberState.QUARANTINED and left() == 100_000, (
        "half a month is billed yet"
    )
    earned = Posting.objects.filter(batch__kind="earned", amount__gt=0)
    assert [one.amount for one in earned] == [7000]


@pytest.mark.rule("CHG-07", "BIL-02", "LED-02")
def test_what_is_left_goes_to_another_line_of_the_customer_and_debts_are_paid_first(cast: Cast) -> None:
    by = cast.clerk()
    party = alone(cast, by)
    second = "68699002"
    cast.pay(by, choose(cast, by, party, offering="line-rent", number=second, where=home("503")).id)
    other = voice.line(second, at=cast.now, scope=EVERYWHERE)
    deliver([called(NUMBER, f"{cast.now:%Y-%m-%d} 08:59:00", 60)], at=cast.now)
    with pytest.raises(Refusal):
        ends(cast, by, str(other.id + 99))
    ends(cast, by, str(other.id))
    assert (left(), left(second)) == (100_000, 500_000 + 700_000)
    cast.later(minutes=3)
    deliver([called(second, f"{cast.now:%Y-%m-%d} 09:01:00", 60 * 800)], at=cast.now)
    rate_calls(at=cast.now)
    with pytest.raises(Refusal, match=r"还欠 10\.00 元"):
        ends(cast, by, number=second)


@pytest.mark.rule("CHG-04", "CAT-03", "FEE-01")
def test_a_bundles_line_moves_along_with_its_broadband_and_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = cast.clerk()
    party, _ = bundle_sold(cast, by)
    monkeypatch.setattr(fieldwork, "open_work_of", lambda **_: "")
    basket = add_item(
        party_id=party, dwelling_id=home(), offering="move", business="move", quantity=1, to=home("601"), by=by, at=cast.now
    )  # fmt: skip
    assert basket.total == Money.yuan("40.00"), "30 for the broadband, 10 for its line"
    paid = cast.pay(by, basket.id)
    assert phone().dwelling_id == home("601") and state(cast.now).rent_free
    void_sale(
        payment_id=paid.payment_id, reason="客户改主意", copies_present=3, intent=uuid4(), by=by, at=cast.later(minutes=5)
    )  # fmt: skip
    assert phone().dwelling_id == home() and state(cast.now).rent_free
