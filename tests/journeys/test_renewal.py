"""Renewals and ends: where the next term begins, what keeps its number, and what is never given back."""

from datetime import datetime, timedelta

import pytest

from onehall.contexts.catalogue.api import NotEligible
from onehall.contexts.orders import api as orders
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import CHINA
from onehall.journeys.take_payment import PaymentTaken
from tests.cast import Cast, count, dwelling

EVERYWHERE = Scope.operator()
EXPIRY = datetime(2027, 11, 30, tzinfo=CHINA)


def renew(cast: Cast, offering: str = "bb20-year") -> PaymentTaken:
    """王建国 comes to the counter for renewals."""
    clerk = cast.clerk(counter="1", drawer=count("custody_drawersession") < 2)
    line = broadband()
    basket = cast.basket(clerk, line.party_id, line.dwelling_id, ("renewal", offering))
    paid = cast.pay(clerk, basket.id)
    assert broadband().terms[-1].period == basket.items[0].draft.period, "the screen promised another term"
    return paid


def broadband() -> subscriptions.Subscription:
    (line,) = subscriptions.subscriptions_at(dwelling_id=dwelling("dw", "1", "2", "502"), scope=EVERYWHERE)
    return line


def until(cast: Cast) -> datetime:
    access = provisioning.access(account="dw0120502", at=cast.now, scope=EVERYWHERE)
    assert access is not None
    return access.period.end


@pytest.fixture
def sold(cast: Cast) -> Cast:
    """Broadband for a year from 2026-11-30."""
    seller = cast.clerk("0211", "4")
    cast.new_line(seller)
    assert broadband().expires_at == until(cast) == EXPIRY
    return cast


@pytest.mark.rule("CHG-01")
@pytest.mark.parametrize("before", [timedelta(days=30), timedelta(seconds=1)])
def test_paid_before_the_expiry_the_next_year_follows_it(sold: Cast, before: timedelta) -> None:
    sold.now = EXPIRY - before
    renew(sold)
    assert broadband().expires_at == until(sold) == datetime(2028, 11, 30, tzinfo=CHINA)
    first, second = broadband().terms
    assert first.period.end == second.period.start


@pytest.mark.rule("CHG-01", "PAY-01")
def test_paid_after_the_expiry_the_next_year_begins_that_day(sold: Cast) -> None:
    sold.now = EXPIRY + timedelta(days=9, hours=15)
    access = provisioning.access(account="dw0120502", at=sold.now, scope=EVERYWHERE)
    assert access is not None and access.standing is provisioning.Standing.EXPIRED
    renew(sold)
    assert broadband().terms[-1].period.start == datetime(2027, 12, 9, tzinfo=CHINA)
    assert broadband().expires_at == until(sold) == datetime(2028, 12, 9, tzinfo=CHINA)


@pytest.mark.rule("ORD-07", "ORD-06")
def test_a_renewal_keeps_the_serial_and_finds_the_first_record_by_it(sold: Cast) -> None:
    serial = broadband().serial
    assert serial == "DW20261123001"
    sold.now = EXPIRY - timedelta(days=3)
    renew(sold)
    found = orders.orders_by_serial(serial=serial, scope=EVERYWHERE)
    assert [order.business for order in found] == ["new_broadband", "renewal"]
    assert count("numbers_formserialcounter") == 1
    assert count("fieldwork_workorder") == 1, "a renewal needs no visit"


@pytest.mark.rule("ORD-07")
def test_serials_count_by_compound_and_by_day(cast: Cast) -> None:
    clerk = cast.clerk()

    def serial(compound: str, building: str, unit: str, room: str) -> str:
        card = cast.registered(clerk)
        basket = cast.basket(
            clerk, card.id, dwelling(compound, building, unit, room), ("new_broadband", "bb20-year")
        )
        (order,) = orders.orders_of_basket(basket_id=cast.pay(clerk, basket.id).basket_id, scope=EVERYWHERE)
        return order.serial

    given = [serial("dw", "1", "2", "502"), serial("dw", "1", "2", "501"), serial("rq", "1", "1", "101")]
    cast.later(days=1)
    clerk = cast.clerk("0211", "4")
    given.append(serial("dw", "1", "2", "402"))
    assert given == ["DW20261123001", "DW20261123002", "RQ20261123001", "DW20261124001"]


@pytest.mark.rule("CAT-02", "ORD-05")
def test_the_speed_changes_at_the_expiry_and_not_before(sold: Cast) -> None:
    sold.now = EXPIRY - timedelta(days=10)
    with pytest.raises(NotEligible) as refused:
        renew(sold, "bb10-year")
    assert (refused.value.rule, refused.value.status) == ("CAT-02", 409)
    assert refused.value.alternative("zh") and refused.value.alternative("en")
    sold.now = EXPIRY + timedelta(days=1)
    renew(sold, "bb10-year")
    access = provisioning.access(account="dw0120502", at=sold.now, scope=EVERYWHERE)
    assert access is not None and access.down_kbps == 10240


@pytest.mark.rule("CHG-02")
def test_a_yearly_term_is_served_to_its_end_and_nothing_is_refunded(sold: Cast) -> None:
    sold.later(days=100)
    clerk = sold.clerk(counter="1")
    money = (count("ledger_payment"), count("ledger_posting"))
    with transaction():
        decision = subscriptions.end_subscription(
            subscription_id=broadband().id,
            reason="搬家",
            binding_months=12,
            show_hint=True,
            by=clerk,
            at=sold.now,
        )
    assert (decision.kind, decision.effective_at) == (subscriptions.EndingKind.AT_EXPIRY, EXPIRY)
    assert until(sold) == EXPIRY, "the line works until the day that was paid for"
    assert (count("ledger_payment"), count("ledger_posting")) == money, "nothing is given back"
    with pytest.raises(subscriptions.NotRenewable):
        renew(sold)
