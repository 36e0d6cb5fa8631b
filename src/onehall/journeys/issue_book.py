"""打印登记簿 Store a register of a period as the paper book it replaces (REC-01, REC-03)."""

from collections.abc import Sequence
from datetime import datetime

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.documents.book import Book, BookColumn
from onehall.foundation.documents.contracts import Document
from onehall.foundation.documents.services import issue_document
from onehall.foundation.scopes import Actor
from onehall.foundation.values.text import Text
from onehall.steps.papers import letterhead


def issue_book(
    *, code: str, permission: str, title: Text, period: str, columns: Sequence[tuple[Text, int]], rows: Sequence[Sequence[str]],
    by: Actor, at: datetime,
) -> Document:  # fmt: skip
    """`permission` is the list's own; a column is its heading and width. Who printed how many lines of what is on record."""
    with transaction():
        by.require("document.print")
        by.require(permission)
        form = Book(
            head=letterhead(by.hall_id, scope=by.scope), title=title, period=period,
            columns=tuple(BookColumn(heading=heading, width=width) for heading, width in columns),
            rows=tuple(tuple(row) for row in rows),
        )  # fmt: skip
        paper = issue_document(
            form, hall_id=by.hall_id, serial=code, subject="hall", subject_id=int(by.hall_id), by=by, at=at
        )
        record(
            action="document.issued", subject="document", subject_id=paper.id, hall_id=by.hall_id, by=by, at=at,
            rule="REC-01", details={"kind": "register", "list": code, "period": period, "rows": len(rows)},
        )  # fmt: skip
        return paper
