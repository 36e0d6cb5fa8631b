"""Tables of invoicing. Amounts are whole fen; every table but `Pending` is append-only."""

from onehall.contexts.invoicing.models.invoices import Invoice, InvoiceLine, InvoiceStep, Pending
from onehall.contexts.invoicing.models.papers import RedReceipt

__all__ = ["Invoice", "InvoiceLine", "InvoiceStep", "Pending", "RedReceipt"]
