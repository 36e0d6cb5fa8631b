"""How a subscription ends, and what taking a sale back leaves."""

from datetime import datetime, timedelta

import pytest

from onehall.contexts.subscriptions import rules
from onehall.contexts.subscriptions.api import (
    EndingBooked,
    EndingKind,
    LaterSaleDepends,
    NewSubscription,
    NotRenewable,
    TermSold,
    apply_due_endings,
    cancel_sales,
    end_subscription,
    subscription_by_account,
    subscriptions_of,
    withdraw_ending,
)
from onehall.foundation.values.ids import OrderId, PremisesId
from onehall.foundation.values.period import CHINA
from tests.rooms.homes import ALL, bought, homes, new_line
from tests.rooms.test_orders import filled, settle
from tests.rooms.test_subscriptions import extended, found, opened
from tests.rooms.till import NOON, Till, till

START = datetime(2026, 11, 28, tzinfo=CHINA)


@pytest.fixture
def desk(db: None) -> Till:
    return till()


@pytest.fixture
def home(desk: Till) -> PremisesId:
    return homes("502")[0]


def ended(desk: Till, sold: TermSold, at: datetime) -> rules.EndingDecision:
    return end_subscription(
        subscription_id=sold.subscription_id,
        reason="搬家",
        binding_months=12,
        show_hint=True,
        by=desk.clerk,
        at=at,
    )


@pytest.mark.rule("CHG-02")
def test_an_annual_package_ends_at_its_expiry_and_is_not_renewed_meanwhile(
    desk: Till, home: PremisesId
) -> None:
    (sold,) = opened(desk, new_line(desk, home, START))
    decision = ended(desk, sold, START + timedelta(days=30))
    assert (decision.kind, decision.effective_at) == (EndingKind.AT_EXPIRY, sold.period.end)
    assert found(sold).ended_at is None
    with pytest.raises(EndingBooked):
        ended(desk, sold, START + timedelta(days=31))
    with pytest.raises(NotRenewable) as refused:
        extended(sold, START + timedelta(days=40))
    assert "2027-11-28" in refused.value.sentence("zh") and "撤销" in refused.value.alternative("zh")

    assert apply_due_endings(at=sold.period.end - timedelta(seconds=1), limit=10) == ()
    (gone,) = apply_due_endings(at=sold.period.end, limit=10)
    assert (gone.account_name, gone.ended_at) == ("dw0120502", sold.period.end)
    assert apply_due_endings(at=sold.period.end, limit=10) == ()
    with pytest.raises(NotRenewable, match="已终止"):
        extended(sold, sold.period.end)


@pytest.mark.rule("CHG-02")
def test_a_customer_who_stays_withdraws_the_ending(desk: Till, home: PremisesId) -> None:
    (sold,) = opened(desk, new_line(desk, home, START))
    assert withdraw_ending(subscription_id=sold.subscription_id, by=desk.clerk, at=START) is None
    ended(desk, sold, START)
    assert withdraw_ending(subscription_id=sold.subscription_id, by=desk.clerk, at=START) is not None
    assert found(sold).ending is None
    extended(sold, START)
    assert apply_due_endings(at=sold.period.end, limit=10) == ()


@pytest.mark.rule("CHG-02", "ADR-07")
def test_a_short_term_ends_now_and_the_account_may_live_again(desk: Till, home: PremisesId) -> None:
    (sold,) = opened(desk, new_line(desk, home, START, months=6))
    assert ended(desk, sold, START).kind == EndingKind.NOW
    assert subscription_by_account(account_name="dw0120502", scope=ALL) is None
    opened(desk, new_line(desk, home, START, serial="DW20261121009"))
    assert [s.ended_at is None for s in subscriptions_of(party_id=desk.party, scope=ALL)] == [True, False]


def orders(desk: Till, count: int) -> list[OrderId]:
    """Ids of fresh orders to sell with."""
    made = []
    for _ in range(count):
        made.append(settle(desk, filled(desk, "680.00").id, "680.00").orders[0].id)
    return made


def sold_by(desk: Till, home: PremisesId, order: OrderId) -> TermSold:
    line = new_line(desk, home, START)
    fields = {name: getattr(line, name) for name in line.__slots__}
    return opened(desk, NewSubscription(**{**fields, "bought": bought(order)}))[0]


@pytest.mark.rule("CHG-01")
def test_taking_back_a_renewal_brings_the_old_expiry_back(desk: Till, home: PremisesId) -> None:
    first, second = orders(desk, 2)
    sold = sold_by(desk, home, first)
    renewed = extended(sold, NOON, order=second)
    (left,) = cancel_sales(order_ids=[second], by=desk.clerk, at=NOON)
    assert left.expires_at == sold.period.end == found(sold).expires_at
    assert extended(sold, NOON).period == renewed.period


@pytest.mark.rule("CHG-01", "ORD-05")
def test_a_sale_that_a_later_one_builds_on_is_not_taken_back(desk: Till, home: PremisesId) -> None:
    first, second = orders(desk, 2)
    sold = sold_by(desk, home, first)
    extended(sold, NOON, order=second)
    with pytest.raises(LaterSaleDepends):
        cancel_sales(order_ids=[first], by=desk.clerk, at=NOON)
    assert [left.expires_at for left in cancel_sales(order_ids=[first, second], by=desk.clerk, at=NOON)] == [
        None
    ]


@pytest.mark.rule("CHG-01")
def test_taking_back_the_first_sale_frees_the_account(desk: Till, home: PremisesId) -> None:
    (first,) = orders(desk, 1)
    sold = sold_by(desk, home, first)
    (left,) = cancel_sales(order_ids=[first], by=desk.clerk, at=NOON)
    assert (left.account_name, left.expires_at) == ("dw0120502", None)
    assert found(sold).ended_at == NOON and found(sold).terms == ()
    opened(desk, new_line(desk, home, START, serial="DW20261121009"))
