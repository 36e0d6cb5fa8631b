"""A second operator is a folder of data: its own product, account names, serials and money, without a line of code."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest

from onehall.contexts.catalogue.api import NotEligible
from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA
from onehall.journeys.install_profile import install_profile
from onehall.journeys.open_drawer import open_drawer
from onehall.readings.verification import verify_money
from tests.cast import Cast, dwelling, receipt_of, resident_id, work_of

EVERYWHERE = Scope.operator()
POCKET = Path(__file__).resolve().parents[1] / "data" / "profiles" / "pocket"
MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
A_TEA_HOUSE = customers.CustomerGiven(
    kind=customers.PartyKind.ORGANISATION,
    name="自在茶馆有限公司",
    document=customers.DocumentGiven(customers.DocumentKind.CREDIT_CODE, "91659001MA0TEA001C"),
    phones=("13812340000",),
    agent=customers.AgentGiven(
        "阿孜古丽", customers.DocumentGiven(customers.DocumentKind.RESIDENT_ID, resident_id()), "13812340001"
    ),
    papers=tuple(
        customers.Paper(kind, original=True, copy=True, sealed=True) for kind in customers.PaperKind
    ),
)


@pytest.fixture
def tea_house(real_db: str) -> Iterator[Cast]:
    """An empty database becomes the tea house's communications point."""
    install_profile(profile=POCKET, by=None, at=MORNING, demo=True)
    yield Cast(now=MORNING)


@pytest.mark.rule("CAT-10", "CAT-01", "ORD-01", "RCP-01")
def test_the_tea_house_sells_what_only_it_has(tea_house: Cast) -> None:
    owner = tea_house.sign_in("P1", hall="tea", counter="1")
    open_drawer(intent=uuid4(), counted={1000: 5}, remark="", by=owner, at=MORNING)
    home = dwelling("zz", "1", "1", "101")
    with pytest.raises(NotEligible):
        tea_house.basket(owner, tea_house.registered(owner).id, home, ("new_broadband", "tea100-quarter"))
    card = tea_house.registered(owner, A_TEA_HOUSE)
    paid = tea_house.pay(
        owner, tea_house.basket(owner, card.id, home, ("new_broadband", "tea100-quarter")).id
    )
    assert paid.amount == Money.yuan("109.90")
    (sold,) = orders.orders_of_basket(basket_id=paid.basket_id, scope=EVERYWHERE)
    assert sold.subscription_id is not None
    line = subscriptions.subscription(subscription_id=sold.subscription_id, scope=EVERYWHERE)
    assert line.account_name.startswith("zz") and line.serial.startswith("ZZ20261123")
    assert work_of(paid).department == "装维组"
    assert receipt_of(paid).amount == paid.amount
    (access,) = fetch_all("select down_kbps, network_profile from access.broadband")
    assert access == {"down_kbps": 102400, "network_profile": "tea-100m"}
    assert verify_money(scope=EVERYWHERE).findings == ()
