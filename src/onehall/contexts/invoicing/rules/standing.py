"""Until when an invoice is asked for, ready, collected and kept, and how it stands (RCP-04, LAW-31)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from onehall.contexts.invoicing.contracts import InvoiceKind, InvoiceState
from onehall.contexts.invoicing.rules.refusals import refused
from onehall.foundation.values.period import add_months, add_years, local


def check_time(paid_at: datetime, *, months: int, at: datetime) -> None:
    """RCP-04: asked for within so many months of the payment, the last day included. Raises InvoiceRefused."""
    paid = local(paid_at).date()
    if local(at).date() > add_months(paid, months):
        raise refused("late", months=months, day=paid)


def promised(at: datetime, *, ready_days: int, collect_days: int) -> tuple[date, date]:
    """RCP-04: by which day it is ready, and until which it is collected."""
    ready = local(at).date() + timedelta(days=ready_days)
    return ready, ready + timedelta(days=collect_days)


def state_of(steps: Iterable[str], kind: InvoiceKind, *, collect_by: date, today: date) -> InvoiceState:
    """How an invoice stands (RCP-04): one of paper that was not collected in time has lapsed; an electronic one never does."""
    happened = set(steps)
    for step, state in (
        ("refused", InvoiceState.REFUSED),
        ("withdrawn", InvoiceState.WITHDRAWN),
        ("collected", InvoiceState.COLLECTED),
    ):
        if step in happened:
            return state
    if today > collect_by and kind is not InvoiceKind.ELECTRONIC:
        return InvoiceState.LAPSED
    return InvoiceState.ISSUED if "issued" in happened else InvoiceState.REQUESTED


def kept_until(issued_at: datetime, *, years: int) -> date:
    """LAW-31: until when the stub is kept, counted from the end of the year it was issued in."""
    end = date(local(issued_at).year, 12, 31)  # structural: the year's last day
    return add_years(end, years)


def pause(attempts: int, *, first_seconds: int) -> timedelta:
    """Until the tax side is asked again: doubled each time, an hour at most."""
    seconds = min(first_seconds * 2 ** min(attempts, 12), 3600)  # structural: it waits for nobody
    return timedelta(seconds=seconds)
