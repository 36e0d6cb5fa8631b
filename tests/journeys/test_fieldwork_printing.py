"""Printing as a procedure: the sale stands whatever the printer does, and no copy is claimed twice."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from onehall.adapters.printer.simulator import Manners, Simulator
from onehall.contexts.organisation.models import Counter
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.documents.contracts import (
    AlreadyPrinted,
    Document,
    Medium,
    Outcome,
    ReprintNeedsReason,
)
from onehall.foundation.documents.plugs import NoPrinter
from onehall.foundation.documents.queries import print_jobs
from onehall.foundation.scopes import Actor, NotPermitted
from onehall.journeys.print_document import print_document
from onehall.journeys.reprint_receipt import reprint_receipt
from onehall.journeys.send_print import send_print
from tests.foundation.papers import issued
from tests.rooms.till import NOON, till


@pytest.fixture
def by(db: None, settings: Any) -> Actor:
    settings.PLUGS = {"printer": "onehall.adapters.printer.plug.printer_at"}
    with transaction():
        clerk = till().clerk
        Counter.objects.filter(pk=clerk.counter_id).update(name_zh="综合", name_en="General")
    return replace(clerk, permissions=frozenset({"document.print", "receipt.reprint"}))


@pytest.fixture
def paper(by: Actor) -> Document:
    with transaction():
        return issued(by)


def copies(paper: Document, by: Actor) -> list[tuple[int, Outcome]]:
    return [(job.copy, job.outcome) for job in print_jobs(paper.id, scope=by.scope)]


def slip(paper: Document, by: Actor, printer: Simulator) -> Outcome:
    claim = print_document(
        intent=uuid4(), document_id=paper.id, medium=Medium.THERMAL, printer=printer.address, by=by, at=NOON
    )
    return send_print(claim=claim, by=by, at=NOON).outcome


@pytest.mark.rule("RCP-01", "RCP-06", "REC-03")
def test_an_original_is_printed_once_and_kept_on_record(by: Actor, paper: Document) -> None:
    with Simulator() as printer:
        assert slip(paper, by, printer) is Outcome.PRINTED
        with pytest.raises(AlreadyPrinted):
            slip(paper, by, printer)
    assert copies(paper, by) == [(1, Outcome.PRINTED)] and len(printer.papers) == 1
    (job,) = print_jobs(paper.id, scope=by.scope)
    assert (job.by, job.place.zh, job.at) == ("李敏（0213）", " 1号台席", NOON)
    assert [row["action"] for row in fetch_all("select action from audit_auditentry order by id")] == [
        "document.printed",
        "print.printed",
    ]


@pytest.mark.rule("RCP-01", "ORD-13")
def test_pressing_twice_prints_one_slip(by: Actor, paper: Document) -> None:
    intent = uuid4()
    with Simulator() as printer:
        for _ in range(2):
            claim = print_document(
                intent=intent,
                document_id=paper.id,
                medium=Medium.THERMAL,
                printer=printer.address,
                by=by,
                at=NOON,
            )
            assert send_print(claim=claim, by=by, at=NOON).outcome is Outcome.PRINTED
    assert len(printer.papers) == 1


@pytest.mark.rule("RCP-01", "RCP-06")
def test_a_printer_without_paper_leaves_the_original_to_be_printed(by: Actor, paper: Document) -> None:
    with Simulator(Manners(paper=False)) as empty:
        assert slip(paper, by, empty) is Outcome.FAILED
    assert [row["topic"] for row in fetch_all("select topic from outbox_outboxevent")] == ["print.failed"]
    with Simulator() as printer:
        assert slip(paper, by, printer) is Outcome.PRINTED
    assert copies(paper, by) == [(1, Outcome.FAILED), (1, Outcome.PRINTED)]
    assert "补打" not in printer.papers[0]


@pytest.mark.rule("RCP-01")
def test_a_slip_that_may_have_come_out_is_only_reprinted_with_its_mark(by: Actor, paper: Document) -> None:
    with Simulator(Manners(loses_confirmation=True)) as mute:
        assert slip(paper, by, mute) is Outcome.UNCLEAR
    with Simulator() as printer:
        with pytest.raises(AlreadyPrinted):
            slip(paper, by, printer)
        facts = {
            "document_id": paper.id,
            "medium": Medium.THERMAL,
            "printer": printer.address,
            "by": by,
            "at": NOON,
        }
        with pytest.raises(ReprintNeedsReason):
            reprint_receipt(intent=uuid4(), reason=" ", **facts)
        claim = reprint_receipt(intent=uuid4(), reason="卡纸", **facts)
        assert send_print(claim=claim, by=by, at=NOON).outcome is Outcome.PRINTED
    assert copies(paper, by) == [(1, Outcome.UNCLEAR), (2, Outcome.PRINTED)]
    assert "补打 第2份" in printer.papers[0]


@pytest.mark.rule("RCP-06")
def test_a_counter_without_printer_can_still_print_a_sheet(by: Actor, paper: Document) -> None:
    facts = {"document_id": paper.id, "by": by, "at": NOON}
    with pytest.raises(NoPrinter):
        print_document(intent=uuid4(), medium=Medium.THERMAL, **facts)
    claim = print_document(intent=uuid4(), medium=Medium.PDF, **facts)
    assert send_print(claim=claim, by=by, at=NOON).outcome is Outcome.PRINTED


@pytest.mark.rule("ORG-06", "RCP-01")
def test_printing_and_reprinting_are_two_permissions(by: Actor, paper: Document) -> None:
    facts = {"document_id": paper.id, "medium": Medium.PDF, "at": NOON}
    with pytest.raises(NotPermitted):
        print_document(intent=uuid4(), **facts, by=replace(by, permissions=frozenset({"receipt.reprint"})))
    with pytest.raises(NotPermitted):
        reprint_receipt(
            intent=uuid4(), reason="遗失", **facts, by=replace(by, permissions=frozenset({"document.print"}))
        )
    assert copies(paper, by) == []
