"""Deciding about the papers after a receipt: values in, values out."""

from onehall.contexts.invoicing.rules.invoices import (  # noqa: I001 - packed
    AGENCY, Sold, category_of, is_left_out, lines_of, red_lines, tax_of,
)  # fmt: skip
from onehall.contexts.invoicing.rules.papers import undoing
from onehall.contexts.invoicing.rules.refusals import BadBuyer, InvoiceRefused, refused
from onehall.contexts.invoicing.rules.standing import check_time, kept_until, pause, promised, state_of
from onehall.contexts.invoicing.rules.words import buyer_of, reason_of

__all__ = [
    "AGENCY", "BadBuyer", "InvoiceRefused", "Sold", "buyer_of", "category_of", "check_time", "is_left_out", "kept_until",
    "lines_of", "pause", "promised", "reason_of", "red_lines", "refused", "state_of", "tax_of", "undoing",
]  # fmt: skip
