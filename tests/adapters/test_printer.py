"""A receipt printer that obeys, is slow, refuses, runs out of paper, or dies: the answer is always the truth."""

import socket
from dataclasses import replace

import pytest

from onehall.adapters.printer.client import Limits, send
from onehall.adapters.printer.codec import COLUMNS, Slip, columns, slip, spread, wrapped
from onehall.adapters.printer.plug import NetworkPrinter
from onehall.adapters.printer.simulator import Manners, Simulator
from onehall.foundation.documents.contracts import Medium, Outcome, PrintJob
from onehall.foundation.documents.forms import Drawer
from onehall.foundation.values.ids import DocumentId
from onehall.foundation.values.money import Money
from tests.foundation.papers import HEAD, NOON, PLACE, loose, receipt

JOB = PrintJob(1, DocumentId(1), 1, Medium.THERMAL, "p", PLACE, "李敏（0213）", NOON, "", Outcome.SENDING)
QUICK = Limits(connect=1.0, answer=0.5)


def made(payer: str = "王建国", job: PrintJob = JOB, lang: str = "zh") -> Slip:
    return slip(loose(receipt(payer=payer)), job, base_url="https://hall.example", lang=lang)


@pytest.mark.rule("RCP-06", "REC-03")
def test_a_slip_says_what_the_receipt_says() -> None:
    with Simulator() as printer:
        assert send(printer.address, made(), limits=QUICK).outcome is Outcome.PRINTED
    (paper,) = printer.papers
    for words in (
        "试验通信服务中心", "收据", "No 0042037", "交款人：王建国", "帐号：dw0120502", "捌佰捌拾元整", "￥880.00", "1,000.00",
        "120.00", "K7QF-2MXA-4TBW", "李敏（0213） 2026-11-21 12:00", "试验厅 3号台席", "第 1 页/共 1 页",
    ):  # fmt: skip
        assert words in paper, words
    assert "补打" not in paper and printer.pictures == 0


@pytest.mark.rule("RCP-06")
def test_no_line_is_wider_than_the_paper() -> None:
    with Simulator() as printer:
        send(printer.address, made(payer="有" * 60), limits=QUICK)
    assert all(columns(line) <= COLUMNS for line in printer.papers[0].splitlines())
    assert list(wrapped("宽" * 25)) == ["宽" * 24, "宽"]
    assert spread("左", "1.00", width=10) == ["左    1.00"]
    assert spread("左左左左", "1.00", width=10) == ["左左左左", "      1.00"]


@pytest.mark.rule("RCP-06")
def test_a_character_the_printer_lacks_is_drawn() -> None:
    with Simulator() as printer:
        assert send(printer.address, made(payer="𠮷㛃"), limits=QUICK).outcome is Outcome.PRINTED
    assert printer.pictures == 1
    assert "帐号：dw0120502" in printer.papers[0]


@pytest.mark.rule("RCP-01")
def test_a_reprint_says_so_on_the_slip() -> None:
    with Simulator() as printer:
        send(printer.address, made(job=replace(JOB, copy=3)), limits=QUICK)
        send(printer.address, made(job=replace(JOB, copy=3), lang="en"), limits=QUICK)
    assert "补打 第3份" in printer.papers[0]
    assert "REPRINT copy 3" in printer.papers[1] and "Payer: 王建国" in printer.papers[1]


@pytest.mark.rule("RCP-01", "RCP-06")
@pytest.mark.parametrize(
    ("manners", "outcome", "failure", "papers"),
    [
        (Manners(slow=0.1), Outcome.PRINTED, "", 1),
        (Manners(slow=0.8), Outcome.FAILED, "printer_silent", 0),
        (Manners(paper=False), Outcome.FAILED, "paper_out", 0),
        (Manners(cover_open=True), Outcome.FAILED, "cover_open", 0),
        (Manners(silent=True), Outcome.FAILED, "printer_silent", 0),
        (Manners(dies_after=200), Outcome.FAILED, "printer_broke_off", 0),
        (Manners(loses_confirmation=True), Outcome.UNCLEAR, "no_confirmation", 1),
    ],
)
def test_only_a_whole_slip_counts_as_printed(
    manners: Manners, outcome: Outcome, failure: str, papers: int
) -> None:
    with Simulator(manners) as printer:
        answer = send(printer.address, made(), limits=QUICK)
    assert (answer.outcome, answer.failure, len(printer.papers)) == (outcome, failure, papers)


@pytest.mark.rule("RCP-06")
def test_a_printer_that_is_not_there_refuses() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert send(f"127.0.0.1:{port}", made(), limits=QUICK).failure == "printer_refused"


@pytest.mark.rule("RCP-01")
def test_dying_anywhere_before_the_foot_leaves_no_whole_paper() -> None:
    whole = len(made().body)
    for share in (1, whole // 3, whole - 1):
        with Simulator(Manners(dies_after=share)) as printer:
            assert send(printer.address, made(), limits=QUICK).outcome is Outcome.FAILED
        assert printer.papers == []


def test_the_plug_prints_what_the_port_hands_over() -> None:
    with Simulator() as printer:
        plugged = NetworkPrinter(printer.address, limits=QUICK)
        assert plugged.print(document=loose(receipt()), job=JOB, lang="zh").outcome is Outcome.PRINTED
    assert "0042037" in printer.papers[0]


def test_a_form_without_slip_is_a_mistake_of_the_caller() -> None:
    drawer = Drawer(head=HEAD, counter="3", clerk="李敏", opened_at=NOON, opening_float=Money.yuan("500"))
    with pytest.raises(ValueError, match="80 mm"):
        slip(loose(drawer), JOB, base_url="https://hall.example", lang="zh")
