"""What is deleted next by itself, by kind: looked up, nothing is touched (REC-02)."""

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from onehall.contexts.customers import api as customers
from onehall.foundation.policy import PolicyBook, PolicyKey
from onehall.foundation.policy.services import policy_book
from onehall.foundation.telemetry.policies import LOGS_HELD, LOGS_KEPT
from onehall.foundation.telemetry.retention import count_old
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.runs.erase_due_customers import due_customers

_SOON = timedelta(days=30)  # structural: how far the page looks ahead


@dataclass(frozen=True, slots=True)
class Due:
    """A kind of record: how many are due now, how many of those a hold keeps, how many follow within thirty days, and the
    policy that keeps the clock from deleting it at all, where one does."""

    name: Text
    period: PolicyKey[Any]
    kept: Any
    now: int
    held: int
    soon: int
    stopped: PolicyKey[Any] | None = None


def due(request: Request) -> list[Due]:
    """Scans, particulars and logs, in the order in which they come up."""
    book = policy_book(hall_id=None, at=request.at)
    return [_scans(request, book), _particulars(request, book), _logs(request, book)]


def _scans(request: Request, book: PolicyBook) -> Due:
    scope = request.actor.scope
    now, held = customers.scans_due(at=request.at, scope=scope)
    later, _ = customers.scans_due(at=request.at + _SOON, scope=scope)
    stopped = customers.SCANS_HELD if book[customers.SCANS_HELD] else None
    days = book[customers.SCAN_DAYS]
    return Due(
        Text("证件扫描件", "scans of papers"), customers.SCAN_DAYS, days, now, held, later - now, stopped
    )


def _particulars(request: Request, book: PolicyBook) -> Due:
    found = due_customers(at=request.at, soon=_SOON)
    stopped = None if book[customers.ERASE_BY_ITSELF] else customers.ERASE_BY_ITSELF
    months = book[customers.KEEP_MONTHS]
    name = Text("客户资料", "particulars of customers")
    return Due(name, customers.KEEP_MONTHS, months, found.now, found.held, found.soon, stopped)


def _logs(request: Request, book: PolicyBook) -> Due:
    """The files of this machine; none where somebody else collects them."""
    folder, days, today = os.environ.get("ONEHALL_LOGS"), book[LOGS_KEPT], local(request.at).date()
    now, later = (
        count_old(Path(folder), kept_days=days, today=day) if folder else 0 for day in (today, today + _SOON)
    )
    stopped = LOGS_HELD if book[LOGS_HELD] else None
    return Due(Text("日志文件", "log files"), LOGS_KEPT, days, now, 0, later - now, stopped)
