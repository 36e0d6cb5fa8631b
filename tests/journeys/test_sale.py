"""A sale at the counter: who may make it, what it needs, what it costs, what it brings, and how long it took."""

from datetime import date, datetime
from uuid import uuid4

import pytest

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.custody import api as custody
from onehall.contexts.customers import api as customers
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation.api import CounterLacksCapability
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA, local
from onehall.journeys.add_item import add_item
from onehall.journeys.assign_installer import assign_installer
from onehall.journeys.dispatch_work_order import dispatch_work_order
from onehall.journeys.hold_basket import hold_basket
from onehall.journeys.remove_item import remove_item
from onehall.journeys.resume_basket import resume_basket
from onehall.journeys.sign_dispatch import sign_dispatch
from onehall.journeys.take_payment import take_payment
from onehall.readings.verification import verify_money
from onehall.steps.businesses import BUSINESSES
from tests.cast import Cast, count, dwelling, resident_id, wang, work_of

EVERYWHERE = Scope.operator()
NEW = ("new_broadband", "bb20-year")
POINT = ("additional_point", "additional-point")
VISIT = ("router_setup", "router-setup")
SECRET = "a123456"


@pytest.mark.rule("ORD-01", "ORD-05")
def test_a_counter_for_renewals_leads_the_customer_to_one_that_does_everything(cast: Cast) -> None:
    clerk = cast.clerk(counter="1")
    card = cast.registered(clerk)
    with pytest.raises(CounterLacksCapability) as refused:
        cast.basket(clerk, card.id, dwelling("dw", "1", "2", "502"), NEW)
    no = refused.value
    assert no.rule == "ORD-01"
    assert no.sentence("zh") == "1号台席不办理：新装宽带。"
    assert no.sentence("en") == "Counter 1 does not handle: New broadband."
    assert all(general in no.alternative("zh") and general in no.alternative("en") for general in "2345")
    assert count("orders_basketitem") == 0


@pytest.mark.rule("ORD-01", "CAT-10")
def test_every_business_that_is_sold_has_a_name(cast: Cast) -> None:
    sold = {kind for one in catalogue.offerings(at=cast.now, scope=EVERYWHERE) for kind in one.businesses}
    assert sold and sold <= set(BUSINESSES)


@pytest.mark.rule("ORD-01")
def test_several_services_are_one_basket_one_payment_one_receipt(cast: Cast) -> None:
    clerk = cast.clerk()
    home = dwelling("dw", "1", "2", "502")
    basket = cast.basket(clerk, cast.registered(clerk).id, home, NEW, POINT, ("router_setup", "router-setup"))
    paid = cast.pay(clerk, basket.id)
    assert paid.amount == Money.yuan("940")
    sold = orders.orders_of_basket(basket_id=basket.id, scope=EVERYWHERE)
    assert [order.business for order in sold] == ["new_broadband", "additional_point", "router_setup"]
    assert len({(order.serial, order.subscription_id) for order in sold}) == 1
    assert (count("ledger_payment"), count("ledger_receipt"), count("fieldwork_workorder")) == (1, 1, 3)


@pytest.mark.rule("CSH-01")
def test_nothing_is_sold_without_an_open_drawer_and_everything_sold_lies_in_it(cast: Cast) -> None:
    clerk = cast.clerk(drawer=False)
    basket = cast.basket(clerk, cast.registered(clerk).id, dwelling("dw", "1", "2", "502"), NEW)
    with pytest.raises(custody.NoOpenDrawer) as refused:
        cast.pay(clerk, basket.id)
    assert refused.value.rule == "CSH-01"
    assert count("ledger_payment") == count("ledger_receipt") == count("subscriptions_subscription") == 0
    colleague = cast.clerk("0211", "4")
    with pytest.raises(custody.NoOpenDrawer):
        cast.pay(clerk, basket.id)
    card = cast.registered(colleague)
    cast.pay(colleague, cast.basket(colleague, card.id, dwelling("dw", "1", "2", "501"), NEW).id, "900")
    drawer = custody.drawer_of_clerk(colleague.user_id, scope=EVERYWHERE)
    assert drawer is not None and drawer.counter == colleague.counter_id
    assert custody.drawer_balance(drawer.id, scope=EVERYWHERE) == Money.yuan("1380")


@pytest.mark.rule("PAY-01")
def test_before_payment_nothing_opens_and_with_it_everything(cast: Cast) -> None:
    clerk = cast.clerk()
    basket = cast.basket(clerk, cast.registered(clerk).id, dwelling("dw", "1", "2", "502"), NEW)
    opened = ("access.broadband", "subscriptions_subscription", "fieldwork_workorder", "orders_serviceorder")
    assert [count(table) for table in opened] == [0, 0, 0, 0]
    one = Money.yuan("1")
    with pytest.raises(orders.AmountDiffers):
        take_payment(basket_id=basket.id, due=one, tendered=one, intent=uuid4(), by=clerk, at=cast.now)
    assert [count(table) for table in opened] == [0, 0, 0, 0]
    cast.pay(clerk, basket.id)
    assert [count(table) for table in opened] == [1, 1, 1, 1]


