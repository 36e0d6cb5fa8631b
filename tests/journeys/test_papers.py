"""Papers of a sale: what every kind carries, names of any length and character, and a printer that is dead."""

import subprocess
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onehall.adapters.printer.simulator import Manners, Simulator
from onehall.contexts.customers.rules.refusals import BadName
from onehall.foundation.documents.contracts import AlreadyPrinted, Document, Kind, Medium, Outcome
from onehall.foundation.documents.queries import documents_of, print_jobs
from onehall.foundation.documents.typesetting import Copy, grouped, typeset
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local
from onehall.journeys.issue_acceptance_form import issue_acceptance_form
from onehall.journeys.issue_field_paper import issue_field_paper
from onehall.journeys.print_document import print_document
from onehall.journeys.reprint_receipt import reprint_receipt
from onehall.journeys.send_print import send_print
from onehall.journeys.take_payment import PaymentTaken
from onehall.readings.search import search
from onehall.readings.verification import verify_money
from tests.cast import Cast, dwelling, receipt_of, resident_id, wang, work_of

EVERYWHERE = Scope.operator()
BASE = "http://127.0.0.1:8000"
LONGEST = "欧阳" * 30
RARE = "㛃𠮷·阿卜杜热依木"


def sold_to(cast: Cast, by: Actor, name: str) -> PaymentTaken:
    card = cast.registered(by, wang(name))
    basket = cast.basket(by, card.id, dwelling("dw", "1", "2", "502"), ("new_broadband", "bb20-year"))
    return cast.pay(by, basket.id, "900")


def receipt_paper(paid: PaymentTaken) -> Document:
    return documents_of("receipt", receipt_of(paid).id, scope=EVERYWHERE)[-1]


def _sheet(kind: Kind) -> Callable[[Cast, PaymentTaken, Actor], Document]:
    def issue(cast: Cast, paid: PaymentTaken, by: Actor) -> Document:
        about: dict[str, Any] = {"work_order": work_of(paid).id}
        if kind is Kind.DISPATCH:
            about = {"day": local(cast.now).date()}
        return issue_field_paper(kind=kind, **about, by=by, at=cast.now)

    return issue


ISSUED: dict[Kind, Callable[[Cast, PaymentTaken, Actor], Document]] = {
    Kind.RECEIPT: lambda cast, paid, by: receipt_paper(paid),
    Kind.ACCEPTANCE: lambda cast, paid, by: issue_acceptance_form(
        basket_id=paid.basket_id, by=by, at=cast.now
    ),
    Kind.INSTALLATION: _sheet(Kind.INSTALLATION),
    Kind.FOLLOW_UP: _sheet(Kind.FOLLOW_UP),
    Kind.DISPATCH: _sheet(Kind.DISPATCH),
}


