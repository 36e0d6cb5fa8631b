"""Every ten minutes: calls that came in are charged, and trials of a month that somebody started are drafted."""

from datetime import datetime

from onehall.runs.bill_month import bill_month
from onehall.runs.rate_calls import rate_calls
from onehall.runs.remind_balances import remind_balances
from onehall.runs.stop_telephones import stop_telephones
from onehall.runs.tell_outliers import tell_outliers


def charge_calls(at: datetime) -> None:
    """What waits for a line or a price is looked at again as well."""
    rate_calls(at=at)


def draft_months(at: datetime) -> None:
    """Approving what was drafted is a person's (BIL-04)."""
    bill_month(at=at)


def tell_balances(at: datetime) -> None:
    """What was told already is known by its key; what was announced comes afterwards."""
    remind_balances(at=at)
    stop_telephones(at=at)
    tell_outliers(at=at)
