"""What a household may have, at what price and with what effect, and what a paid basket brings about in the rooms."""

from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import transaction as django_transaction

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.database.asking import answer_all
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId, PremisesId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA, Period
from onehall.journeys.install_profile import install_profile
from onehall.steps.basket import (
    ADDITIONAL_POINT,
    NEW_BROADBAND,
    RENEWAL,
    ROUTER_SETUP,
    choices,
    price,
    put_into_basket,
    take_out_of_basket,
)
from onehall.steps.household import Situation, read_situation
from onehall.steps.settlement import Delivered, deliver, take_back
from tests.conftest_database import PointedTo, TestServer
from tests.rooms.homes import ALL
from tests.rooms.reception import PERMISSIONS, liu, register, staff, wang
from tests.rooms.till import NOON

TODAY = datetime(2026, 11, 22, 10, tzinfo=CHINA)
FIRST_YEAR = Period(datetime(2026, 11, 29, tzinfo=CHINA), datetime(2027, 11, 29, tzinfo=CHINA))


class Desk:
    """李敏 at a counter of 馨苑 with 王建国, whose home is 1-2-502."""

    def __init__(self) -> None:
        self.now = TODAY
        hall = install_profile(profile="dawei", by=None, at=NOON, demo=False).halls["xinyuan"]
        self.clerk: Actor = replace(staff(hall, "9213"), permissions=PERMISSIONS)
        self.counter = organisation.counters(hall_id=hall, scope=ALL)[0].id
        self.wang: PartyId = register(wang(), self.clerk).id
        self.home = self.dwelling("502")

    def dwelling(self, room: str) -> PremisesId:
        return customers.dwelling(compound="dw", building="1", unit="2", room=room, scope=ALL).id

    @property
    def book(self) -> PolicyBook:
        return policy_book(hall_id=self.clerk.hall_id, at=self.now)

    def basket(self, party: PartyId | None = None) -> orders.Basket:
        return orders.open_basket(
            hall_id=self.clerk.hall_id, counter_id=self.counter, party_id=party or self.wang, policy_version=1,
            by=self.clerk, at=self.now,
        )  # fmt: skip

    def situation(self, party: PartyId | None = None) -> Situation:
        return read_situation(
            party_id=party or self.wang, dwelling_id=self.home, basket=self.basket(party), book=self.book, at=self.now,
            scope=ALL,
        )  # fmt: skip

    def priced(
        self, business: str, offering: str, quantity: int = 1, party: PartyId | None = None
    ) -> orders.ItemDraft:
        found = catalogue.offering_on_sale(offering, at=self.now, scope=ALL)
        return price(situation=self.situation(party), offering=found, business=business, quantity=quantity)

    def put(
        self, business: str, offering: str, quantity: int = 1, party: PartyId | None = None
    ) -> orders.Item:
        draft = self.priced(business, offering, quantity, party)
        basket = self.basket(party).id
        return put_into_basket(basket_id=basket, draft=draft, book=self.book, by=self.clerk, at=self.now)

    def pay(self, party: PartyId | None = None) -> tuple[orders.Settlement, Delivered]:
        basket = self.basket(party)
        paid = orders.settle_basket(basket_id=basket.id, amount=basket.total, by=self.clerk, at=self.now)
        delivered = deliver(settlement=paid, book=self.book, by=self.clerk, at=self.now)
        answer_all()  # as the end of the procedure does
        return paid, delivered

    def line(self) -> subscriptions.Subscription:
        return subscriptions.subscriptions_at(dwelling_id=self.home, scope=ALL)[0]

    def access(self) -> provisioning.AccessState:
        found = provisioning.access(account="dw0120502", at=self.now, scope=ALL)
        assert found is not None
        return found


