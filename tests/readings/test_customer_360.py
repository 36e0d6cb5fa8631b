"""One screen shows everything about a customer (CUS-04), under the purpose that opened the record (SEC-01)."""

from datetime import timedelta

import pytest

from onehall.contexts.customers.api import (
    PurposeKind,
    PurposeStated,
    Verification,
    dwelling,
    establish_compound,
    establish_premises,
    state_purpose,
)
from onehall.contexts.orders.models import Basket, ServiceOrder
from onehall.contexts.subscriptions.models import Subscription, Term
from onehall.foundation.scopes import Scope
from onehall.foundation.values.money import Money
from onehall.readings.customer_360 import customer_360
from tests.rooms.reception import NOON, policies
from tests.rooms.till import accounts, till

PRESENT = PurposeStated(PurposeKind.PRESENT_VERIFIED, Verification.ID_DOCUMENT)
YEAR = timedelta(days=365)


@pytest.mark.rule("CUS-04", "SEC-01", "SEC-10")
@pytest.mark.django_db
def test_services_orders_and_receipts_stand_together_each_hall_seeing_its_own() -> None:
    accounts()
    desk = till()
    establish_compound(code="lh", name="柳花苑", name_en="Liuhua Yuan", by=None, at=NOON)
    establish_premises(compound="lh", dwellings=[("1", "2", "502")], by=None, at=NOON)
    home = dwelling(compound="lh", building="1", unit="2", room="502", scope=Scope.operator())
    order = ServiceOrder.objects.create(
        hall_id=desk.hall, basket=Basket.objects.get(pk=desk.basket()), line=1, kind="new_broadband", offering="bb20",
        name_zh="宽带20M包年", name_en="Broadband 20M, a year", price_version=1, quantity=1, amount_fen=88_000,
        party_id=desk.party, serial="LH20261121004", policy_version=1, accepted_at=NOON, by_id=desk.clerk.user_id,
    )  # fmt: skip
    line = Subscription.objects.create(
        party_id=desk.party, dwelling_id=home.id, kind="broadband", account_name="lh0120502", serial="LH20261121004",
        order_id=order.pk, opened_at=NOON, by_id=desk.clerk.user_id,
    )  # fmt: skip
    Term.objects.create(
        subscription=line, starts_at=NOON, expires_at=NOON + YEAR, anchor_day=21, months=12, offering="bb20",
        price_version=1, price_fen=88_000, order_id=order.pk, policy_version=1, paid_at=NOON,
    )  # fmt: skip
    desk.receipt(desk.pay(due="880.00", handed="900.00"), number="0042037")
    purpose = state_purpose(party_id=desk.party, stated=PRESENT, book=policies(), by=desk.clerk, at=NOON)

    seen = customer_360(purpose=purpose, scope=desk.clerk.scope)

    (service,), (sold,), (paper,) = seen.services, seen.orders, seen.receipts
    assert (service.account_name, service.expires_at) == ("lh0120502", NOON + YEAR)
    assert service.address.zh == "柳花苑1号楼2单元502室"
    assert (sold.serial, sold.state, sold.amount) == ("LH20261121004", "accepted", Money.yuan("880.00"))
    assert (paper.number, paper.amount, paper.voided_at) == ("0042037", Money.yuan("880.00"), None)
    elsewhere = customer_360(purpose=purpose, scope=Scope.of(desk.hall + 1))
    assert (len(elsewhere.services), elsewhere.orders, elsewhere.receipts, elsewhere.cases) == (1, (), (), ())