def told(file: bytes) -> str:
    """What somebody reads on the paper, without the spaces of its layout."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=file, capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


@pytest.mark.rule("REC-03")
@pytest.mark.parts("poppler-utils")
@pytest.mark.parametrize("kind", list(ISSUED))
def test_every_paper_says_who_when_and_where_and_can_be_checked_by_anybody(cast: Cast, kind: Kind) -> None:
    clerk = cast.clerk()
    paid = sold_to(cast, clerk, "王建国")
    paper = ISSUED[kind](cast, paid, clerk)
    cast.later(minutes=7, seconds=3)
    cast.now = cast.now.replace(microsecond=123456)
    job = print_document(intent=uuid4(), document_id=paper.id, medium=Medium.PDF, by=clerk, at=cast.now).job
    read = told(typeset(paper, Copy.of(job), base_url=BASE))
    for words in (
        "李敏",
        "0213",
        "2026-11-23",
        f"{local(cast.now):%H:%M}",
        "融侨馨苑通信服务中心",
        "3号台席",
    ):
        assert words in read, f"{kind} does not say {words}"
    assert "".join(grouped(paper.code).split()) in read
    answer = Client().get(f"/v/{paper.code}")
    page = answer.content.decode()
    assert answer.status_code == 200 and paper.sha256 in page and paper.serial in page
    assert not any(secret in page for secret in ("王建国", "dw0120502", "1号楼", "138"))


@pytest.mark.rule("RCP-06", "RCP-01")
@pytest.mark.parts("poppler-utils")
def test_a_receipt_says_its_sum_in_figures_and_capitals_on_both_media(cast: Cast) -> None:
    clerk = cast.clerk()
    paid = sold_to(cast, clerk, "王建国")
    paper = receipt_paper(paid)
    with Simulator() as printer:
        assert _slip(cast, paper, clerk, printer.address) is Outcome.PRINTED
        (slip,) = printer.papers
    job = reprint_receipt(
        intent=uuid4(), document_id=paper.id, reason="客户遗失", medium=Medium.PDF, by=clerk, at=cast.now
    ).job
    read = told(typeset(paper, Copy.of(job), base_url=BASE))
    for words in (paper.serial, "880.00", "捌佰捌拾元整", "900.00", "20.00", "王建国", "dw0120502"):
        assert words in "".join(slip.split()), words
        assert words in read, words
    assert "补打" in read and "补打" not in slip


@pytest.mark.rule("RCP-06", "CUS-04")
@pytest.mark.parts("poppler-utils")
@pytest.mark.parametrize("name", [LONGEST, RARE], ids=["sixty characters", "rare characters"])
def test_any_name_is_sold_to_printed_whole_and_found_again(cast: Cast, name: str) -> None:
    clerk = cast.clerk()
    paid = sold_to(cast, clerk, name)
    assert receipt_of(paid).payer == work_of(paid).contact.name == name
    papers = [
        receipt_paper(paid),
        ISSUED[Kind.ACCEPTANCE](cast, paid, clerk),
        _sheet(Kind.INSTALLATION)(cast, paid, clerk),
    ]
    for paper in papers:
        job = print_document(
            intent=uuid4(), document_id=paper.id, medium=Medium.PDF, by=clerk, at=cast.now
        ).job
        assert name in told(typeset(paper, Copy.of(job), base_url=BASE)), paper.kind
    found = search(name[:4], scope=clerk.scope, limit=5)
    assert [hit.title for hit in found if hit.kind == "person"] == [name]


@pytest.mark.rule("RCP-01", "ORD-13", "LED-03")
def test_with_a_dead_printer_the_sale_stands_and_the_next_try_is_the_original(cast: Cast) -> None:
    clerk = cast.clerk()
    paid = sold_to(cast, clerk, "王建国")
    paper = receipt_paper(paid)
    with Simulator() as gone:
        address = gone.address
    assert _slip(cast, paper, clerk, address) is Outcome.FAILED
    with Simulator(Manners(paper=False)) as empty:
        assert _slip(cast, paper, clerk, empty.address) is Outcome.FAILED
    assert receipt_of(paid).voided_at is None and receipt_of(paid).amount == Money.yuan("880")
    with Simulator() as printer:
        assert _slip(cast, paper, clerk, printer.address) is Outcome.PRINTED
        with pytest.raises(AlreadyPrinted):
            _slip(cast, paper, clerk, printer.address)
    assert [(job.copy, job.outcome) for job in print_jobs(paper.id, scope=EVERYWHERE)] == [
        (1, Outcome.FAILED), (1, Outcome.FAILED), (1, Outcome.PRINTED),
    ]  # fmt: skip
    assert "补打" not in printer.papers[0]
    assert verify_money(scope=EVERYWHERE).findings == ()


def _slip(cast: Cast, paper: Document, by: Actor, printer: str) -> Outcome:
    claim = print_document(
        intent=uuid4(), document_id=paper.id, medium=Medium.THERMAL, printer=printer, by=by, at=cast.now
    )
    return send_print(claim=claim, by=by, at=cast.now).outcome


@pytest.mark.rule("CUS-02")
def test_a_name_that_no_column_holds_is_refused_with_its_field(cast: Cast) -> None:
    clerk = cast.clerk()
    for name in ("王" * 61, "  ", "王\u200b建国"):
        with pytest.raises(BadName) as refused:
            cast.registered(clerk, wang(name, document=resident_id()))
        assert refused.value.field == "name"
