"""What the clock does and how often. To add a job: one file with one function of the time, and one line here.

A job may be run twice at once or be cut short at any point, and must do no harm then: what it does stands in a journey
or a run with a transaction of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from onehall.entrances.jobs.delete_logs import delete_logs
from onehall.entrances.jobs.delete_scans import delete_scans
from onehall.entrances.jobs.deliver_commands import deliver_commands
from onehall.entrances.jobs.end_due import end_due
from onehall.entrances.jobs.erase_due import erase_due
from onehall.entrances.jobs.fetch_bills import fetch_bills
from onehall.entrances.jobs.forget_old import forget_old
from onehall.entrances.jobs.issue_invoices import issue_invoices
from onehall.entrances.jobs.keep_network import close_silent, keep_months
from onehall.entrances.jobs.online import end_online_days, settle_recharges
from onehall.entrances.jobs.reconcile_network import cut_survivors, reconcile_network
from onehall.entrances.jobs.remind_expiring import remind_expiring
from onehall.entrances.jobs.resume_due import resume_due
from onehall.entrances.jobs.seal_audit import seal_audit
from onehall.entrances.jobs.see_to_charges import see_to_charges
from onehall.entrances.jobs.send_notices import send_notices
from onehall.entrances.jobs.send_webhooks import send_webhooks, tidy_deliveries
from onehall.entrances.jobs.telephone import charge_calls, draft_months, tell_balances
from onehall.entrances.jobs.watch_log import watch_log


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timetable: the first run is at the start of the clock."""

    job: Callable[[datetime], None]
    every: timedelta


TIMETABLE = (
    Line(seal_audit, every=timedelta(seconds=2)),
    Line(end_due, every=timedelta(minutes=1)),
    Line(resume_due, every=timedelta(minutes=1)),
    Line(end_online_days, every=timedelta(minutes=1)),
    Line(reconcile_network, every=timedelta(minutes=1)),
    Line(remind_expiring, every=timedelta(minutes=10)),
    Line(fetch_bills, every=timedelta(minutes=10)),
    Line(charge_calls, every=timedelta(minutes=10)),
    Line(draft_months, every=timedelta(minutes=1)),
    Line(tell_balances, every=timedelta(hours=1)),
    Line(forget_old, every=timedelta(hours=1)),
    Line(close_silent, every=timedelta(minutes=1)),
    Line(keep_months, every=timedelta(hours=1)),
    Line(delete_logs, every=timedelta(hours=1)),
    Line(delete_scans, every=timedelta(hours=1)),
    Line(erase_due, every=timedelta(days=1)),
    Line(tidy_deliveries, every=timedelta(hours=1)),
    Line(watch_log, every=timedelta(minutes=5)),
)

POST = (Line(send_webhooks, every=timedelta(seconds=0.5)), Line(send_notices, every=timedelta(seconds=1)))
"""Kept by a thread of its own, so that no long job delays it."""

NETWORK = (
    Line(deliver_commands, every=timedelta(seconds=0.2)),
    Line(cut_survivors, every=timedelta(seconds=2)),
)
"""So is this one: a customer who has paid, or is to be cut, does not wait for reports."""

CHARGES = (
    Line(see_to_charges, every=timedelta(seconds=1)),
    Line(settle_recharges, every=timedelta(seconds=1)),
)
"""And this one: a customer who has paid by telephone stands at the counter, or looks at the page."""

INVOICES = (Line(issue_invoices, every=timedelta(seconds=5)),)
"""And this one: the tax side may take its time."""
