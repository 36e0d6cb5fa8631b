"""停机保号 A line rests for a quarter or two: the network follows, what is paid ends later, and the day comes by itself."""

from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest

from onehall.contexts.orders import api as orders
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.audit import trail
from onehall.foundation.database import fetch_all
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA, Period
from onehall.journeys.end_subscription import end_subscription
from onehall.journeys.take_payment import PaymentTaken
from onehall.journeys.void_sale import void_sale
from onehall.readings.verification import verify_money
from onehall.runs.resume_suspended import resume_suspended
from onehall.steps.changes import ChooseFirst, OneTermOnly
from tests.cast import Cast, count, dwelling
from tests.journeys.at_once import at_once

EVERYWHERE = Scope.operator()
ACCOUNT = "dw0120502"
ENDS = datetime(2027, 11, 30, tzinfo=CHINA)
PAUSE = Period(datetime(2026, 12, 24, tzinfo=CHINA), datetime(2027, 3, 24, tzinfo=CHINA))
QUARTER = PAUSE.end - PAUSE.start
REST = ("suspension", "suspend-3")


def line() -> subscriptions.Subscription:
    (found,) = subscriptions.subscriptions_at(dwelling_id=dwelling("dw", "1", "2", "502"), scope=EVERYWHERE)
    return found


def standing(at: datetime) -> provisioning.Standing:
    found = provisioning.access(account=ACCOUNT, at=at, scope=EVERYWHERE)
    assert found is not None
    return found.standing


def let_on(at: datetime) -> str:
    """What the RADIUS server would answer: the reason of its refusal, or until when it lets the line on."""
    rows = fetch_all(
        "select attribute, value from radius.authorise(%(account)s, '10.0.0.1', '', 'pap', 300, 'Asia/Shanghai', %(at)s)",
        {"account": ACCOUNT, "at": at},
    )
    said = {row["attribute"]: row["value"] for row in rows}
    return str(said.get("Tmp-String-0") or said["Session-Timeout"])


def rest(cast: Cast, by: Actor, *items: tuple[str, str]) -> PaymentTaken:
    here = line()
    return cast.pay(by, cast.basket(by, here.party_id, here.dwelling_id, *(items or (REST,))).id)


def void(cast: Cast, paid: PaymentTaken, by: Actor) -> None:
    void_sale(
        payment_id=paid.payment_id, reason="客户改主意", copies_present=3, intent=uuid4(), by=by, at=cast.now
    )


def a_year(cast: Cast, offering: str = "bb20-year") -> Actor:
    """王建国 has broadband in 馨苑 1-2-502 until 2027-11-30; it is 23 December 2026."""
    by = cast.clerk()
    cast.new_line(by, offering=offering)
    cast.now = datetime(2026, 12, 23, 16, tzinfo=CHINA)
    return by


@pytest.mark.rule("CHG-03", "NET-01")
def test_a_line_rests_for_a_quarter_and_the_network_follows_by_the_minute(cast: Cast) -> None:
    by = a_year(cast)
    paid = rest(cast, by)
    assert paid.amount == Money.yuan("10.00") and line().resting == PAUSE
    assert line().expires_at == ENDS + QUARTER
    minute = timedelta(minutes=1)
    assert [standing(at).value for at in (PAUSE.start - minute, PAUSE.start, PAUSE.end - minute, PAUSE.end)] == [
        "active", "paused", "paused", "active",
    ]  # fmt: skip
    assert let_on(PAUSE.start - minute) == "60", "who comes a minute before is sent away at midnight"
    assert (let_on(PAUSE.start), let_on(PAUSE.end - minute)) == ("paused", "paused")
    assert let_on(ENDS + QUARTER - minute) == "60" and let_on(ENDS + QUARTER) == "expired"
    (sold,) = orders.orders_of_basket(basket_id=paid.basket_id, scope=EVERYWHERE)
    assert sold.revenue_account == "605104" and "2028-02-28" in sold.name.zh
    assert count("fieldwork_workorder") == 1, "nobody has to go"


