"""Papers: stored once, verified by anybody, printed as an original at most once."""

from dataclasses import replace

import pytest
from django.db import connection
from django.db import transaction as savepoint
from hypothesis import given
from hypothesis import strategies as st

from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.documents.contracts import (
    AlreadyPrinted,
    Document,
    Kind,
    Medium,
    Outcome,
    PrintJob,
    ReprintNeedsReason,
)
from onehall.foundation.documents.forms import Drawer, as_content, canonical, sha256
from onehall.foundation.documents.ports import Answer
from onehall.foundation.documents.queries import document, documents_of, print_jobs, verify_code
from onehall.foundation.documents.services import ask_print, issue_document, next_copy, record_print
from onehall.foundation.scopes import Actor, NotFound
from onehall.foundation.values.ids import DocumentId
from onehall.foundation.values.money import Money
from tests.foundation.papers import HEAD, NOON, PLACE, clerk, issued, receipt

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(db: None) -> Actor:
    return clerk()


@pytest.fixture
def paper(by: Actor) -> Document:
    with transaction():
        return issued(by)


def asked(paper: Document, by: Actor, *, reprint: bool = False, reason: str = "") -> PrintJob:
    with transaction():
        return ask_print(
            document_id=paper.id, medium=Medium.THERMAL, place=PLACE, by=by, at=NOON, printer="p", reprint=reprint,
            reason=reason,
        )  # fmt: skip


def ended(job: PrintJob, outcome: Outcome, why: str = "") -> None:
    with transaction():
        record_print(job_id=job.id, answer=Answer(outcome, why), at=NOON)


@pytest.mark.rule("REC-03", "SEC-07")
def test_a_paper_is_stored_whole_hashed_and_encrypted(by: Actor, paper: Document) -> None:
    kept = document(paper.id, scope=by.scope)
    assert kept == paper
    assert kept.content["payer"] == "王建国（𠮷㛃）"
    assert kept.content["total"] == {"fen": 88_000, "text": "880.00", "capitals": "捌佰捌拾元整"}
    assert kept.sha256 == sha256(canonical(kept.content)).hex()
    (row,) = fetch_all("select content from documents_document")
    assert "王建国".encode() not in bytes(row["content"])
    assert [one.id for one in documents_of("payment", 7, scope=by.scope)] == [paper.id]


@pytest.mark.rule("REC-03", "SEC-02")
def test_a_code_proves_a_paper_without_personal_data(by: Actor, paper: Document) -> None:
    spoken = f"{paper.code[:4]}-{paper.code[4:8]}-{paper.code[8:]}".lower()
    found = verify_code(f" {spoken} ")
    assert found is not None
    assert (found.kind, found.serial, found.amount, found.prints) == (
        Kind.RECEIPT,
        "0042037",
        Money.yuan("880"),
        0,
    )
    assert found.sha256 == paper.sha256 and found.hall == HEAD.hall
    assert "王建国" not in repr(found) and "dw0120502" not in repr(found)
    assert verify_code("AAAAAAAAAAAA") is None
    assert verify_code("") is None


@pytest.mark.rule("REC-03")
def test_codes_cannot_be_guessed(by: Actor) -> None:
    with transaction():
        codes = {issued(by).code for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code) == 12 for code in codes)
    assert len({code[:3] for code in codes}) > 40


@pytest.mark.rule("RCP-01")
def test_nothing_is_altered_afterwards(paper: Document, by: Actor) -> None:
    asked(paper, by)
    for table in ("documents_document", "documents_printjob"):
        for statement in (f"delete from {table}", f"update {table} set hall_id = 2"):
            with (
                pytest.raises(Exception, match="append_only"),
                savepoint.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)


