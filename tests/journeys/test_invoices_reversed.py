"""Red invoices, what the database keeps by itself, and what verify names (RCP-03, RCP-05, LAW-31)."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection

from onehall.contexts.invoicing import api as invoicing
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.scopes import NotPermitted
from onehall.foundation.values.ids import OrderId
from onehall.foundation.values.money import Money
from onehall.journeys.issue_invoice import issue_invoice
from onehall.journeys.withdraw_invoice import withdraw_invoice
from onehall.readings.verification import verify_money
from onehall.runs.issue_invoices import issue_invoices
from tests.cast import Cast
from tests.journeys.test_invoices import (
    EVERYWHERE,
    ISSUED,
    PAPER,
    Office,
    ask,
    boss,
    boss_with_book,
    now,
    reverse,
    void,
)


@pytest.mark.rule("RCP-05", "LAW-31", "RCP-03")
def test_an_invoiced_sale_is_taken_back_only_after_the_red_letter(cast: Cast) -> None:
    clerk, manager, office = cast.clerk(), boss(cast), Office()
    paid = cast.new_line(clerk)
    order = OrderId(fetch_all("select id from orders_serviceorder")[0]["id"])
    blue = ask(cast, paid, clerk)
    with pytest.raises(invoicing.InvoiceRefused, match="红冲"):
        void(cast, paid, clerk)
    with pytest.raises(invoicing.InvoiceRefused, match="没有开出"):
        reverse(cast, blue, manager)
    issue_invoices(tax_side=office, at=cast.now)
    with pytest.raises(NotPermitted):
        reverse(cast, blue, clerk)
    part = reverse(cast, blue, manager, {order: Money.yuan("80")})
    with pytest.raises(invoicing.InvoiceRefused, match=r"800\.00"):
        reverse(cast, blue, manager, {order: Money.yuan("800.01")})
    with pytest.raises(invoicing.InvoiceRefused):
        ask(cast, paid, clerk)
    issue_invoices(tax_side=office, at=cast.now)
    assert office.asked[-1].red_of == now(cast, blue).number and now(cast, part).amount == Money.yuan("-80")
    fresh = ask(cast, paid, clerk)
    assert fresh.amount == Money.yuan("80"), "what was reversed may be invoiced anew"
    withdraw_invoice(invoice_id=fresh.id, reason="不要了", by=clerk, at=cast.now)
    reverse(cast, blue, manager)
    with pytest.raises(invoicing.InvoiceRefused, match=r"800\.00"):
        void(cast, paid, clerk)
    issue_invoices(tax_side=office, at=cast.now)
    assert now(cast, blue).state is ISSUED, "the blue one is never deleted"
    assert void(cast, paid, clerk).amount == Money.yuan("880")
    with pytest.raises(invoicing.InvoiceRefused) as empty:
        ask(cast, paid, clerk)
    assert "空开" in empty.value.alternative("zh") and empty.value.rule == "RCP-03"
    assert verify_money(scope=EVERYWHERE, row_by_row=True).findings == ()


@pytest.mark.rule("RCP-03", "RCP-04", "LAW-31")
@pytest.mark.parametrize(
    ("change", "promise"),
    [
        ("amount = 88001", "invoice_within_payment"), ("amount = -1", "invoice_sign"), ("amount = 500", "invoice_is_its_lines"),
        ("order", "invoice_shows_paid_services"), ("delete from invoicing_invoice", "Cannot update or delete"),
        ("update invoicing_invoiceline set tax = 0", "Cannot update or delete"),
    ],
)  # fmt: skip
def test_the_database_keeps_it_by_itself(cast: Cast, change: str, promise: str) -> None:
    clerk = cast.clerk()
    paid, strange = cast.new_line(clerk), cast.new_line(clerk, "301")
    one = ask(cast, paid, clerk)
    withdraw_invoice(invoice_id=one.id, reason="试", by=clerk, at=cast.now)
    foreign = f"(select id from orders_serviceorder where basket_id = {strange.basket_id})"
    amount = change.removeprefix("amount = ") if change.startswith("amount") else "88000"
    copy = (
        "insert into invoicing_invoice (hall_id, payment_id, receipt_id, serial, kind, amount, title, reason, asked_at, ready_on,"
        f" collect_by, by_id) select hall_id, payment_id, receipt_id, 'X', kind, {amount}, title, '', asked_at, ready_on,"
        " collect_by, by_id from invoicing_invoice returning id"
    )
    line = (
        "insert into invoicing_invoiceline (invoice_id, order_id, name_zh, name_en, quantity, amount, category, tax)"
        f" select max(id), {foreign}, '试', 'x', 1, 88000, '601', 0 from invoicing_invoice returning id"
    )
    with pytest.raises(DatabaseError, match=promise), transaction():
        if change.startswith(("delete", "update")):
            fetch_all(f"{change} returning id")
        fetch_all(copy)
        if change == "order":
            fetch_all(line)
        fetch_all("set constraints all immediate")


@pytest.mark.rule("RCP-04", "RCP-03", "LAW-31", "RCP-01")
def test_verify_names_an_invoice_that_the_database_no_longer_keeps(cast: Cast) -> None:
    clerk = cast.clerk()
    manager = boss_with_book(cast)
    paid, second = cast.new_line(clerk), cast.new_line(clerk, "301")
    one = ask(cast, paid, manager, kind=PAPER)
    issue_invoice(invoice_id=one.id, intent=uuid4(), by=manager, at=cast.now)
    reverse(cast, one, manager)
    assert verify_money(scope=EVERYWHERE, row_by_row=True).findings == ()
    connection.check_constraints()
    fetch_all("set local session_replication_role = replica")
    fetch_all("update invoicing_invoice set amount = 99000 where of_id is null returning id")
    fetch_all("update invoicing_invoice set amount = -99001 where of_id is not null returning id")
    fetch_all(
        "update invoicing_invoicestep set number = '1' where id = (select min(id) from invoicing_invoicestep) returning id"
    )
    foreign = f"(select id from orders_serviceorder where basket_id = {second.basket_id})"
    fetch_all(f"update invoicing_invoiceline set order_id = {foreign} where amount > 0 returning id")
    found = {one.title.zh for one in verify_money(scope=EVERYWHERE).findings}
    assert {
        "发票不超过收款",
        "红字不超过蓝字",
        "发票金额等于各行合计",
        "发票只开已付款的业务",
        "发票号码都用在发票上或已作废",
    } <= found