@pytest.mark.rule("CHG-03")
def test_on_the_day_it_resumes_by_itself_and_says_so_once(cast: Cast) -> None:
    rest(cast, a_year(cast))
    assert resume_suspended(at=PAUSE.end - timedelta(seconds=1)) == 0
    assert resume_suspended(at=PAUSE.end) == 1 and resume_suspended(at=PAUSE.end) == 0
    assert len(trail(scope=EVERYWHERE, limit=9, action="subscription.resumed")) == 1
    assert standing(PAUSE.end) is provisioning.Standing.ACTIVE


@pytest.mark.rule("CHG-03", "ORD-05")
@pytest.mark.parametrize("offering", ["bb4-month", "bb4-half", "bundle10-year"])
def test_monthly_half_year_and_bundle_users_are_told_why_not(cast: Cast, offering: str) -> None:
    by = cast.clerk()
    cast.new_line(by, offering=offering)
    cast.later(days=8)
    with pytest.raises(subscriptions.NotSuspendable) as no:
        rest(cast, by)
    assert no.value.rule == "CHG-03" and no.value.alternative("zh")


@pytest.mark.rule("CHG-03")
def test_the_last_eligible_day_at_the_counter(cast: Cast) -> None:
    by = a_year(cast)
    cast.now = datetime(2027, 5, 30, 0, 0, tzinfo=CHINA)
    with pytest.raises(subscriptions.NotSuspendable):
        rest(cast, by)
    cast.now = datetime(2027, 5, 29, 23, 59, tzinfo=CHINA)
    rest(cast, by)
    assert line().resting == Period(datetime(2027, 5, 30, tzinfo=CHINA), datetime(2027, 8, 30, tzinfo=CHINA))


@pytest.mark.rule("CHG-03")
def test_it_cannot_resume_early_be_suspended_twice_or_end_before_its_new_expiry(cast: Cast) -> None:
    by = a_year(cast)
    rest(cast, by)
    for days in (0, 30):
        cast.later(days=days)
        with pytest.raises(subscriptions.NotSuspendable):
            rest(cast, by)
    cast.later(hours=1)
    ended = end_subscription(subscription_id=line().id, reason="搬家", intent=uuid4(), by=by, at=cast.now)
    assert datetime.fromisoformat(ended.effective_at) == ENDS + QUARTER


@pytest.mark.rule("CHG-03", "RCP-01")
def test_a_suspension_is_taken_back_in_its_shift(cast: Cast) -> None:
    by = a_year(cast)
    before = line()
    paid = rest(cast, by)
    cast.later(minutes=5)
    void(cast, paid, by)
    assert [(t.period, t.anchor_day, t.order_id) for t in line().terms] == [
        (t.period, t.anchor_day, t.order_id) for t in before.terms
    ]
    assert line().resting is None and standing(PAUSE.start) is provisioning.Standing.ACTIVE
    assert let_on(ENDS - timedelta(minutes=1)) == "60"
    assert verify_money(scope=EVERYWHERE).findings == ()
    rest(cast, by, ("suspension", "suspend-6"))
    assert line().resting is not None


@pytest.mark.rule("CHG-03", "CHG-01", "ORD-01")
def test_one_basket_rests_and_renews_at_another_speed_and_is_taken_back_whole(cast: Cast) -> None:
    by = a_year(cast, "bb4-year")
    before, here = line(), line()
    basket = cast.basket(by, here.party_id, here.dwelling_id, REST, ("speed_change", "bb20-year"))
    paid = cast.pay(by, basket.id)
    assert basket.items[1].draft.period == line().terms[-1].period, "the screen promised another term"
    assert line().terms[-1].period.start == ENDS + QUARTER
    (planned,) = fetch_all("select starts_at, down_kbps from access.planned_speed")
    assert (planned["starts_at"], planned["down_kbps"]) == (ENDS + QUARTER, 20480)
    void(cast, paid, by)
    assert [t.period for t in line().terms] == [t.period for t in before.terms]
    assert fetch_all("select 1 from access.planned_speed") == []
    with pytest.raises(ChooseFirst):
        rest(cast, by, ("renewal", "bb4-year"), REST)