@pytest.mark.rule("PAY-02")
def test_what_is_received_and_returned_is_called_out_and_too_little_is_refused(cast: Cast) -> None:
    clerk = cast.clerk()
    basket = cast.basket(clerk, cast.registered(clerk).id, dwelling("dw", "1", "2", "502"), NEW)
    with pytest.raises(ledger.TooLittle) as refused:
        cast.pay(clerk, basket.id, "879.99")
    assert refused.value.rule == "PAY-01" and "0.01" in refused.value.sentence("zh")
    paid = cast.pay(clerk, basket.id, "1000")
    assert (paid.tendered, paid.change) == (Money.yuan("1000"), Money.yuan("120"))
    call = ledger.call_out(paid.amount, paid.tendered)
    assert "880.00" in call.sentence.zh and "1,000.00" in call.sentence.zh and "120.00" in call.sentence.zh
    assert "120.00 change" in call.sentence.en


@pytest.mark.rule("ORD-08", "ORD-06", "WRK-01", "SEC-07")
def test_every_field_of_a_new_user_is_kept_once_and_found(cast: Cast) -> None:
    clerk, number = cast.clerk(), resident_id()
    card = cast.registered(clerk, wang(document=number, phone="13812346021"))
    home = dwelling("dw", "1", "2", "502")
    paid = cast.pay(clerk, cast.basket(clerk, card.id, home, NEW).id)
    _sent_to_zhao_gang(cast, paid)
    (order,) = orders.orders_of_basket(basket_id=paid.basket_id, scope=EVERYWHERE)
    assert order.subscription_id is not None
    line = subscriptions.subscription(subscription_id=order.subscription_id, scope=EVERYWHERE)
    who = customers.on_paper(card.id, scope=EVERYWHERE)
    place = customers.premises(line.dwelling_id, scope=EVERYWHERE)
    work = work_of(paid)
    assert (line.account_name, place.compound, place.label) == ("dw0120502", "dw", "馨苑1号楼2单元502室")
    assert (who.name, who.document, who.phone) == ("王建国", number, "13812346021")
    assert (work.installer, order.offering, order.amount) == ("赵刚", "bb20-year", Money.yuan("880"))
    assert local(line.terms[0].period.start).date() == work.start_on == date(2026, 11, 30)
    assert (work.account, work.serial, work.address) == (line.account_name, line.serial, place.label)
    assert (work.contact.name, work.contact.phone) == (who.name, who.phone)
    assert set(tables_holding("王建国")) == {"customers_party", "ledger_receipt"}
    assert tables_holding(number) == tables_holding(who.phone) == [
        "documents_document"
    ] or not tables_holding(number)


def tables_holding(words: str) -> list[str]:
    """Every table of the database in which somebody who can read it would find these words."""
    tables = [row["name"] for row in fetch_all(_TABLES)]
    assert len(tables) > 50
    return [
        name.removeprefix("public.") for name in tables if count(f"{name} t", f"t::text like '%%{words}%%'")
    ]


_TABLES = """
    select schemaname || '.' || tablename as name from pg_tables
    where schemaname in ('public', 'access') and tablename <> 'customers_premises' order by 1
"""


def _sent_to_zhao_gang(cast: Cast, paid: object) -> None:
    case = work_of(paid).id  # type: ignore[arg-type]
    clerk, manager, installer = cast.clerk("0211", "4"), cast.sign_in("0231"), cast.sign_in("0232")
    dispatch_work_order(
        intent=uuid4(), work_orders=[case], project_manager=manager.user_id, by=clerk, at=cast.now
    )
    sign_dispatch(
        intent=uuid4(), work_orders=[case], method=fieldwork.Sign.CONFIRMED, by=manager, at=cast.now
    )
    assign_installer(intent=uuid4(), work_order=case, installer=installer.user_id, by=manager, at=cast.now)


@pytest.mark.rule("ORD-09")
def test_the_first_term_starts_seven_days_after_acceptance_however_late_in_the_day(cast: Cast) -> None:
    cast.now = datetime(2026, 11, 23, 23, 59, 59, tzinfo=CHINA)
    paid = cast.new_line(cast.clerk())
    access = provisioning.access(account="dw0120502", at=cast.now, scope=EVERYWHERE)
    assert access is not None and access.standing is provisioning.Standing.WAITING
    assert access.period.start == datetime(2026, 11, 30, tzinfo=CHINA)
    assert access.period.end == datetime(2027, 11, 30, tzinfo=CHINA)
    assert work_of(paid).start_on == date(2026, 11, 30)


