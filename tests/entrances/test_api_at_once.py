"""Pressed twice, several at once, the answer lost: over the API as at the desk there is one sale (ORD-13, ADR-07)."""

from typing import Any
from uuid import uuid4

import pytest

from tests.cast import Cast, count
from tests.entrances.programme import Answer, Programme, customer, float_500
from tests.entrances.test_api_walk import room
from tests.journeys.at_once import at_once, killed_after, sound

HANDS = 4


def basket_of(clerk: Programme, address: str = "dw1-2-502") -> dict[str, Any]:
    party = clerk.do("/customers", customer())["id"]
    item = {"home": room(clerk, address), "business": "new_broadband", "offering": "bb20-year"}
    basket: dict[str, Any] = clerk.do(f"/customers/{party}/items", item)
    return basket


def till() -> Programme:
    clerk = Programme.of("0213", counter="3")
    clerk.do("/drawer", float_500())
    return clerk


@pytest.mark.rule("ORD-13", "LED-03")
def test_the_same_payment_sent_by_several_threads_at_once_is_taken_once(real_cast: Cast) -> None:
    clerk = till()
    basket = basket_of(clerk)
    paid = {"due_fen": basket["total"], "tendered_fen": basket["total"]}
    key = uuid4()

    def press() -> Answer:
        return Programme(clerk.token).post(f"/baskets/{basket['id']}/payment", paid, key=key)

    answers = at_once(*[press] * HANDS)
    assert [answer.status for answer in answers] == [201] * HANDS
    told = [{**answer.json, "secrets": []} for answer in answers]
    assert all(one == told[0] for one in told)
    assert sum(bool(answer.json["secrets"]) for answer in answers) == 1
    assert (count("ledger_payment"), count("ledger_receipt"), count("orders_serviceorder")) == (1, 1, 1)
    other = at_once(
        *[lambda: Programme(clerk.token).post(f"/baskets/{basket['id']}/payment", paid, key=uuid4())] * 2
    )
    assert {answer.json["code"] for answer in other} == {"orders.basket_settled"}
    sound()


@pytest.mark.rule("ORD-13")
def test_a_retry_gets_the_first_answer_and_another_body_is_refused(cast: Cast) -> None:
    clerk = till()
    basket = basket_of(clerk)
    paid = {"due_fen": basket["total"], "tendered_fen": basket["total"]}
    key, address = uuid4(), f"/baskets/{basket['id']}/payment"
    first = clerk.post(address, paid, key=key)
    again = clerk.post(address, paid, key=key)
    assert again.status == 201 and again.json["receipt_number"] == first.json["receipt_number"]
    assert again.json["secrets"] == []
    other = clerk.post(address, {**paid, "tendered_fen": basket["total"] + 100}, key=key)
    assert (other.status, other.json["code"]) == (422, "idempotency.reused")
    elsewhere = clerk.post("/drawer/movements", {"direction": "in", "amount_fen": 5, "reason": "x"}, key=key)
    assert (elsewhere.status, elsewhere.json["code"]) == (422, "idempotency.reused")
    colleague = Programme.of("0211", counter="2")
    assert colleague.post(address, paid, key=key).json["code"] == "idempotency.reused"
    assert count("ledger_payment") == 1


@pytest.mark.rule("ORD-13")
def test_a_customer_and_an_item_sent_twice_are_one(cast: Cast) -> None:
    clerk = till()
    given, key = customer(), uuid4()
    first, again = (clerk.post("/customers", given, key=key).good() for _ in range(2))
    assert first == again and count("customers_party") == 1
    known = clerk.post("/customers", given, key=uuid4())
    assert (known.status, known.json["party_id"]) == (409, first["id"])
    item = {"home": room(clerk, "dw1-2-502"), "business": "new_broadband", "offering": "bb20-year"}
    key = uuid4()
    put, anew = (clerk.post(f"/customers/{first['id']}/items", item, key=key).good() for _ in range(2))
    assert put == anew and len(put["items"]) == 1
    third = clerk.post(f"/customers/{first['id']}/items", item, key=uuid4())
    assert third.json["code"] == "orders.item_repeated"


@pytest.mark.rule("ORD-13", "LED-03")
@pytest.mark.parametrize("statements", [3, 9, 15])
def test_an_answer_that_was_lost_is_asked_for_again_and_nothing_is_half_done(
    real_cast: Cast, statements: int
) -> None:
    """The connection is cut in the middle of the payment: a 503, nothing booked; the same key then pays once."""
    clerk = till()
    basket = basket_of(clerk)
    paid = {"due_fen": basket["total"], "tendered_fen": basket["total"]}
    key, address = uuid4(), f"/baskets/{basket['id']}/payment"
    with killed_after(statements):
        lost = clerk.post(address, paid, key=key)
    assert lost.status == 503 and lost.type == "application/problem+json"
    assert (count("ledger_payment"), count("custody_drawerentry")) == (0, 0)
    assert clerk.post(address, paid, key=key).status == 201
    assert clerk.post(address, paid, key=key).status == 201
    assert count("ledger_payment") == 1
    sound()


@pytest.mark.rule("ADR-07")
def test_two_programmes_claim_the_same_account_name_at_once_and_one_gets_it(real_cast: Cast) -> None:
    first = till()
    second = Programme.of("0211", counter="2")
    second.do("/drawer", float_500())
    home = room(first, "dw1-2-502")
    parties = [first.do("/customers", customer())["id"], second.do("/customers", customer("李四"))["id"]]
    item = {"home": home, "business": "new_broadband", "offering": "bb20-year"}

    def claim(programme: Programme, party: int) -> Any:
        return lambda: Programme(programme.token).post(f"/customers/{party}/items", item, key=uuid4())

    answers = at_once(claim(first, parties[0]), claim(second, parties[1]))
    assert sorted(answer.status for answer in answers) == [201, 409]
    loser = next(answer for answer in answers if answer.status == 409)
    assert loser.json["code"].startswith("numbers.") and loser.json["rule"] == "ADR-07"
    winner = next(answer for answer in answers if answer.status == 201).json
    holder = first if winner["party_id"] == parties[0] else second
    paid = {"due_fen": winner["total"], "tendered_fen": winner["total"]}
    holder.do(f"/baskets/{winner['id']}/payment", paid)
    assert count("subscriptions_subscription", "account_name = 'dw0120502'") == 1
    sound()