@pytest.mark.rule("RCP-01")
def test_there_is_one_original_and_reprints_are_numbered(by: Actor, paper: Document) -> None:
    first = asked(paper, by)
    assert first.original and first.outcome is Outcome.SENDING
    ended(first, Outcome.PRINTED)
    with pytest.raises(AlreadyPrinted, match="0042037"):
        asked(paper, by)
    with pytest.raises(ReprintNeedsReason):
        asked(paper, by, reprint=True, reason="  ")
    second = asked(paper, by, reprint=True, reason="客户遗失")
    assert (second.copy, second.original, second.reason) == (2, False, "客户遗失")
    ended(second, Outcome.PRINTED)
    assert [job.copy for job in print_jobs(paper.id, scope=by.scope)] == [1, 2]
    found = verify_code(paper.code)
    assert found is not None and found.prints == 2


@pytest.mark.rule("RCP-01", "RCP-06")
def test_an_original_that_never_left_the_printer_is_tried_again_as_original(
    by: Actor, paper: Document
) -> None:
    ended(asked(paper, by), Outcome.FAILED, "paper_out")
    again = asked(paper, by)
    assert again.original
    ended(again, Outcome.FAILED, "printer_refused")
    ended(asked(paper, by, reprint=True, reason="换打印机"), Outcome.PRINTED)
    assert [(job.copy, job.outcome, job.failure) for job in print_jobs(paper.id, scope=by.scope)] == [
        (1, Outcome.FAILED, "paper_out"),
        (1, Outcome.FAILED, "printer_refused"),
        (1, Outcome.PRINTED, ""),
    ]


@pytest.mark.rule("RCP-01")
@pytest.mark.parametrize("outcome", [Outcome.UNCLEAR, None])
def test_an_original_that_may_be_on_paper_is_not_repeated(
    by: Actor, paper: Document, outcome: Outcome | None
) -> None:
    first = asked(paper, by)
    if outcome:
        ended(first, outcome, "no_confirmation")
    with pytest.raises(AlreadyPrinted):
        asked(paper, by)
    assert asked(paper, by, reprint=True, reason="没有出纸").copy == 2


@pytest.mark.rule("REC-01")
def test_forms_may_be_printed_again_and_count_their_copies(by: Actor) -> None:
    form = Drawer(head=HEAD, counter="3号台席", clerk="李敏", opened_at=NOON, opening_float=Money.yuan("500"))
    with transaction():
        paper = issue_document(form, hall_id=1, serial="", subject="drawer", subject_id=1, by=by, at=NOON)
        copies = [
            ask_print(document_id=paper.id, medium=Medium.PDF, place=PLACE, by=by, at=NOON) for _ in range(3)
        ]
    assert [(job.copy, job.outcome) for job in copies] == [(n, Outcome.PRINTED) for n in (1, 2, 3)]


@pytest.mark.rule("SEC-10")
def test_another_halls_papers_do_not_exist(by: Actor, paper: Document) -> None:
    stranger = clerk(hall=2, staff_no="0999")
    with pytest.raises(NotFound):
        document(paper.id, scope=stranger.scope)
    with pytest.raises(NotFound):
        asked(paper, stranger)
    assert print_jobs(paper.id, scope=stranger.scope) == []


@pytest.mark.rule("RCP-01")
@given(outcomes=st.lists(st.sampled_from(list(Outcome)), max_size=8))
def test_a_copy_number_is_given_again_only_after_a_failure(outcomes: list[Outcome]) -> None:
    jobs: list[PrintJob] = []
    for number, outcome in enumerate(outcomes):
        copy = next_copy(jobs)
        on_paper = {job.copy for job in jobs if job.outcome is not Outcome.FAILED}
        assert copy not in on_paper and copy == len(on_paper) + 1
        jobs.append(PrintJob(number, DocumentId(1), copy, Medium.PDF, "", PLACE, "李敏", NOON, "", outcome))


@pytest.mark.rule("REC-03")
def test_the_hash_changes_with_every_word() -> None:
    content = as_content(receipt())
    changed = as_content(replace(receipt(), payer="王建国"))
    assert sha256(canonical(content)) != sha256(canonical(changed))
    assert sha256(canonical(content)) == sha256(canonical(dict(reversed(content.items()))))
