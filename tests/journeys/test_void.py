"""A sale taken back in its own shift: the receipt is void and kept, the number is never used again."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from onehall.contexts.custody import api as custody
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.database import fetch_all
from onehall.foundation.documents.queries import documents_of, verify_code
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.money import Money
from onehall.journeys.take_payment import PaymentTaken
from onehall.journeys.void_sale import SaleVoided, void_sale
from onehall.readings.verification import verify_money
from tests.cast import Cast, count, dwelling, receipt_of, work_of

EVERYWHERE = Scope.operator()


def void(
    cast: Cast, paid: PaymentTaken, by: Actor, copies: int = 3, reason: str = "客户改主意"
) -> SaleVoided:
    return void_sale(
        payment_id=paid.payment_id, reason=reason, copies_present=copies, intent=uuid4(), by=by, at=cast.now
    )


@pytest.mark.rule("RCP-01", "LED-01")
def test_a_void_gives_everything_back_and_keeps_the_receipt_in_its_book(cast: Cast) -> None:
    clerk = cast.clerk()
    paid = cast.new_line(clerk)
    spoiled = receipt_of(paid)
    cast.later(minutes=5)
    assert void(cast, paid, clerk).amount == Money.yuan("880")
    kept = receipt_of(paid)
    assert (kept.number, kept.amount, kept.void_reason) == (spoiled.number, spoiled.amount, "客户改主意")
    assert kept.voided_at == cast.now
    (paper,) = documents_of("receipt", kept.id, scope=EVERYWHERE)
    assert verify_code(paper.code) is not None, "whoever holds the paper can still ask about it"
    drawer = custody.drawer_of_clerk(clerk.user_id, scope=EVERYWHERE)
    assert drawer is not None and custody.drawer_balance(drawer.id, scope=EVERYWHERE) == Money.yuan("500")
    assert subscriptions.subscriptions_at(dwelling_id=dwelling("dw", "1", "2", "502"), scope=EVERYWHERE) == ()
    assert {o.state for o in orders.orders_of_basket(basket_id=paid.basket_id, scope=EVERYWHERE)} == {
        orders.OrderState.VOID
    }
    assert work_of(paid).state.value == "withdrawn"
    again = cast.new_line(clerk)
    assert int(again.receipt_number[-6:]) == int(spoiled.number[-6:]) + 1, (
        "the spoiled number is not used again"
    )
    assert fetch_all("select sum(amount) as sum from ledger_posting") == [{"sum": 0}]
    assert verify_money(scope=EVERYWHERE).findings == ()


@pytest.mark.rule("RCP-01", "ORD-05")
@pytest.mark.parametrize("copies", [0, 2, 4])
def test_a_receipt_is_void_with_every_copy_or_not_at_all(cast: Cast, copies: int) -> None:
    clerk = cast.clerk()
    paid = cast.new_line(clerk)
    with pytest.raises(ledger.CopiesMissing) as refused:
        void(cast, paid, clerk, copies)
    assert refused.value.rule == "RCP-01" and "3" in refused.value.sentence("zh")
    assert receipt_of(paid).voided_at is None
    assert count("ledger_reversal") == count("orders_ordervoid") == 0


@pytest.mark.rule("RCP-01")
def test_a_sale_is_voided_by_whoever_made_it_in_its_own_shift_and_once(cast: Cast) -> None:
    clerk, colleague = cast.clerk(), cast.clerk("0211", "4")
    paid = cast.new_line(clerk)
    with pytest.raises(Refusal) as refused:
        void(cast, paid, colleague)
    assert refused.value.rule and receipt_of(paid).voided_at is None
    void(cast, paid, clerk)
    with pytest.raises(Refusal):
        void(cast, paid, clerk)
    assert count("ledger_reversal") == 1


@pytest.mark.rule("RCP-01", "LED-01")
@pytest.mark.parametrize(
    "statement",
    [
        "update ledger_receipt set amount = amount - 1",
        "update ledger_receipt set number = '0000000'",
        "update ledger_receipt set payer = '别人'",
        "delete from ledger_receipt",
        "update ledger_posting set amount = 0",
        "delete from ledger_posting",
        "update ledger_payment set amount = 1",
        "update numbers_book set next = next - 1",
        "delete from numbers_book",
    ],
)
def test_the_database_itself_refuses_to_alter_a_receipt_or_money(cast: Cast, statement: str) -> None:
    paid = cast.new_line(cast.clerk())
    with pytest.raises(DatabaseError), transaction.atomic():
        fetch_all(statement)
    assert receipt_of(paid).amount == paid.amount


@pytest.mark.rule("RCP-01")
def test_receipts_bear_the_payment_and_number_without_gaps(cast: Cast) -> None:
    clerk = cast.clerk()
    rooms = ("101", "102", "201", "202")
    paid = [
        cast.new_line(clerk, room, offering)
        for room, offering in zip(rooms, ("bb20-year", "bb4-month") * 2, strict=True)
    ]
    receipts = [receipt_of(one) for one in paid]
    assert [receipt.amount.text for receipt in receipts] == ["880.00", "60.00", "880.00", "60.00"]
    numbers = [int(receipt.number[-6:]) for receipt in receipts]
    assert numbers == list(range(numbers[0], numbers[0] + 4))
    assert [receipt.payer for receipt in receipts] == ["王建国"] * 4
