"""Forms with fields that the person may not set, or that no screen sends: ignored or refused, never obeyed (SEC-10)."""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.foundation.database import fetch_all
from onehall.foundation.identity.middleware import SESSION_COOKIE
from onehall.foundation.scopes import Scope
from onehall.foundation.values.money import Money
from tests.cast import count
from tests.entrances.hall_at_work import HallAtWork, SignedIn, hall_at_work
from tests.entrances.untouched import undone, written

EVERYWHERE = Scope.operator()


@pytest.fixture(scope="module")
def at_work(shared_hall: str, django_db_blocker: object) -> Iterator[HallAtWork]:
    with hall_at_work(shared_hall, django_db_blocker) as work:
        yield work


@pytest.fixture
def work(at_work: HallAtWork) -> Iterator[HallAtWork]:
    with undone():
        yield at_work


def browser(session: SignedIn) -> Client:
    client = Client(raise_request_exception=False)
    client.cookies = SimpleCookie({SESSION_COOKIE: session.token})
    return client


def forged(work: HallAtWork) -> dict[str, Any]:
    """Everything about a payment that the session decides, as somebody else would like it."""
    other = work.elsewhere["clerk"].actor
    return {
        "hall": other.hall_id, "hall_id": other.hall_id, "counter": other.counter_id, "counter_id": other.counter_id,
        "by": other.user_id, "by_id": other.user_id, "at": "2020-01-01T00:00:00Z", "amount": "1.00", "amount_fen": "1",
        "fen": "1", "price": "1.00", "receipt_number": "0000001", "policy_version": "1", "party_id": "1", "state": "settled",
    }  # fmt: skip


@pytest.mark.rule("SEC-10", "PAY-01")
def test_a_payment_is_whose_session_it_is_and_costs_what_the_basket_costs(work: HallAtWork) -> None:
    clerk = work.here["clerk"]
    basket = work.records["open_basket"]
    form = {**forged(work), "intent": str(uuid4()), "due": "30.00", "received": "50.00"}
    assert browser(clerk).post(f"/desk/baskets/{basket}/payment", form).status_code < 400
    (paid,) = ledger.payments_of_baskets([basket], scope=EVERYWHERE)
    assert (paid.hall, paid.counter, paid.by) == (
        clerk.actor.hall_id,
        clerk.actor.counter_id,
        clerk.actor.user_id,
    )
    assert (paid.amount, paid.at.year) == (Money.yuan("30"), clerk_year(work))


def clerk_year(work: HallAtWork) -> int:
    """The year of the request itself, as the trail has it."""
    (row,) = fetch_all("select extract(year from max(at))::int as year from audit_auditentry")
    return int(row["year"])


@pytest.mark.rule("SEC-10", "LED-01")
@pytest.mark.parametrize(
    "due", ["0.00", "0.01", "29.99", "-30.00", "1e3", "NaN", "30.001", "", "999999999999999999", "๓๐"]
)
def test_another_sum_than_the_baskets_takes_no_money(work: HallAtWork, due: str) -> None:
    basket = work.records["open_basket"]
    form = {"intent": str(uuid4()), "due": due, "received": "1000.00"}
    answer = browser(work.here["clerk"]).post(f"/desk/baskets/{basket}/payment", form)
    assert 400 <= answer.status_code < 500
    assert written() == work.before


@pytest.mark.rule("SEC-10", "CAT-01")
def test_an_item_costs_its_price_whatever_the_form_says(work: HallAtWork) -> None:
    clerk, party, home = work.here["clerk"], work.records["party"], work.records["home"]
    form = {**forged(work), "choice": "additional_point:additional-point", "home": home, "quantity": "2"}
    assert browser(clerk).post(f"/desk/customers/{party}/items", form).status_code < 400
    basket = orders.basket(basket_id=work.records["open_basket"], scope=EVERYWHERE)
    assert [item.draft.amount.text for item in basket.items] == ["30.00", "60.00"]
    assert (basket.hall_id, basket.by_id) == (clerk.actor.hall_id, clerk.actor.user_id)


@pytest.mark.rule("SEC-10", "ORD-05")
@pytest.mark.parametrize(
    "choice",
    [
        "new_broadband:tea100-quarter",
        "renewal:router-setup",
        "free:bb20-year",
        "",
        ":",
        "new_broadband:bb20-year' or 1=1",
    ],
)
def test_what_is_not_for_sale_here_is_refused(work: HallAtWork, choice: str) -> None:
    form = {"choice": choice, "home": work.records["home"], "quantity": "1"}
    answer = browser(work.here["clerk"]).post(f"/desk/customers/{work.records['party']}/items", form)
    assert 400 <= answer.status_code < 500
    assert written() == work.before


@pytest.mark.rule("SEC-10")
@pytest.mark.parametrize("quantity", ["-1", "1.5", "9" * 20, "zwei"])
def test_a_quantity_that_cannot_be_is_refused(work: HallAtWork, quantity: str) -> None:
    form = {"choice": "additional_point:additional-point", "home": work.records["home"], "quantity": quantity}
    answer = browser(work.here["clerk"]).post(f"/desk/customers/{work.records['party']}/items", form)
    assert 400 <= answer.status_code < 500
    assert written() == work.before


@pytest.mark.rule("SEC-10", "ORG-06")
def test_nobody_gives_themselves_rights_or_another_hall_with_a_form(work: HallAtWork) -> None:
    form = {
        **forged(work),
        "permissions": "policy.change",
        "role": "manager",
        "old": "x",
        "new": "new-pass-9",
        "again": "new-pass-9",
    }
    grants = count("identity_grant")
    for address in ("/account/password", "/preferences", "/desk/drawer"):
        assert browser(work.here["clerk"]).post(address, {**form, "intent": str(uuid4())}).status_code < 500
    assert count("identity_grant") == grants
    assert browser(work.here["clerk"]).get("/board/policies/").status_code == 403


@pytest.mark.rule("SEC-01", "SEC-02", "SEC-07")
def test_another_halls_clerk_sees_the_customer_masked_until_a_purpose_is_stated(work: HallAtWork) -> None:
    party = work.records["party"]
    client = browser(work.elsewhere["clerk"])
    before = client.get(f"/desk/customers/{party}").content.decode()
    assert client.post(f"/desk/customers/{party}/particulars?field=phone:1").status_code == 403
    assert (
        client.post(
            f"/desk/customers/{party}/purpose", {"purpose": "id_document", "for_another": "1"}
        ).status_code
        == 403
    )
    assert client.post(f"/desk/customers/{party}/purpose", {"purpose": "id_document"}).status_code == 303
    after = client.get(f"/desk/customers/{party}").content.decode()
    number, phone = work.personal[1], work.personal[2]
    for page in (before, after):
        assert number not in page and phone not in page
    assert "dw0120502" not in before and "dw0120502" in after
    (field,) = fetch_all(
        "select 'phone:' || id as name from customers_contact where party_id = %(p)s", {"p": party}
    )
    shown = client.post(f"/desk/customers/{party}/particulars?field={field['name']}").content.decode()
    assert phone in shown.replace(" ", "")
    told = [
        row["action"] for row in fetch_all("select action from audit_auditentry order by id desc limit 5")
    ]
    assert told == [
        "customer.field_revealed",
        "customer.received",
        "customer.opened",
        "customer.access_refused",
        "customer.access_refused",
    ]
