"""The tax side over HTTP, made of software: what it is asked, what is believed, and what nobody knows yet (RCP-05)."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from onehall.adapters.invoice.codec import meaning, signature
from onehall.adapters.invoice.plug import HttpTaxSide
from onehall.adapters.invoice.simulator import TaxOffice, imitated
from onehall.contexts.invoicing.contracts import Buyer, Invoice, InvoiceKind, InvoiceLine, InvoiceState
from onehall.contexts.invoicing.ports import Answer, Said, Wanted
from onehall.entrances.console import tax_office
from onehall.foundation.values.ids import HallId, OrderId, PaymentId, ReceiptId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def office() -> Iterator[TaxOffice]:
    with TaxOffice(lambda: NOW) as one:
        yield one


def wanted(serial: str = "FP1", fen: int = 3000, title: str = "王建国", red_of: str = "") -> Wanted:
    line = InvoiceLine(OrderId(1), Text("加信息点", "Point"), 1, Money(fen), "303", 6, Money.zero())
    invoice = Invoice(
        id=1, hall=HallId(1), payment=PaymentId(1), receipt=ReceiptId(1), serial=serial, kind=InvoiceKind.ELECTRONIC, of=None,
        amount=Money(fen), buyer=Buyer(title), lines=(line,), reason="", asked_at=NOW, ready_on=date(2026, 11, 30),
        collect_by=date(2026, 12, 30), by=UserId(1), approval=None, state=InvoiceState.REQUESTED, number="", issued_at=None,
        signed=(), why="", attempts=0,
    )  # fmt: skip
    return Wanted(invoice, "试验网络服务公司", red_of)


def side(office: TaxOffice, **more: Any) -> HttpTaxSide:
    return HttpTaxSide(office.url, more.pop("key", office.key), **more)


@pytest.mark.rule("RCP-05")
def test_asked_twice_it_issues_once_and_says_the_same(office: TaxOffice) -> None:
    first, again = (side(office).issue(wanted(), at=NOW) for _ in range(2))
    assert first == again and first.said is Said.ISSUED and len(first.number) == 20
    other = side(office).issue(wanted("FP2"), at=NOW)
    assert other.number != first.number and len(office.issued) == 2


@pytest.mark.rule("RCP-05")
def test_an_answer_that_never_comes_is_asked_for_again_and_the_number_found(office: TaxOffice) -> None:
    office.manners.silent = True
    assert side(office, seconds=0.2).issue(wanted(), at=NOW) == Answer(Said.UNKNOWN, why="timeout")
    office.manners.silent = False
    found = side(office).issue(wanted(), at=NOW)
    assert found.said is Said.ISSUED and len(office.issued) == 1


@pytest.mark.rule("RCP-05")
def test_a_wrong_title_is_final_quota_and_trouble_pass(office: TaxOffice) -> None:
    office.manners.wrong_titles = {"写错的"}
    assert side(office).issue(wanted(title="写错的"), at=NOW) == Answer(Said.REFUSED, why="抬头与税号不符")
    office.manners.quota = 0
    assert side(office).issue(wanted(), at=NOW) == Answer(Said.UNKNOWN, why="开票额度已用完")
    office.manners.quota, office.manners.busy = 9, True
    assert side(office).issue(wanted(), at=NOW) == Answer(Said.UNKNOWN, why="503")
    office.manners.busy = False
    assert side(office, key="somebody").issue(wanted(), at=NOW).said is Said.UNKNOWN
    assert not office.issued
    assert side(office).issue(wanted(), at=NOW).said is Said.ISSUED


@pytest.mark.rule("RCP-05")
def test_nobody_else_issues_an_invoice(office: TaxOffice) -> None:
    office.manners.garbled = True
    assert side(office).issue(wanted(), at=NOW) == Answer(Said.UNKNOWN, why="signature")
    down = HttpTaxSide("http://127.0.0.1:9/invoices", "k")
    assert down.issue(wanted(), at=NOW) == Answer(Said.UNKNOWN, why="refused")


@pytest.mark.rule("RCP-05")
@pytest.mark.parametrize(
    "told",
    [
        '{"serial": "FP9", "number": "26610000000000000001", "issued_at": "2026-11-23T09:00:00+08:00"}',
        '{"serial": "FP1", "number": "2661", "issued_at": "2026-11-23T09:00:00+08:00"}',
        '{"serial": "FP1", "number": "26610000000000000001", "issued_at": "2026-11-23T09:00:00"}',
        '{"serial": "FP1", "number": 1, "issued_at": "2026-11-23T09:00:00+08:00"}', "[]", "no json", "",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_no_invoice(told: str) -> None:
    content = told.encode()
    assert meaning(200, content, signature(content, "k"), serial="FP1", key="k").said is Said.UNKNOWN


@pytest.mark.rule("RCP-05", "LAW-31")
def test_red_never_exceeds_blue_on_the_other_side_either(office: TaxOffice) -> None:
    blue = side(office).issue(wanted(), at=NOW)
    assert side(office).issue(wanted("FP2", -2000, red_of=blue.number), at=NOW).said is Said.ISSUED
    assert side(office).issue(wanted("FP3", -1001, red_of=blue.number), at=NOW).said is Said.REFUSED
    assert side(office).issue(wanted("FP4", -1000, red_of=blue.number), at=NOW).said is Said.ISSUED


@pytest.mark.rule("RCP-05", "LAW-31")
def test_a_demos_tax_side_knows_again_what_it_issued_before_it_was_started_anew(tmp_path: Path) -> None:
    book = tmp_path / "book.json"
    numbers = []
    for serial in ("FP1", "FP1", "FP2"):
        with imitated(book, clock=lambda: NOW) as (url, key):
            numbers.append(HttpTaxSide(url, key).issue(wanted(serial), at=NOW).number)
    assert numbers[0] == numbers[1] != numbers[2]


def test_a_hall_with_a_tax_side_of_its_own_keeps_it_in_a_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONEHALL_HOME", str(tmp_path))
    monkeypatch.setenv(tax_office.URL, "https://tax.example/invoices")
    with tax_office.imitated():
        assert os.environ[tax_office.URL] == "https://tax.example/invoices"
    monkeypatch.delenv(tax_office.URL)
    with tax_office.imitated():
        assert os.environ[tax_office.URL].startswith("http://127.0.0.1:") and os.environ[tax_office.KEY]
    assert tax_office.URL not in os.environ
