"""日报、日记账出单 Store a day report of the hall, or a clerk's journal, as readings told it (CSH-02, REC-01)."""

from collections.abc import Sequence
from datetime import date, datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.documents.contracts import Document
from onehall.foundation.documents.tabular import Fact, Grid
from onehall.foundation.scopes import Actor
from onehall.steps.day_papers import issue_day_report, issue_journal


def print_day_book(
    *, day: date, clerk: int | None, name: str, facts: Sequence[Fact], grids: Sequence[Grid], remark: str, by: Actor,
    at: datetime,
) -> Document:  # fmt: skip
    """The journal of `clerk`, or the hall's day report where none is named; figures are handed in as they were read."""
    with transaction():
        by.require("books.view")
        if clerk is None:
            paper = issue_day_report(day=day, facts=facts, grids=grids, remark=remark, by=by, at=at)
        else:
            paper = issue_journal(day=day, clerk=clerk, name=name, facts=facts, grid=grids[0], by=by, at=at)
        record(
            action="document.issued", subject="document", subject_id=paper.id, hall_id=by.hall_id, by=by, at=at,
            rule="REC-03", details={"kind": paper.kind.value, "serial": paper.serial},
        )  # fmt: skip
    return paper
