"""An invoice on its way: asked for with the receipt, made by the tax side or from a book, collected, reversed (RCP-03..05, LAW-31)."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError

from onehall.contexts.invoicing import api as invoicing
from onehall.contexts.numbers import api as numbers
from onehall.foundation.audit import trail
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.scopes import Actor, NotFound, NotPermitted, Scope
from onehall.foundation.values.ids import OrderId
from onehall.foundation.values.money import Money
from onehall.journeys.collect_invoice import collect_invoice
from onehall.journeys.decide_approval import decide_approval
from onehall.journeys.issue_invoice import issue_invoice
from onehall.journeys.request_invoice import InvoiceAsked, request_invoice
from onehall.journeys.reverse_invoice import reverse_invoice
from onehall.journeys.sign_invoice import sign_invoice
from onehall.journeys.take_payment import PaymentTaken
from onehall.journeys.void_sale import void_sale
from onehall.journeys.withdraw_invoice import withdraw_invoice
from onehall.readings.verification import verify_money
from onehall.runs.issue_invoices import issue_invoices
from onehall.steps.invoices import INVOICE_BOOK, HandwrittenAwaited
from tests.cast import Cast, count, credit_code, dwelling, receipt_of
from tests.journeys.at_once import at_once

EVERYWHERE = Scope.operator()
PAPER, HAND = invoicing.InvoiceKind.PAPER, invoicing.InvoiceKind.HANDWRITTEN
REQUESTED, ISSUED = invoicing.InvoiceState.REQUESTED, invoicing.InvoiceState.ISSUED


class Office:
    """A tax side in one place: it answers what it is told to, and counts."""

    def __init__(self, *answers: invoicing.Answer) -> None:
        self.answers, self.asked = list(answers), list[invoicing.Wanted]()

    def issue(self, wanted: invoicing.Wanted, *, at: Any) -> invoicing.Answer:
        self.asked.append(wanted)
        if self.answers:
            return self.answers.pop(0)
        return invoicing.Answer(invoicing.Said.ISSUED, f"{10**19 + wanted.invoice.id}", at)


def ask(
    cast: Cast, paid: PaymentTaken, by: Actor, intent: UUID | None = None, **more: Any
) -> invoicing.Invoice:
    given = {"title": "王建国", "receipt": paid.receipt_number, **more}
    return request_invoice(
        payment_id=paid.payment_id, asked=InvoiceAsked(**given), intent=intent or uuid4(), by=by, at=cast.now
    )


def reverse(cast: Cast, blue: invoicing.Invoice, by: Actor, amounts: dict[OrderId, Money] | None = None) -> invoicing.Invoice:  # fmt: skip
    return reverse_invoice(
        invoice_id=blue.id, amounts=amounts, reason="抬头写错", intent=uuid4(), by=by, at=cast.now
    )


def void(cast: Cast, paid: PaymentTaken, by: Actor) -> Any:
    return void_sale(
        payment_id=paid.payment_id, reason="办错", copies_present=3, intent=uuid4(), by=by, at=cast.now
    )


def book_of(clerk: Actor, cast: Cast, first: int = 9000001, last: int = 9000003) -> None:
    assert clerk.counter_id is not None
    with transaction():
        numbers.establish_book(
            kind=INVOICE_BOOK, hall_id=clerk.hall_id, counter_id=clerk.counter_id, prefix="", first=first, last=last, width=7,
            by=None, at=cast.now,
        )  # fmt: skip


def now(cast: Cast, one: invoicing.Invoice) -> invoicing.Invoice:
    return invoicing.invoice(one.id, at=cast.now, scope=EVERYWHERE)


def boss(cast: Cast) -> Actor:
    return cast.sign_in("0201", counter="4")


@pytest.mark.rule("RCP-04", "RCP-05", "LAW-31")
def test_a_firm_gets_its_electronic_invoice_and_the_clerk_learns_the_number(cast: Cast) -> None:
    clerk = cast.clerk()
    paid, code = cast.new_line(clerk), credit_code()
    one = ask(cast, paid, clerk, title="西安远景贸易有限公司", tax_no=code, mail="a@example.com")
    assert (one.state, one.amount, one.attempts) == (REQUESTED, Money.yuan("880"), 0)
    assert (one.lines[0].category[:3], one.lines[0].rate) == ("601", None), "a term is prepaid"
    office = Office()
    assert issue_invoices(tax_side=None, at=cast.now) == 0 and now(cast, one).state is REQUESTED
    assert issue_invoices(tax_side=office, at=cast.now) == 1 == len(office.asked)
    assert office.asked[0].invoice.buyer == invoicing.Buyer("西安远景贸易有限公司", code, "a@example.com")
    made = now(cast, one)
    assert (made.state, made.number) == (ISSUED, f"{10**19 + one.id}") and made.attempts is None
    assert issue_invoices(tax_side=office, at=cast.now) == 0, "asked once"
    stored = fetch_all("select title, tax_no, mail from invoicing_invoice")[0]
    assert not any(
        word.encode() in bytes(kept) for kept in stored.values() for word in ("西安远景", code, "example")
    )
    for entry in trail(scope=EVERYWHERE, limit=50):
        assert "远景" not in str(entry.details) and code not in str(entry.details)
    assert [entry.action for entry in trail(scope=EVERYWHERE, limit=9, action="invoice.issued")] == [
        "invoice.issued"
    ]


@pytest.mark.rule("RCP-05")
def test_late_quota_used_up_and_down_lose_nothing_and_a_wrong_title_comes_back(cast: Cast) -> None:
    clerk = cast.clerk()
    paid = cast.new_line(clerk)
    one = ask(cast, paid, clerk)
    unknown = invoicing.Answer(invoicing.Said.UNKNOWN, why="开票额度已用完")
    office = Office(unknown, unknown, invoicing.Answer(invoicing.Said.REFUSED, why="抬头与税号不符"))
    issue_invoices(tax_side=office, at=cast.now)
    waiting = now(cast, one)
    assert (waiting.state, waiting.why, waiting.attempts) == (REQUESTED, "开票额度已用完", 1)
    with pytest.raises(invoicing.InvoiceRefused, match="税务端"):
        withdraw_invoice(invoice_id=one.id, reason="不要了", by=clerk, at=cast.now)
    assert issue_invoices(tax_side=office, at=cast.later(seconds=29)) == 0
    assert issue_invoices(tax_side=office, at=cast.later(seconds=1)) == 1
    assert issue_invoices(tax_side=office, at=cast.later(seconds=60)) == 1
    back = now(cast, one)
    assert (back.state, back.why) == (invoicing.InvoiceState.REFUSED, "抬头与税号不符")
    with pytest.raises(IntegrityError), transaction():
        fetch_all("insert into invoicing_invoicestep (invoice_id, step, number, why, at) values"
                  f" ({one.id}, 'issued', '1', '', now()) returning id")  # fmt: skip
    again = ask(cast, paid, clerk, title="王建国先生")
    issue_invoices(tax_side=office, at=cast.now)
    assert now(cast, again).state is ISSUED


@pytest.mark.rule("RCP-04")
def test_in_parts_never_beyond_the_payment(cast: Cast) -> None:
    clerk = cast.clerk()
    paid = cast.new_line(clerk)
    order = OrderId(fetch_all("select id from orders_serviceorder")[0]["id"])
    ask(cast, paid, clerk, amounts={order: Money.yuan("500")})
    with pytest.raises(invoicing.InvoiceRefused) as refusal:
        ask(cast, paid, clerk, amounts={order: Money.yuan("380.01")})
    assert "380.00" in refusal.value.sentence("zh") and refusal.value.field == f"amount_{order}"
    assert ask(cast, paid, clerk).amount == Money.yuan("380"), "without sums it is what is left"
    with pytest.raises(invoicing.InvoiceRefused):
        ask(cast, paid, clerk)


@pytest.mark.rule("RCP-04", "ORD-13")
def test_two_counters_at_one_instant_and_a_double_click_invoice_it_once(real_cast: Cast) -> None:
    cast = real_cast
    clerk = cast.clerk()
    paid, other, key = cast.new_line(clerk), boss(cast), uuid4()
    outcomes = at_once(
        lambda: ask(cast, paid, clerk, key),
        lambda: ask(cast, paid, clerk, key),
        lambda: ask(cast, paid, other),
    )
    made = {one.id for one in outcomes if isinstance(one, invoicing.Invoice)}
    assert len(made) == 1 == count("invoicing_invoice") == count("invoicing_pending")
    assert all(isinstance(one, invoicing.Invoice | invoicing.InvoiceRefused) for one in outcomes), outcomes


@pytest.mark.rule("RCP-04")
def test_it_is_asked_for_in_time_with_the_receipt_of_the_payment(cast: Cast) -> None:
    clerk = cast.clerk()
    paid, strange = cast.new_line(clerk), cast.new_line(clerk, "301")
    with pytest.raises(invoicing.InvoiceRefused) as other:
        ask(cast, paid, clerk, receipt=strange.receipt_number)
    assert other.value.field == "receipt"
    cast.later(days=31)
    with pytest.raises(invoicing.InvoiceRefused) as late:
        ask(cast, paid, cast.clerk("0211", "4"))
    assert "1 个月" in late.value.sentence("zh") and "2026-11-23" in late.value.sentence("en")
    assert count("invoicing_invoice") == 0


@pytest.mark.rule("RCP-01", "RCP-04")
def test_a_paper_invoice_is_ready_collected_against_its_receipt_or_lapses(cast: Cast) -> None:
    clerk = cast.clerk()
    book_of(clerk, cast)
    paid, second = cast.new_line(clerk), cast.new_line(clerk, "301")
    one, left = (ask(cast, sale, clerk, kind=PAPER) for sale in (paid, second))
    assert one.ready_on.isoformat() == "2026-11-30" and one.collect_by.isoformat() == "2026-12-30"

    def collected(which: invoicing.Invoice, receipt: str) -> invoicing.Invoice:
        return collect_invoice(invoice_id=which.id, receipt=receipt, by=clerk, at=cast.now)

    with pytest.raises(invoicing.InvoiceRefused, match="2026-11-30"):
        collected(one, paid.receipt_number)
    key = uuid4()
    made = [issue_invoice(invoice_id=one.id, intent=key, by=clerk, at=cast.now) for _ in range(2)]
    assert {invoice.number for invoice in made} == {"9000001"}, "pressed twice, one number"
    issue_invoice(invoice_id=left.id, intent=uuid4(), by=clerk, at=cast.now)
    with pytest.raises(invoicing.InvoiceRefused, match="收据号不符"):
        collected(one, second.receipt_number)
    assert collected(one, f" {paid.receipt_number}").state is invoicing.InvoiceState.COLLECTED
    with pytest.raises(invoicing.InvoiceRefused):
        collected(one, paid.receipt_number)
    cast.later(days=38)
    with pytest.raises(invoicing.InvoiceRefused, match="已作废"):
        collected(left, second.receipt_number)
    assert now(cast, left).state is invoicing.InvoiceState.LAPSED
    assert reverse(cast, left, boss_with_book(cast)).number == "9500001", (
        "the keeper reverses what nobody collected"
    )
    assert verify_money(scope=EVERYWHERE, row_by_row=True).findings == ()


def boss_with_book(cast: Cast) -> Actor:
    manager = boss(cast)
    book_of(manager, cast, 9500001, 9500009)
    return manager


@pytest.mark.rule("RCP-03")
def test_a_handwritten_one_is_approved_before_and_signed_by_two_others(cast: Cast) -> None:
    clerk = cast.clerk()
    book_of(clerk, cast)
    paid, manager, head = cast.new_line(clerk), cast.sign_in("0201"), cast.sign_in("0101")
    with pytest.raises(HandwrittenAwaited) as awaited:
        ask(cast, paid, clerk, kind=HAND, reason="停电")
    number = int(awaited.value.facts["number"])
    assert count("invoicing_invoice") == 0
    decide_approval(request_id=number, approve=True, note="", intent=uuid4(), by=manager, at=cast.now)
    one = ask(cast, paid, clerk, kind=HAND, reason="停电", approval=number)

    def issued() -> invoicing.Invoice:
        return issue_invoice(invoice_id=one.id, intent=uuid4(), by=clerk, at=cast.now)

    with pytest.raises(invoicing.InvoiceRefused, match="已签 0 人"):
        issued()
    with pytest.raises(NotPermitted):
        sign_invoice(invoice_id=one.id, by=clerk, at=cast.now)
    sign_invoice(invoice_id=one.id, by=manager, at=cast.now)
    with pytest.raises(invoicing.InvoiceRefused, match="两个人"):
        sign_invoice(invoice_id=one.id, by=cast.sign_in("0201"), at=cast.now)
    with pytest.raises(NotPermitted):
        sign_invoice(invoice_id=one.id, by=replace(head, token_id=1), at=cast.now)
    with pytest.raises(IntegrityError), transaction():
        fetch_all("insert into invoicing_invoicestep (invoice_id, step, number, book_id, why, at) select"
                  f" {one.id}, 'issued', '9000001', min(id), '', now() from numbers_book returning id")  # fmt: skip
    sign_invoice(invoice_id=one.id, by=head, at=cast.now)
    assert issued().number == "9000001"


@pytest.mark.rule("SEC-10", "RCP-04")
def test_another_halls_invoice_is_not_found_and_nobody_asks_without_the_right(cast: Cast) -> None:
    clerk = cast.clerk()
    paid = cast.new_line(clerk)
    one = ask(cast, paid, clerk)
    elsewhere = cast.sign_in("0311", hall="guandi", counter="1")
    with pytest.raises(NotFound):
        collect_invoice(invoice_id=one.id, receipt=paid.receipt_number, by=elsewhere, at=cast.now)
    with pytest.raises(NotFound):
        ask(cast, paid, elsewhere)
    with pytest.raises(NotPermitted):
        ask(cast, paid, cast.sign_in("0221"))


@pytest.mark.rule("RCP-03", "LAW-31")
def test_two_services_each_in_its_own_category(cast: Cast) -> None:
    clerk = cast.clerk()
    first = cast.new_line(clerk)
    home = dwelling("dw", "1", "2", "502")
    party = fetch_all("select party_id from ledger_payment")[0]["party_id"]
    second = cast.pay(clerk, cast.basket(clerk, party, home, ("router_setup", "router-setup")).id)
    one = ask(cast, second, clerk)
    assert one.lines[0].rate == 6 and one.lines[0].tax.fen > 0 and first.payment_id != second.payment_id
    assert receipt_of(second).id == one.receipt
