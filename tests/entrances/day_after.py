"""The day after: the provider's file, as it is or spoilt, and what the books say then."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from onehall.adapters.payment.simulated_bill import Line
from onehall.contexts.clearing import api as clearing
from onehall.journeys.settle_difference import settle_difference
from onehall.readings.verification import verify_money
from onehall.runs.fetch_bills import fetch_bills
from onehall.steps.clearing import bill_source
from tests.cast import Cast
from tests.entrances.telephones import ALL, Desk
from tests.journeys.test_charges import UNSOLD, WECHAT, stands

FEES, BANK, DIFFERING = "660301", "100203", "224101"
V = clearing.Verdict


def fetched(cast: Cast) -> int:
    """The next noon: the file of the day before is ready."""
    return fetch_bills(source_of=bill_source, at=cast.later(days=1, hours=3))


def open_now(cast: Cast, desk: Desk) -> tuple[clearing.Difference, ...]:
    return clearing.differences(desk.by.hall_id, settled=False, limit=50, scope=ALL)


def settle(cast: Cast, one: clearing.Difference) -> None:
    zhou_min = cast.sign_in("0201")
    settle_difference(difference_id=one.id, reason="已查明", intent=uuid4(), by=zhou_min, at=cast.now)


def verified() -> bool:
    return verify_money(scope=ALL, row_by_row=True).findings == ()


def balances() -> tuple[int, ...]:
    return tuple(stands(account) for account in (WECHAT, FEES, DIFFERING, UNSOLD))


def lost(rows: list[Line]) -> list[Line]:
    return []


def a_fen(rows: list[Line]) -> list[Line]:
    return [replace(row, fen=row.fen - 1) for row in rows]


def a_stranger(rows: list[Line]) -> list[Line]:
    return [*rows, *(Line.of("stranger", "42stranger", 500, row.at) for row in rows[:1])]


def a_row_more(rows: list[Line]) -> list[Line]:
    return rows * 2


def a_day(rows: list[Line]) -> list[Line]:
    return [replace(row, at=row.at - timedelta(days=1)) for row in rows]


def a_fee(rows: list[Line]) -> list[Line]:
    return [replace(row, fee=row.fee + 1) for row in rows]
