"""Telephone lines of the hall for stories: opened, called from, topped up, billed."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import count
from typing import Any

import pytest
from django.db import transaction as django_transaction

from onehall.contexts.organisation.models import Hall
from onehall.contexts.voice import api as voice
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA
from onehall.journeys.take_calls import take_calls
from onehall.runs.bill_month import bill_month
from onehall.runs.rate_calls import rate_calls
from onehall.steps.call_records import COLUMNS, rows_of_records
from tests.cast import Cast

ALL = Scope.operator()
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
LI_MIN, WANG = "68000001", "68000002"
_ids = count(1)


def day(text: str) -> datetime:
    """`2026-10-03` or `2026-10-03 18:30:00` on the hall's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def opened(by: Actor, number: str = LI_MIN, *, since: str = "2026-09-01", **facts: Any) -> voice.Line:
    """A line as it is from `since` on; the broadband sold before gives it a subscription."""
    (row,) = fetch_all("select id from subscriptions_subscription order by id limit 1")
    usual: dict[str, Any] = {
        "plan": "yuezu", "features": (), "rent_free": False, "monthly_credit": 0, "annual_credit": 0, "annual_credit_until": None,
        "alarm_threshold": 10_000, "partner": "", "suspended": False, "closed": False,
    }  # fmt: skip
    state = voice.LineState(number=number, subscription_id=row["id"], **{**usual, **facts})
    with transaction():
        voice.set_line(line=state, by=by, at=day(since))
    return voice.line(number, at=day(since), scope=ALL)


def called(
    caller: str, start: str, seconds: int, callee: str = "02912345678", call_id: str = ""
) -> dict[str, str]:
    """A record as the exchange writes it."""
    return dict(
        zip(COLUMNS, (call_id or f"c{next(_ids):06d}", start, caller, callee, str(seconds)), strict=True)
    )


def deliver(records: Iterable[dict[str, str]], *, at: datetime, name: str = "calls.csv") -> voice.Taken:
    """A file brought at the console."""
    hall = HallId(Hall.objects.get(code="xinyuan").pk)
    return take_calls(rows=rows_of_records(records), source="console", name=name, hall=hall, by=None, at=at)


def paid_in(line: voice.Line, amount: str, at: str) -> None:
    """Money for a line, under a number of its own."""
    with transaction():
        voice.top_up(
            line=line.id, source="opening", reference=f"t{next(_ids)}", amount=Money.yuan(amount), at=day(at)
        )


def drafted(month: date, by: Actor, at: datetime, *, batch: int = 20_000) -> voice.MonthRun:
    """The trial of a month, whole."""
    with transaction():
        run = voice.start_run(month=month, by=by, at=at)
    bill_month(at=at, batch=batch)
    return voice.run(run.id, scope=ALL)


def approved(month: date, asked: Actor, agreed: Actor, at: datetime) -> Sequence[voice.Bill]:
    """A month's bills, standing; what the ledger does with them is the journey's."""
    run = drafted(month, asked, at)
    with transaction():
        voice.approve_run(run=run.id, by=agreed, at=at)
    return voice.bills_of_run(run.id, outliers=False, limit=1000, scope=ALL)


def left(number: str = LI_MIN) -> int:
    """What is left on a line, in units."""
    return voice.balance(voice.line(number, at=day("2099-01-01"), scope=ALL).id, scope=ALL)


def months_at_work(cast: Cast, clerk: Actor, manager: Actor) -> voice.MonthRun:
    """A line that called four times as much in October as in September, a call nobody has, a row that is none; October is a trial."""
    opened(clerk)
    deliver(
        [called(LI_MIN, "2026-09-03 18:30:00", 60), called("68009999", "2026-10-03 18:30:00", 60)],
        at=cast.now,
    )
    deliver([called(LI_MIN, "2026-10-03 18:30:00", 86_400), called(LI_MIN, "gestern", 61)], at=cast.now)
    rate_calls(at=cast.now)
    approved(date(2026, 9, 1), manager, cast.sign_in("0101"), cast.now)
    return drafted(OCTOBER, manager, cast.now)


@contextmanager
def otherwise() -> Iterator[None]:
    """A course of things that is taken back afterwards, so that another may begin from the same place."""
    attempt = django_transaction.Atomic(using=None, savepoint=True, durable=False)
    attempt._from_testcase = True  # type: ignore[attr-defined]
    with attempt:
        yield
        django_transaction.set_rollback(True)


@pytest.fixture
def manager(cast: Cast) -> Actor:
    """周敏, after somebody took broadband: a subscription is there."""
    cast.new_line(cast.clerk())
    return cast.sign_in("0201")


@pytest.fixture
def accountant(cast: Cast) -> Actor:
    """马骏, who agrees."""
    return cast.sign_in("0101")
