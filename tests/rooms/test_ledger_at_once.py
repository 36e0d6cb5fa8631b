"""Two clerks, one instant, real commits: one is served, the other is told."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from onehall.contexts.ledger.api import PaidAlready, ReceiptStands, payments_of_baskets, receipts_of_payment
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Scope
from tests.rooms.till import accounts, till


@pytest.mark.rule("LED-01")
def test_of_two_clerks_who_take_money_for_one_basket_one_is_told_it_is_paid(real_db: str) -> None:
    with transaction():
        accounts()
        desk = till()
        basket = desk.basket()

    def attempt(_: int) -> str:
        try:
            with transaction():
                desk.pay(basket=basket)
            return "paid"
        except PaidAlready:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(attempt, range(2)))
    assert outcomes == ["paid", "refused"]
    assert len(payments_of_baskets([basket], scope=Scope.operator())) == 1


@pytest.mark.rule("RCP-01")
def test_of_two_receipts_for_one_payment_one_is_refused(real_db: str) -> None:
    with transaction():
        accounts()
        desk = till()
        paid = desk.pay()

    def attempt(number: str) -> str:
        try:
            with transaction():
                desk.receipt(paid, number)
            return "issued"
        except ReceiptStands:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(attempt, ["0042037", "0042038"]))
    assert outcomes == ["issued", "refused"]
    assert len(receipts_of_payment(paid.payment, scope=Scope.operator())) == 1