@pytest.mark.rule("CHG-03", "RCP-01")
def test_what_later_sales_build_on_is_not_taken_back(cast: Cast) -> None:
    by = a_year(cast)
    rested = rest(cast, by)
    cast.later(minutes=5)
    renewed = rest(cast, by, ("renewal", "bb20-year"))
    with pytest.raises(subscriptions.LaterSaleDepends):
        void(cast, rested, by)
    void(cast, renewed, by)
    void(cast, rested, by)
    assert line().expires_at == ENDS


@pytest.mark.rule("CHG-03", "RCP-01")
def test_a_renewal_that_made_it_possible_stays_while_the_line_rests(cast: Cast) -> None:
    by = a_year(cast)
    cast.now = datetime(2027, 8, 2, 10, tzinfo=CHINA)
    renewed = rest(cast, by, ("renewal", "bb20-year"))
    rest(cast, by)
    with pytest.raises(subscriptions.LaterSaleDepends):
        void(cast, renewed, by)
    first, second = line().terms
    assert first.period.end == second.period.start == ENDS + timedelta(days=92)


@pytest.mark.rule("CHG-03")
def test_paid_twice_at_once_it_rests_once(real_cast: Cast) -> None:
    one = a_year(real_cast)
    other = real_cast.clerk("0211", "4")
    here = line()
    baskets = [real_cast.basket(by, here.party_id, here.dwelling_id, REST) for by in (one, other)]
    told = at_once(*(partial(real_cast.pay, by, b.id) for by, b in zip((one, other), baskets, strict=True)))
    refused = [answer for answer in told if isinstance(answer, Refusal)]
    assert len(refused) == 1 and isinstance(refused[0], subscriptions.NotSuspendable)
    assert count("subscriptions_suspension") == 1 and count("ledger_payment", "amount = 1000") == 1
    assert line().expires_at == ENDS + QUARTER


@pytest.mark.rule("CAT-02")
def test_another_speed_is_booked_for_the_expiry_and_never_inside_the_term(cast: Cast) -> None:
    by = a_year(cast, "bb4-year")
    with pytest.raises(Refusal) as no:
        rest(cast, by, ("renewal", "bb20-year"))
    assert no.value.rule == "CAT-02" and "到期改速率" in no.value.alternative("zh")
    with pytest.raises(Refusal) as same:
        rest(cast, by, ("speed_change", "bb4-year"))
    assert "续费" in same.value.alternative("zh")
    rest(cast, by, ("speed_change", "bb20-year"))
    for at, speed in ((cast.now, 4096), (ENDS - timedelta(minutes=1), 4096), (ENDS, 20480)):
        found = provisioning.access(account=ACCOUNT, at=at, scope=EVERYWHERE)
        assert found is not None and found.down_kbps == speed
    cast.now = ENDS + timedelta(days=400)
    with pytest.raises(Refusal) as late:
        rest(cast, by, ("speed_change", "bb10-year"))
    assert late.value.rule == "CAT-02" and "续费" in late.value.alternative("zh")


@pytest.mark.rule("CAT-02", "ORD-06")
def test_after_a_booked_speed_the_next_term_follows_that_one_and_a_basket_extends_once(cast: Cast) -> None:
    by = a_year(cast, "bb4-year")
    with pytest.raises(OneTermOnly):
        rest(cast, by, ("renewal", "bb4-year"), ("speed_change", "bb20-year"))
    clerk = cast.clerk("0211", "4")
    rest(cast, clerk, ("speed_change", "bb20-year"))
    with pytest.raises(Refusal) as no:
        rest(cast, clerk, ("renewal", "bb4-year"))
    assert no.value.rule == "CAT-02"
    rest(cast, clerk, ("renewal", "bb20-year"))
    assert [term.offering for term in line().terms] == ["bb4-year", "bb20-year", "bb20-year"]
