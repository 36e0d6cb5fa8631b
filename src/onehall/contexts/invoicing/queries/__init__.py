"""Reading the papers after a receipt. They belong to one hall: outside the scope they are not found."""

from onehall.contexts.invoicing.queries.invoices import (
    hold_payment,
    invoice,
    invoiced_by_order,
    invoices_of_hall,
    invoices_of_payment,
    left_invoiced,
    reversed_by_order,
)
from onehall.contexts.invoicing.queries.papers import papers_given, red_receipts, red_receipts_given

__all__ = [
    "hold_payment", "invoice", "invoiced_by_order", "invoices_of_hall", "invoices_of_payment", "left_invoiced",
    "papers_given", "red_receipts", "red_receipts_given", "reversed_by_order",
]  # fmt: skip
