"""How one call is rated: values in, value out. The expression and the kernel do the same to millions (VOI-02).

Money is in units: whole numbers of 1/10000 yuan.
"""

import re
from collections.abc import Container
from datetime import UTC, datetime, timedelta
from typing import Any

from onehall.contexts.rating.contracts import Charged, Month, NotAMonth, Reason

UNITS_PER_YUAN = 10_000
UNITS_PER_FEN = 100
LARGEST = 10**15  # structural: sums of such amounts still fit 64 bits
"""A hundred milliard yuan: larger amounts and longer calls are mistakes, and sums of them would not fit 64 bits."""
_AMOUNT = re.compile(r"(-?)([0-9]{1,12})(?:\.([0-9]{1,4}))?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")
LONGEST = 999_999_999  # structural: nine digits of seconds are thirty years
_SECONDS = re.compile(r"[0-9]{1,9}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


def units(text: str) -> int | None:
    """Yuan with at most four decimals as units; None where it is no such amount."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    decimals = (found[3] or "").ljust(4, "0")  # structural: a unit is a ten-thousandth
    amount = int(found[2]) * UNITS_PER_YUAN + int(decimals)
    return (-amount if found[1] else amount) if amount <= LARGEST else None


def yuan(amount: int) -> str:
    """Units as yuan, as short as it is exact: 1500 is 0.15, 200000 is 20.00."""
    whole, rest = divmod(abs(amount), UNITS_PER_YUAN)
    decimals = f"{rest:04d}".removesuffix("0").removesuffix("0")
    return f"{'-' if amount < 0 else ''}{whole}.{decimals}"


def moment(text: str) -> int | None:
    """A wall clock's `YYYY-MM-DD HH:MM:SS` as seconds since 1970; None where there is no such moment."""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())
    except ValueError:
        return None


def whole_seconds(text: str) -> int | None:
    """A call's length; None where it is no whole number, negative, or longer than nine digits."""
    return int(text) if _SECONDS.fullmatch(text) else None


def month(text: str) -> Month:
    """A month as 2026-10. Raises NotAMonth."""
    if not _MONTH.fullmatch(text):
        raise NotAMonth(typed=text)
    try:
        first = datetime(int(text[:4]), int(text[5:]), 1, tzinfo=UTC)
        after = (first + timedelta(days=31)).replace(day=1)  # structural: no month is longer
    except (ValueError, OverflowError):
        raise NotAMonth(typed=text) from None
    return Month(text, int(first.timestamp()), int(after.timestamp()))


def longest_prefix(callee: str, prefixes: Container[str]) -> str | None:
    """The longest of `prefixes` that `callee` begins with; None where not even the empty one is there."""
    return next((callee[:n] for n in range(len(callee), -1, -1) if callee[:n] in prefixes), None)


def started_minutes(seconds: int) -> int:
    """Every minute that has begun; a call that was not answered has none."""
    return -(-seconds // 60)  # structural: a minute


def charged(*, seconds: int, price: int, credit: int, balance: int) -> Charged:
    """Price by started minutes; `credit`, what is left of the month's, pays first, the balance what remains (CAT-04)."""
    minutes = started_minutes(seconds)
    charge = minutes * price
    used = min(charge, credit)
    return Charged(minutes, price, charge, credit, used, charge - used, balance)


def suspended(
    *, readable: bool, repeated: bool, account: bool, plan: bool, in_month: bool, price: bool, seconds: int
) -> Reason | None:
    """The first question that a row of calls fails, in the order of the questions; None: it is rated."""
    questions = (
        (not readable, Reason.BAD_ROW),
        (repeated, Reason.REPEAT),
        (not account, Reason.UNKNOWN_ACCOUNT),
        (not plan, Reason.UNKNOWN_PLAN),
        (not in_month, Reason.OTHER_MONTH),
        (not price and seconds > 0, Reason.NO_PRICE),
    )
    return next((reason for failed, reason in questions if failed), None)


def booked(*, paid: Any, carried: Any) -> tuple[Any, Any]:
    """(fen, remainder) of a month's sum, or of many in an array: whole fen go to the ledger, the rest in units to the next month (VOI-02)."""
    return divmod(paid + carried, UNITS_PER_FEN)
