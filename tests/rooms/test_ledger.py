"""The ledger keeps its promises in the database, whatever the program above it tries."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onehall.contexts.ledger.api import (
    CopiesMissing,
    Means,
    MeansNotOpen,
    PaidAlready,
    ReceiptStands,
    Tender,
    TendersDiffer,
    TooLittle,
    UndoneAlready,
    payment,
    payments_of_baskets,
    payments_of_party,
    post_payment,
    receipt,
    receipt_by_number,
    receipts_of_party,
    receipts_of_payment,
    reverse_payment,
    void_receipt,
)
from onehall.contexts.ledger.models import Account, Batch, Payment, Posting
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.money import Money
from tests.rooms.till import BROADBAND, LATER, NOON, OPEN, POINTS, Till, accounts, till


@pytest.fixture
def desk(db: None) -> Iterator[Till]:
    accounts()
    yield till()
    connection.check_constraints()


def balances() -> dict[str, int]:
    rows = fetch_all("select account, sum(amount)::bigint as fen from pub_ledger_posting group by account")
    return {row["account"]: row["fen"] for row in rows}


@pytest.mark.rule("LED-01", "PAY-01", "PAY-02")
def test_a_payment_debits_cash_and_credits_what_was_sold(desk: Till) -> None:
    paid = desk.pay("560.00", "600.00")

    assert (paid.amount, paid.change) == (Money.yuan("560"), Money.yuan("40"))
    assert balances() == {"1001": 56_000, BROADBAND: -56_000}
    found = payment(paid.payment, scope=desk.clerk.scope)
    assert found.tenders == (Tender(Means.CASH, Money(56_000), Money(60_000), Money(4_000)),)
    assert (found.amount, found.by, found.counter) == (paid.amount, desk.clerk.user_id, desk.counter)


@pytest.mark.rule("LED-01")
def test_several_lines_land_on_their_own_accounts(desk: Till) -> None:
    lines = [
        (BROADBAND, Money.yuan("560")),
        (POINTS, Money.yuan("50")),
        (POINTS, Money.yuan("50")),
        (BROADBAND, Money(0)),
    ]
    post_payment(
        intent=uuid4(), hall=desk.hall, counter=desk.counter, basket=desk.basket(), party=desk.party, lines=lines,
        tenders=[Tender(Means.CASH, Money.yuan("660"), Money.yuan("700"), Money.yuan("40"))],
        open_means=OPEN, policy_version=1, by=desk.clerk, at=NOON,
    )  # fmt: skip
    assert balances() == {"1001": 66_000, BROADBAND: -56_000, POINTS: -10_000}


@pytest.mark.rule("LED-01")
def test_a_batch_that_does_not_balance_is_refused(real_db: str) -> None:
    with transaction():
        accounts()
        desk = till()
    with pytest.raises(IntegrityError, match="does not balance"), transaction():
        batch = Batch.objects.create(hall_id=desk.hall, kind="payment", at=NOON)
        Posting.objects.create(batch=batch, account=Account.objects.get(code="1001"), amount=100)
        Posting.objects.create(batch=batch, account=Account.objects.get(code=BROADBAND), amount=-99)
    assert not Posting.objects.exists()


@pytest.mark.rule("LED-01")
def test_a_line_for_an_unknown_account_posts_nothing(real_db: str) -> None:
    with transaction():
        desk = till()  # no accounts are open at all
    with pytest.raises(IntegrityError), transaction():
        desk.pay()
    assert not Payment.objects.exists()


@pytest.mark.rule("LED-01", "RCP-01")
@pytest.mark.parametrize(
    "table", ["batch", "posting", "payment", "tender", "receipt", "receiptvoid", "reversal"]
)
@pytest.mark.parametrize("statement", ["update ledger_{} set id = id", "delete from ledger_{}"])
def test_the_database_refuses_to_change_money_even_for_its_owner(
    desk: Till, table: str, statement: str
) -> None:
    paid = desk.pay()
    issued = desk.receipt(paid)
    reverse_payment(payment=paid.payment, counter=desk.counter, reason="客户改主意", by=desk.clerk, at=LATER)
    void_receipt(receipt=issued.receipt, reason="当班作废", copies_present=3, by=desk.clerk, at=LATER)
    connection.check_constraints()  # nothing is pending but the statement itself
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction():
        fetch_all(statement.format(table))


@pytest.mark.rule("LED-01", "PAY-02")
@pytest.mark.parametrize(
    "forged",
    [
        "insert into ledger_tender (payment_id, means, amount, tendered, change) values (%s, 'card', 1, 1, 0)",
        "insert into ledger_tender (payment_id, means, amount, tendered, change) values (%s, 'card', 5, 9, 4)",
        "insert into ledger_tender (payment_id, means, amount, tendered, change) values (%s, 'card', -5, -5, 0)",
    ],
)
def test_tenders_never_add_up_to_something_else(real_db: str, forged: str) -> None:
    with transaction():
        accounts()
        paid = till().pay()
    with pytest.raises(IntegrityError), transaction():
        fetch_all(forged, [paid.payment])


@pytest.mark.rule("LED-01", "PAY-02")
def test_a_payment_does_not_stand_without_its_tenders(real_db: str) -> None:
    with transaction():
        accounts()
        paid = till().pay()
    with pytest.raises(IntegrityError, match="do not add up"), transaction():
        fetch_all(
            """
            with batch as (insert into ledger_batch (hall_id, kind, at)
                           select hall_id, 'payment', at from ledger_payment where id = %(paid)s returning id)
            insert into ledger_payment (intent, hall_id, counter_id, by_id, basket_id, party_id, batch_id, at, amount, policy_version)
            select gen_random_uuid(), hall_id, counter_id, by_id, basket_id + 1, party_id, batch.id, at, amount, policy_version
            from ledger_payment, batch where ledger_payment.id = %(paid)s
            """,
            {"paid": paid.payment},
        )


@pytest.mark.rule("RCP-01")
def test_a_receipt_over_another_amount_cannot_exist(real_db: str) -> None:
    with transaction():
        accounts()
        desk = till()
        paid = desk.pay()
    with pytest.raises(IntegrityError, match="receipt_bears_its_payment"), transaction():
        fetch_all(
            "insert into ledger_receipt (hall_id, payment_id, turn, kind, number, book_id, amount, payer, copies,"
            " by_id, issued_at) values (%s, %s, 1, 'receipt', '0042099', %s, 55999, '王建国', 3, %s, %s)",
            [desk.hall, paid.payment, desk.book, desk.clerk.user_id, NOON],
        )


@pytest.mark.rule("PAY-01")
def test_nothing_is_posted_for_too_little_money(desk: Till) -> None:
    short = [Tender(Means.CASH, Money.yuan("500"), Money.yuan("500"), Money(0))]
    with pytest.raises(TooLittle) as refused:
        desk.pay("560.00", tenders=short)
    assert "还差 60.00 元" in refused.value.sentence("zh")
    assert balances() == {}


@pytest.mark.rule("PAY-01")
def test_a_means_that_is_not_open_is_refused_by_name(desk: Till) -> None:
    by_phone = [Tender(Means.WECHAT, Money.yuan("560"), Money.yuan("560"), Money(0))]
    with pytest.raises(MeansNotOpen) as refused:
        desk.pay("560.00", tenders=by_phone)
    assert "微信支付" in refused.value.sentence("zh")
    assert "现金" in refused.value.alternative("zh")
    assert "WeChat Pay" in refused.value.sentence("en")


@pytest.mark.rule("LED-01")
def test_tenders_that_claim_another_change_are_refused(desk: Till) -> None:
    with pytest.raises(TendersDiffer):
        desk.pay(
            "560.00", tenders=[Tender(Means.CASH, Money.yuan("560"), Money.yuan("600"), Money.yuan("41"))]
        )


@pytest.mark.rule("LED-01")
def test_a_basket_is_paid_once(desk: Till) -> None:
    basket = desk.basket()
    paid = desk.pay(basket=basket)
    assert [found.id for found in payments_of_baskets([basket], scope=desk.clerk.scope)] == [paid.payment]
    with pytest.raises(PaidAlready), transaction():
        desk.pay(basket=basket)


@pytest.mark.rule("RCP-01")
def test_a_receipt_bears_its_payment_and_a_spoiled_one_is_replaced(real_db: str) -> None:
    with transaction():
        accounts()
        desk = till()
        paid = desk.pay()
        first = desk.receipt(paid, "0042037")
    assert (first.amount, first.turn) == (paid.amount, 1)

    with pytest.raises(ReceiptStands), transaction():
        desk.receipt(paid, "0042038")
    with pytest.raises(CopiesMissing), transaction():
        void_receipt(receipt=first.receipt, reason="打印卡纸", copies_present=2, by=desk.clerk, at=LATER)
    with transaction():
        void_receipt(receipt=first.receipt, reason="打印卡纸", copies_present=3, by=desk.clerk, at=LATER)
        second = desk.receipt(paid, "0042038")
    with pytest.raises(UndoneAlready), transaction():
        void_receipt(receipt=first.receipt, reason="打印卡纸", copies_present=3, by=desk.clerk, at=LATER)

    kept = receipts_of_payment(paid.payment, scope=desk.clerk.scope)
    assert [(r.number, r.turn, r.void_reason) for r in kept] == [
        ("0042037", 1, "打印卡纸"),
        ("0042038", 2, ""),
    ]
    assert receipt(second.receipt, scope=desk.clerk.scope) == kept[1]


@pytest.mark.rule("RCP-01")
def test_a_receipt_number_is_used_once(desk: Till) -> None:
    desk.receipt(desk.pay(), "0042037")
    with pytest.raises(IntegrityError, match="receipt_number"), transaction():
        desk.receipt(desk.pay(), "0042037")


@pytest.mark.rule("LED-01")
def test_a_reversal_undoes_the_whole_payment_once(real_db: str) -> None:
    with transaction():
        accounts()
        desk = till()
        paid = desk.pay("560.00", "600.00")
    with transaction():
        undone = reverse_payment(
            payment=paid.payment, counter=desk.counter, reason="客户改主意", by=desk.clerk, at=LATER
        )

    assert undone.refunds == ((Means.CASH, Money.yuan("560")),)
    assert balances() == {"1001": 0, BROADBAND: 0}
    assert payment(paid.payment, scope=desk.clerk.scope).reversed_at == LATER
    with pytest.raises(UndoneAlready), transaction():
        reverse_payment(
            payment=paid.payment, counter=desk.counter, reason="又来一次", by=desk.clerk, at=LATER
        )
    with pytest.raises(ReceiptStands), transaction():
        desk.receipt(paid)


def test_another_halls_money_is_not_found(desk: Till) -> None:
    paid = desk.pay()
    issued = desk.receipt(paid)
    stranger = Scope.of(desk.hall + 1)
    for ask in (
        lambda: payment(paid.payment, scope=stranger),
        lambda: receipt(issued.receipt, scope=stranger),
        lambda: receipt_by_number("receipt", issued.number, scope=stranger),
    ):
        with pytest.raises(NotFound):
            ask()
    assert payments_of_party(desk.party, scope=stranger) == ()
    assert receipts_of_party(desk.party, scope=stranger) == ()
    assert receipts_of_party(desk.party, scope=desk.clerk.scope)[0].payer == "王建国"


@pytest.mark.rule("LED-01")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fen=st.lists(st.integers(1, 10**9), min_size=1, max_size=6), extra=st.integers(0, 10**6))
def test_whatever_is_paid_the_books_sum_to_zero(desk: Till, fen: list[int], extra: int) -> None:
    due = Money(sum(fen))
    before = balances()
    post_payment(
        intent=uuid4(), hall=desk.hall, counter=desk.counter, basket=desk.basket(), party=desk.party,
        lines=[(BROADBAND if place % 2 else POINTS, Money(amount)) for place, amount in enumerate(fen)],
        tenders=[Tender(Means.CASH, due, due + Money(extra), Money(extra))],
        open_means=OPEN, policy_version=1, by=desk.clerk, at=NOON,
    )  # fmt: skip
    after = balances()
    assert sum(after.values()) == 0
    assert after["1001"] - before.get("1001", 0) == due.fen
