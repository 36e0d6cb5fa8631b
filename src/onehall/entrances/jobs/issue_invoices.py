"""Every five seconds: the tax side is asked for electronic invoices (RCP-05)."""

from datetime import datetime

from onehall.runs.issue_invoices import issue_invoices as issue_due
from onehall.steps.invoices import tax_side


def issue_invoices(at: datetime) -> None:
    """A tax side that does not answer keeps nobody at the counter waiting."""
    issue_due(tax_side=tax_side(), at=at)