@pytest.fixture(scope="module")
def furnished(test_server: TestServer, bare_template: str, django_db_blocker: object) -> Iterator[Desk]:
    """The profile is installed once for all stories here, in a database of theirs."""
    name = test_server.clone(bare_template)
    with PointedTo(name, django_db_blocker):
        whole = django_transaction.atomic()
        setattr(whole, "_from_testcase", True)  # noqa: B010 - journeys open durable transactions
        with whole:
            yield Desk()
            django_transaction.set_rollback(True)
    test_server.forget(name)


@pytest.fixture
def desk(furnished: Desk) -> Iterator[Desk]:
    with django_transaction.atomic():
        yield copy(furnished)
        django_transaction.set_rollback(True)


@pytest.mark.rule("ADR-02", "ORD-09", "CAT-10")
def test_a_new_broadband_item_shows_price_account_and_first_term(desk: Desk) -> None:
    draft = desk.priced(NEW_BROADBAND, "bb20-year")
    assert (draft.amount, draft.period) == (Money.yuan("880"), FIRST_YEAR)
    assert (draft.details["account"], draft.details["work_order"]) == ("dw0120502", "installation")
    assert "ORD-09" in draft.rules


@pytest.mark.rule("ORD-05")
def test_the_desk_shows_everything_and_says_why_not(desk: Desk) -> None:
    shown = {(c.business, c.offering.code): c for c in choices(situation=desk.situation(), scope=ALL)}
    assert shown[NEW_BROADBAND, "bb20-year"].draft is not None
    greyed = shown[RENEWAL, "bb20-year"].refusal
    assert greyed is not None and greyed.rule and greyed.sentence("zh") and greyed.alternative("en")
    assert shown[ADDITIONAL_POINT, "additional-point"].draft is None

    desk.put(NEW_BROADBAND, "bb20-year")
    shown = {(c.business, c.offering.code): c for c in choices(situation=desk.situation(), scope=ALL)}
    assert shown[ADDITIONAL_POINT, "additional-point"].draft is not None
    assert isinstance(shown[NEW_BROADBAND, "bb10-year"].refusal, orders.ItemRepeated)


@pytest.mark.rule("ORD-01", "ORD-06", "FEE-02", "ORD-07")
def test_one_basket_one_payment_and_every_room_knows(desk: Desk) -> None:
    desk.put(NEW_BROADBAND, "bb20-year")
    desk.put(ADDITIONAL_POINT, "additional-point", quantity=2)
    desk.put(ROUTER_SETUP, "router-setup")
    paid, delivered = desk.pay()

    assert paid.amount == Money.yuan("970.00")
    line = desk.line()
    assert (line.account_name, line.serial, line.terms[0].period) == (
        "dw0120502",
        "DW20261122001",
        FIRST_YEAR,
    )
    assert [work.kind for work in delivered.work] == ["installation", "additional_point", "router_setup"]
    assert {(work.serial, work.subscription_id, work.account) for work in delivered.work} == {
        (line.serial, line.id, "dw0120502")
    }
    assert delivered.work[0].starts_at == FIRST_YEAR.start and delivered.work[0].follow_up
    assert subscriptions.additional_points(dwelling_id=desk.home, scope=ALL).get("broadband", 0) == 2
    assert {
        order.subscription_id for order in orders.orders_of_basket(basket_id=paid.basket_id, scope=ALL)
    } == {line.id}
    assert (desk.access().period, desk.access().standing) == (FIRST_YEAR, provisioning.Standing.WAITING)
    assert [slip.secret for slip in delivered.slips] == ["a123456"] and not delivered.pending


@pytest.mark.rule("CHG-01", "ORD-07", "NET-02")
def test_a_renewal_keeps_serial_and_password_and_needs_no_work(desk: Desk) -> None:
    desk.put(NEW_BROADBAND, "bb20-year")
    desk.pay()
    desk.now = FIRST_YEAR.end - timedelta(days=13)
    item = desk.put(RENEWAL, "bb20-year")
    paid, delivered = desk.pay()

    renewed = Period(FIRST_YEAR.end, datetime(2028, 11, 29, tzinfo=CHINA))
    assert item.draft.period == renewed == delivered.terms[0].period
    assert (paid.orders[0].serial, paid.orders[0].subscription_id) == ("DW20261122001", desk.line().id)
    assert (delivered.slips, delivered.work, delivered.pending) == ((), (), False)
    assert desk.access().period.end == renewed.end


