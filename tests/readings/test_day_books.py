"""Accounts, cash and stubs are each counted by themselves; a difference is named by its document (LED-02, CSH-02, CSH-03)."""

from uuid import uuid4

import pytest
from django.db import connection

from onehall.contexts.custody.models import DrawerEntry, DrawerSession
from onehall.contexts.ledger.api import issue_receipt
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import day_of
from onehall.journeys.void_sale import void_sale
from onehall.readings.day_books import accounts, differences, journal, stubs, three_way
from tests.cast import Cast, receipt_of
from tests.rooms.till import NOON, Till, till
from tests.rooms.till import accounts as chart

MANY = 200


def busy(number: int) -> Till:
    """A clerk with so many payments of 5.60 on one day, each in the drawer and with its receipt."""
    chart()
    desk = till()
    shift = DrawerSession.objects.create(
        hall_id=desk.hall, counter_id=desk.counter, by_id=desk.clerk.user_id, opened_at=NOON, expected_float=0,
        opening_float=0, counted={},
    )  # fmt: skip
    for turn in range(number):
        paid = desk.pay("5.60", "6.00")
        issue_receipt(
            payment=paid.payment, kind="receipt", number=f"{50_000 + turn:07d}", book=desk.book, payer="王建国", copies=3,
            by=desk.clerk, at=NOON,
        )  # fmt: skip
        DrawerEntry.objects.create(
            drawer=shift,
            kind="sale",
            means="cash",
            received=600,
            given=40,
            amount=560,
            payment_id=paid.payment,
            at=NOON,
        )
    return desk


@pytest.mark.rule("LED-02", "CSH-02", "CSH-03")
def test_two_hundred_receipts_agree_and_none_agree_too(db: None) -> None:
    with transaction():
        desk = busy(MANY)
    span, scope = day_of(NOON.date()), desk.clerk.scope
    (line,) = three_way(hall=desk.hall, span=span, scope=scope)
    assert (line.payments, line.account, line.agrees) == (MANY, Money(560 * MANY), True)
    assert differences(hall=desk.hall, span=span, limit=9, scope=scope) == ()
    found = stubs(hall=desk.hall, span=span, scope=scope)
    assert (found.issued, found.void, found.first, found.last) == (
        MANY,
        0,
        "0050000",
        f"{50_000 + MANY - 1:07d}",
    )
    lines = journal(hall=desk.hall, by=desk.clerk.user_id, span=span, scope=scope)
    assert len(lines) == MANY and lines[-1].balance == Money(560 * MANY)
    empty = day_of(NOON.replace(day=1).date())
    assert three_way(hall=desk.hall, span=empty, scope=scope) == ()
    assert differences(hall=desk.hall, span=empty, limit=9, scope=scope) == ()
    assert stubs(hall=desk.hall, span=empty, scope=scope).issued == 0
    with pytest.raises(NotFound):
        three_way(hall=desk.hall, span=span, scope=Scope.of(desk.hall + 1))


@pytest.mark.rule("LED-02", "CSH-03")
@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("update custody_drawerentry set received = received - 1, amount = amount - 1 where payment_id = %s", "cash"),
        ("update ledger_receipt set amount = amount - 1 where payment_id = %s", "stubs"),
        ("delete from ledger_receipt where payment_id = %s", "stubs"),
        ("update ledger_posting set amount = amount - 1 where batch_id = (select batch_id from ledger_payment where id = %s) and amount > 0", "account"),
    ],
)  # fmt: skip
def test_the_one_payment_that_differs_by_a_fen_is_named(real_db: str, statement: str, part: str) -> None:
    with transaction():
        desk = busy(5)
        odd = fetch_all("select id from ledger_payment order by id offset 2 limit 1")[0]["id"]
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(statement, [odd])
        cursor.execute("set session_replication_role = origin")
    span, scope = day_of(NOON.date()), desk.clerk.scope
    (found,) = differences(hall=desk.hall, span=span, limit=9, scope=scope)
    assert found.id == odd
    amounts = {name: getattr(found, name).fen for name in ("account", "cash", "stubs")}
    assert amounts.pop(part) < 560 and set(amounts.values()) == {560}
    (line,) = three_way(hall=desk.hall, span=span, scope=scope)
    assert not line.agrees


@pytest.mark.rule("LED-02")
def test_a_sale_taken_back_the_same_day_comes_to_nothing_in_all_three(cast: Cast) -> None:
    clerk = cast.clerk()
    kept, undone = cast.new_line(clerk), cast.new_line(clerk, "301")
    number = receipt_of(undone).number
    void_sale(
        payment_id=undone.payment_id, reason="收错", copies_present=3, intent=uuid4(), by=clerk, at=cast.now
    )
    span = day_of(cast.now.date())
    (line,) = three_way(hall=clerk.hall_id, span=span, scope=clerk.scope)
    assert (line.clerk, line.payments, line.account, line.agrees) == ("李敏", 2, kept.amount, True)
    rows = {
        one.code: (one.debit, one.credit)
        for one in accounts(hall=clerk.hall_id, span=span, scope=clerk.scope)
    }
    assert rows["1001"] == (kept.amount + undone.amount, undone.amount)
    said = journal(hall=clerk.hall_id, by=clerk.user_id, span=span, scope=clerk.scope)
    assert [one.kind for one in said] == ["sale", "sale", "refund"] and said[-1].receipt == number
    assert said[-1].balance == kept.amount
