"""The electronic receipt of a recharge on the web, brought to the desk: void, reversal, invoice, on its day and on another (RCP-01, RCP-04)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.invoicing import api as invoicing
from onehall.contexts.ledger import api as ledger
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PaymentId
from onehall.foundation.values.money import Money
from onehall.journeys.request_invoice import InvoiceAsked, request_invoice
from onehall.journeys.reverse_invoice import reverse_invoice
from onehall.journeys.settle_online import settle_online
from onehall.journeys.void_sale import void_sale
from onehall.runs.issue_invoices import issue_invoices
from tests.cast import Cast, count
from tests.entrances.telephones import connected
from tests.journeys.test_invoices import Office
from tests.journeys.test_online_bad_days import FIFTY, Home, agrees
from tests.journeys.test_reversal import agreed, reverse
from tests.telephone import ALL, left


class Receipt:
    """50.00 that 王建国 recharged on the web this morning, and 郑洁 at counter 4."""

    def __init__(self, cast: Cast) -> None:
        home = Home(cast)
        charge = home.paid()
        assert settle_online(basket_id=charge.basket, at=cast.now)
        self.cast, self.charge = cast, charge.id
        self.clerk = cast.clerk("0211", "4")
        payment = acquiring.charge(charge.id, scope=ALL).payment
        assert payment is not None
        self.payment = PaymentId(payment)
        (self.kept,) = ledger.receipts_of_payment(self.payment, scope=ALL)

    def invoice(self, by: Actor, **more: Any) -> invoicing.Invoice:
        asked = InvoiceAsked(title="王建国", receipt=self.kept.number, **more)
        return request_invoice(payment_id=self.payment, asked=asked, intent=uuid4(), by=by, at=self.cast.now)

    def void(self, by: Actor) -> None:
        void_sale(
            payment_id=self.payment,
            reason="客户改主意",
            copies_present=0,
            intent=uuid4(),
            by=by,
            at=self.cast.now,
        )

    def days(self, days: int) -> Actor:
        """郑洁 at her counter, so many days later."""
        if days:
            self.cast.later(days=days)
            self.clerk = self.cast.sign_in("0211", counter="4")
        return self.clerk


@pytest.fixture
def receipt(cast: Cast, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receipt]:
    with connected(cast, tmp_path / "acquirers", settings, monkeypatch):
        yield Receipt(cast)


@pytest.mark.rule("RCP-01", "SEC-04")
@pytest.mark.parametrize("days", [0, 1])
def test_nobody_at_the_desk_voids_it_for_it_is_no_sale_of_their_shift(receipt: Receipt, days: int) -> None:
    clerk = receipt.days(days)
    for by in (clerk, receipt.cast.sign_in("0201", counter="5")):
        with pytest.raises(Refusal) as refused:
            receipt.void(by)
        for lang in ("zh", "en"):
            assert refused.value.sentence(lang) and refused.value.alternative(lang)
    assert left() == FIFTY and count("ledger_reversal") == 0 and agrees()


@pytest.mark.rule("RCP-01", "PAY-03", "SEC-04")
@pytest.mark.parametrize("days", [0, 1, 40])
def test_it_is_reversed_with_a_second_person_on_any_day_and_goes_back_where_it_came_from(
    receipt: Receipt, days: int
) -> None:
    clerk = receipt.days(days)
    number = agreed(receipt.cast, receipt.payment, clerk)
    with pytest.raises(invoicing.MoreThanAll):
        reverse(receipt.cast, receipt.payment, clerk, number, copies=1)
    reverse(receipt.cast, receipt.payment, clerk, number, copies=0)
    assert left() == 0 and agrees()
    assert acquiring.charge(receipt.charge, scope=ALL).state is acquiring.State.REFUNDING
    with pytest.raises(invoicing.InvoiceRefused) as refused:
        receipt.invoice(clerk)
    assert "已经作废或冲销" in refused.value.sentence("zh")


@pytest.mark.rule("RCP-03", "RCP-04")
@pytest.mark.parametrize("days", [0, 20])
def test_it_is_invoiced_with_its_number_and_stays_until_the_invoice_is_reversed(
    receipt: Receipt, days: int
) -> None:
    clerk = receipt.days(days)
    blue = receipt.invoice(clerk)
    assert blue.amount == Money.yuan("50")
    issue_invoices(tax_side=Office(), at=receipt.cast.now)
    with pytest.raises(invoicing.InvoiceRefused):
        receipt.invoice(clerk)
    with pytest.raises(invoicing.InvoiceRefused) as standing:
        agreed(receipt.cast, receipt.payment, clerk)
    assert "50.00 元的发票没有红冲" in standing.value.sentence("zh")
    assert left() == FIFTY and agrees()
    reverse_invoice(
        invoice_id=blue.id,
        reason="退款",
        amounts=None,
        intent=uuid4(),
        by=receipt.cast.sign_in("0201"),
        at=receipt.cast.now,
    )
    issue_invoices(tax_side=Office(), at=receipt.cast.now)
    reverse(receipt.cast, receipt.payment, clerk, agreed(receipt.cast, receipt.payment, clerk), copies=0)
    assert left() == 0 and agrees()


@pytest.mark.rule("RCP-04")
def test_too_late_it_is_refused_in_words(receipt: Receipt) -> None:
    clerk = receipt.days(70)
    with pytest.raises(invoicing.InvoiceRefused) as refused:
        receipt.invoice(clerk)
    assert "不再受理开票" in refused.value.sentence("zh") and count("invoicing_invoice") == 0
