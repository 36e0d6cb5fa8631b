"""Every day: particulars of customers whose time of keeping is over (REC-02)."""

from datetime import datetime

from onehall.runs.erase_due_customers import erase_due_customers


def erase_due(at: datetime) -> None:
    """Customer by customer; the policy says whether the clock does it at all."""
    erase_due_customers(at=at)
