"""Electronic invoices on their way to the tax side (RCP-05): asked, answered, asked again until there is an answer.

An invoice is leased and committed before it is asked for, and the answer noted in a transaction of its own: the network is
never inside one. Killed in between, the same question is put again under the same serial, which issues nothing twice.
"""

from datetime import datetime

from onehall.contexts.invoicing import api as invoicing
from onehall.contexts.organisation import api as organisation
from onehall.foundation.database import transaction
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Scope
from onehall.steps.invoices import note

_BATCH = 20  # structural: questions of one look; the next one follows at once
_ALL = Scope.operator()


def issue_invoices(*, tax_side: invoicing.TaxSide | None, at: datetime) -> int:
    """One look at what is due; how many were asked for. Without a tax side they wait, and none is lost."""
    if tax_side is None:
        return 0
    with transaction():
        book = policy_book(hall_id=None, at=at)
        if not book.version:
            return 0
        due = invoicing.take_due(limit=_BATCH, book=book, at=at)
    for invoice in due:
        answer = tax_side.issue(_wanted(invoice, at), at=at)
        with transaction():
            note(invoice, answer=answer, at=at)
    return len(due)


def _wanted(invoice: invoicing.Invoice, at: datetime) -> invoicing.Wanted:
    seller = organisation.issuer(hall_id=invoice.hall, counter_id=None, scope=_ALL).operator.zh
    blue = invoicing.invoice(invoice.of, at=at, scope=_ALL).number if invoice.of else ""
    return invoicing.Wanted(invoice, seller, blue)
