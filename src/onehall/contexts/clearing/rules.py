"""Deciding what a provider's file and our books say to each other: values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from onehall.contexts.clearing.contracts import File, Found, Kind, Ours, Row, Verdict
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money

Key = tuple[Kind, str]
SIGN = {Kind.CHARGE: 1, Kind.REFUND: -1, Kind.SETTLEMENT: 1}
"""Which way a difference of this kind moves the clearing: more than we hold goes in, more given back goes out."""
_BASE = 10_000  # structural: a rate is written in ten-thousandths


def fee_of(amount: Money, *, rate: int) -> Money:
    """What a provider keeps of an amount at `rate` ten-thousandths, rounded half up to the fen."""
    return Money((2 * amount.fen * rate + _BASE) // (2 * _BASE))


def compare(
    file: File, *, ours: Iterable[Ours], before: Mapping[Key, Money], booked: Mapping[Key, Money], rate: int
) -> list[Found]:
    """Each difference between a day's file and the books, in the file's order, then what only we know.

    `ours` are the charges and refunds the file names, and all of that day; `before` what earlier files said of a number,
    `booked` what settled differences booked for it, both in its kind's own direction. Settling all brings books to file.
    """
    rows: dict[Key, list[Row]] = {}
    for row in file.rows:
        rows.setdefault((row.kind, row.number), []).append(row)
    known = {(one.kind, one.number): one for one in ours}
    found: list[Found] = []
    for key in [*rows, *(key for key in known if key not in rows)]:
        held = known[key].amount if key in known else Money.zero()
        standing = held + booked.get(key, Money.zero())
        said = before.get(key, Money.zero()) + Money.total(row.amount for row in rows.get(key, ()))
        verdict = _verdict(
            standing, said, len(rows.get(key, ())), before.get(key), _day(key, known), file.day
        )
        if verdict is not None:
            found.append(Found(verdict, *key, standing, said))
        found.extend(_fees(rows.get(key, ()), rate))
    return found


def shares(rows: Sequence[tuple[HallId, Row]]) -> dict[HallId, Money]:
    """What the provider owes each hall for these rows: charges less refunds less fees."""
    due: dict[HallId, Money] = {}
    for hall, row in rows:
        sign = SIGN[row.kind]
        due[hall] = due.get(hall, Money.zero()) + Money(sign * row.amount.fen) - row.fee
    return due


def _verdict(
    standing: Money, said: Money, rows: int, before: Money | None, ours_on: date | None, day: date
) -> Verdict | None:
    if said == standing:
        return Verdict.DAY if rows and ours_on is not None and ours_on != day else None
    if not said:
        return Verdict.ONLY_OURS
    if not standing:
        return Verdict.ONLY_THEIRS
    return Verdict.TWICE if rows > 1 or (rows and before) else Verdict.AMOUNT


def _day(key: Key, known: Mapping[Key, Ours]) -> date | None:
    """When we say it was paid; when money went back is told by the provider, we hear of it later."""
    return known[key].day if key[0] is Kind.CHARGE and key in known else None


def _fees(rows: Sequence[Row], rate: int) -> list[Found]:
    due = [(row, Money(SIGN[row.kind] * fee_of(row.amount, rate=rate).fen)) for row in rows]
    return [Found(Verdict.FEE, row.kind, row.number, fee, row.fee) for row, fee in due if fee != row.fee]
