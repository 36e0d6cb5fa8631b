"""What comes in books (RCP-01)."""

from onehall.foundation.values.text import Text
from onehall.steps.collection import RECEIPT
from onehall.steps.invoices import INVOICE_BOOK

KINDS = {RECEIPT: Text("收据", "Receipts"), INVOICE_BOOK: Text("发票", "Invoices")}
"""Each kind of book with its name."""