@pytest.mark.rule("ORD-11")
def test_the_handling_time_is_measured_without_the_time_on_hold(cast: Cast) -> None:
    clerk = cast.clerk()
    card, home = cast.registered(clerk), dwelling("dw", "1", "2", "502")
    basket = cast.basket(clerk, card.id, home, NEW)
    cast.later(seconds=50)
    hold_basket(basket_id=basket.id, reason="客户去取证件", by=clerk, at=cast.now)
    cast.later(minutes=20)
    resume_basket(basket_id=basket.id, by=clerk, at=cast.now)
    cast.later(seconds=100)
    assert cast.pay(clerk, basket.id).seconds == 150
    found = orders.handling(basket_id=basket.id, limit=180, pause_limit=30, at=cast.now, scope=EVERYWHERE)
    assert (found.seconds, found.within_limit) == (150, True)
    slow = cast.basket(clerk, card.id, home, ("router_setup", "router-setup"))
    cast.later(seconds=181)
    assert cast.pay(clerk, slow.id).seconds == 181
    late = orders.handling(basket_id=slow.id, limit=180, pause_limit=30, at=cast.now, scope=EVERYWHERE)
    assert not late.within_limit and late.hesitations


@pytest.mark.rule("LAW-03", "ADR-04")
def test_the_first_password_is_told_once_and_readable_nowhere(cast: Cast) -> None:
    intent = uuid4()
    clerk = cast.clerk()
    basket = cast.basket(clerk, cast.registered(clerk).id, dwelling("dw", "1", "2", "502"), NEW)
    paid = cast.pay(clerk, basket.id, intent=intent)
    assert paid.secrets == (("dw0120502", SECRET),)
    assert cast.pay(clerk, basket.id, intent=intent).secrets == ()
    (row,) = fetch_all("select must_change, clear_secret, pbkdf2, nt_hash from access.broadband")
    assert row["must_change"] and row["clear_secret"] is None
    assert SECRET not in row["pbkdf2"]
    assert tables_holding(SECRET) == ["policy_policyvalue"], (
        "the operator's own rule; no record of a customer"
    )


@pytest.mark.rule("FEE-02", "ADR-06")
def test_two_points_come_with_the_room_and_each_further_one_costs(cast: Cast) -> None:
    clerk = cast.clerk()
    card, home = cast.registered(clerk), dwelling("dw", "1", "2", "502")
    cast.pay(clerk, cast.basket(clerk, card.id, home, NEW).id)
    add_item(
        party_id=card.id, dwelling_id=home, offering="additional-point", business="additional_point", quantity=3,
        by=clerk, at=cast.now,
    )  # fmt: skip
    basket = cast.basket(clerk, card.id, home)
    assert basket.total == Money.yuan("90")
    cast.pay(clerk, basket.id)
    assert subscriptions.additional_points(dwelling_id=home, scope=EVERYWHERE).get("broadband", 0) == 3


@pytest.mark.rule("ORD-07")
@pytest.mark.parametrize("sold", [POINT, VISIT])
def test_what_is_done_to_a_line_bears_its_serial_on_order_and_work_order(
    cast: Cast, sold: tuple[str, str]
) -> None:
    clerk = cast.clerk()
    card, home = cast.registered(clerk), dwelling("dw", "1", "2", "502")
    cast.pay(clerk, cast.basket(clerk, card.id, home, NEW).id)
    (line,) = subscriptions.subscriptions_at(dwelling_id=home, scope=EVERYWHERE)
    basket = cast.basket(clerk, card.id, home, sold)
    paid = cast.pay(clerk, basket.id)
    (order,) = orders.orders_of_basket(basket_id=basket.id, scope=EVERYWHERE)
    assert (order.serial, work_of(paid).serial) == (line.serial, line.serial)
    assert verify_money(scope=EVERYWHERE).findings == ()


@pytest.mark.rule("ADR-07")
def test_a_line_taken_out_of_the_basket_frees_its_account_name(cast: Cast) -> None:
    li_min, zheng = cast.clerk(), cast.clerk("0211", "4")
    home = dwelling("dw", "1", "2", "502")
    basket = cast.basket(li_min, cast.registered(li_min).id, home, NEW)
    remove_item(basket_id=basket.id, item_id=basket.items[0].id, by=li_min, at=cast.now)
    other = cast.basket(zheng, cast.registered(zheng).id, home, NEW)
    assert cast.pay(zheng, other.id).amount == Money.yuan("880")
