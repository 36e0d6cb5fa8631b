"""日记账、营业日报: what a reading told, as a paper with the names an accountant reads (CSH-02, REC-01)."""

from collections.abc import Sequence
from datetime import date, datetime

from onehall.foundation.documents.contracts import Document
from onehall.foundation.documents.services import issue_document
from onehall.foundation.documents.tabular import DayReport, Fact, Grid, Journal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.text import Text
from onehall.steps.papers import letterhead


def issue_day_report(
    *, day: date, facts: Sequence[Fact], grids: Sequence[Grid], remark: str, by: Actor, at: datetime
) -> Document:
    """营业日报 of the actor's hall."""
    form = DayReport(
        head=letterhead(by.hall_id, scope=by.scope), name=Text(day.isoformat(), day.isoformat()), facts=tuple(facts),
        grids=tuple(grids), remark=remark,
        signatures=(Text("累帐人", "Cashier-auditor"), Text("值班经理", "Duty manager"), Text("厅主任", "Hall director")),
    )  # fmt: skip
    return issue_document(
        form, hall_id=by.hall_id, serial=day.isoformat(), subject="hall", subject_id=by.hall_id, by=by, at=at
    )


def issue_journal(
    *, day: date, clerk: int, name: str, facts: Sequence[Fact], grid: Grid, by: Actor, at: datetime
) -> Document:
    """日记账 of one clerk."""
    form = Journal(
        head=letterhead(by.hall_id, scope=by.scope), name=Text(f"{name} {day}", f"{name} {day}"), facts=tuple(facts),
        grids=(grid,), signatures=(Text("营业员", "Clerk"), Text("累帐人", "Cashier-auditor")),
    )  # fmt: skip
    return issue_document(
        form, hall_id=by.hall_id, serial=f"{day}-{clerk}", subject="user", subject_id=clerk, by=by, at=at
    )
