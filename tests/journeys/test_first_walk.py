"""The first walk: broadband from the counter to the archive, one entry feeding everything (ORD-06)."""

import pytest

from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.scopes import Scope
from tests.cast import Cast, receipt_of, work_of

EVERYWHERE = Scope.operator()


@pytest.mark.rule("ORD-06")
def test_one_payment_feeds_ledger_receipt_subscription_access_and_work(cast: Cast) -> None:
    li_min = cast.clerk()
    paid = cast.new_line(li_min)
    assert paid.amount.text == "880.00"
    (order,) = orders.orders_of_basket(basket_id=paid.basket_id, scope=EVERYWHERE)
    line = subscriptions.subscription(subscription_id=order.subscription_id, scope=EVERYWHERE)
    assert line.account_name == "dw0120502"
    assert line.serial == order.serial == "DW20261123001"
    assert receipt_of(paid).amount == paid.amount
    assert work_of(paid).serial == line.serial
