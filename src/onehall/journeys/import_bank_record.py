"""导入银行对账单 The bank's record of a hall's deposits: every line once, the whole file or nothing (CSH-04)."""

from datetime import datetime

from onehall.contexts.banking import api as banking
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.sheetreader import Sheet
from onehall.steps.cash_books import book_arrivals
from onehall.steps.clearing import settle_shown


def import_bank_record(*, sheet: Sheet, by: Actor, at: datetime) -> banking.Imported:
    """Read by the columns that the policies name; the same file again changes nothing.

    Raises BankFileRefused with the row, for what cannot be read and for a line that says something else than before.
    """
    with transaction():
        by.require("bank.import")
        book = policy_book(hall_id=by.hall_id, at=at)
        columns = {
            "date": book[banking.COLUMN_DATE], "amount": book[banking.COLUMN_AMOUNT],
            "label": book[banking.COLUMN_LABEL], "reference": book[banking.COLUMN_REFERENCE],
            "payer": book[banking.COLUMN_PAYER],
        }  # fmt: skip
        banking.hold_books(by.hall_id, scope=by.scope)
        rows, unlabelled = banking.read_rows(sheet.rows(), columns=columns)
        kept = banking.keep_bank_rows(hall=by.hall_id, rows=rows, unlabelled=unlabelled, by=by, at=at)
        settle_shown(at=at)
        lines = banking.arrivals(by.hall_id, [row.reference for row in rows], scope=Scope.of(by.hall_id))
        book_arrivals(by.hall_id, lines, at=at)
        record(
            action="bank.imported", subject="bank_file", subject_id=sheet.digest.hex()[:16], hall_id=by.hall_id, by=by, at=at,
            rule="CSH-04", policy_version=book.version, details={"new": kept.new, "known": kept.known},
        )  # fmt: skip
        publish(topic="deposit.changed", hall_id=by.hall_id, at=at, payload={"new": kept.new})
    return kept