@pytest.mark.rule("CAT-02")
def test_the_speed_stays_inside_the_term_and_changes_after_it(desk: Desk) -> None:
    desk.put(NEW_BROADBAND, "bb20-year")
    desk.pay()
    desk.now = FIRST_YEAR.end - timedelta(days=13)
    with pytest.raises(catalogue.NotEligible) as refused:
        desk.priced(RENEWAL, "bb10-year")
    assert refused.value.rule == "CAT-02" and "2027-11-29" in refused.value.sentence("zh")

    desk.now = FIRST_YEAR.end + timedelta(days=3)
    assert desk.put(RENEWAL, "bb10-year").draft.rules == ("CHG-01", "CAT-02")
    desk.pay()
    assert (desk.access().down_kbps, desk.access().period.start) == (
        10240,
        datetime(2027, 12, 2, tzinfo=CHINA),
    )


@pytest.mark.rule("ADR-07")
def test_what_stands_in_one_basket_is_not_sold_in_another(desk: Desk) -> None:
    item = desk.put(NEW_BROADBAND, "bb20-year")
    neighbour = register(liu(), desk.clerk).id
    with pytest.raises(numbers.NumberTaken):
        desk.priced(NEW_BROADBAND, "bb20-year", party=neighbour)
    take_out_of_basket(basket_id=desk.basket().id, item_id=item.id, by=desk.clerk, at=desk.now)
    desk.put(NEW_BROADBAND, "bb20-year", party=neighbour)
    desk.pay(neighbour)
    with pytest.raises(Refusal) as refused:
        desk.priced(NEW_BROADBAND, "bb20-year")
    assert refused.value.rule == "ADR-07"


@pytest.mark.rule("CHG-02", "ORD-05")
def test_a_line_that_will_end_is_not_renewed(desk: Desk) -> None:
    desk.put(NEW_BROADBAND, "bb20-year")
    desk.pay()
    subscriptions.end_subscription(
        subscription_id=desk.line().id,
        reason="搬家",
        binding_months=12,
        show_hint=True,
        by=desk.clerk,
        at=desk.now,
    )
    with pytest.raises(subscriptions.NotRenewable):
        desk.priced(RENEWAL, "bb20-year")


@pytest.mark.rule("CHG-01", "ADR-07")
def test_a_voided_first_sale_leaves_nothing_behind(desk: Desk) -> None:
    desk.put(NEW_BROADBAND, "bb20-year")
    desk.put(ADDITIONAL_POINT, "additional-point")
    paid, _ = desk.pay()
    take_back(voided=paid.orders, book=desk.book, by=desk.clerk, at=desk.now)
    assert subscriptions.subscriptions_at(dwelling_id=desk.home, scope=ALL) == ()
    assert subscriptions.additional_points(dwelling_id=desk.home, scope=ALL).get("broadband", 0) == 0
    assert desk.access().standing == provisioning.Standing.WITHDRAWN

    desk.put(NEW_BROADBAND, "bb10-year")
    _, again = desk.pay()
    assert desk.line().serial == "DW20261122002"
    assert (again.pending, desk.access().down_kbps) == (True, 10240)


@pytest.mark.rule("CHG-01")
def test_a_voided_renewal_brings_the_old_expiry_back(desk: Desk) -> None:
    desk.put(NEW_BROADBAND, "bb20-year")
    first, _ = desk.pay()
    desk.put(RENEWAL, "bb20-year")
    second, _ = desk.pay()
    with pytest.raises(subscriptions.LaterSaleDepends):
        take_back(voided=first.orders, book=desk.book, by=desk.clerk, at=desk.now)
    take_back(voided=second.orders, book=desk.book, by=desk.clerk, at=desk.now)
    assert desk.line().expires_at == desk.access().period.end == FIRST_YEAR.end
