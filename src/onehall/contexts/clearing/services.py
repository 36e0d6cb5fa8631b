"""Writing clearing: keep a file, settle a difference, note what reached the bank. Nothing is ever changed."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError

from onehall.contexts.clearing import models, queries
from onehall.contexts.clearing.contracts import (
    Bill,
    Difference,
    DifferenceRefused,
    File,
    FileRefused,
    Found,
    Kind,
    Ours,
    Row,
    Verdict,
)
from onehall.contexts.clearing.rules import SIGN, compare, shares
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money

_ALL = Scope.operator()
Moves = Mapping[HallId, Money]
"""What changed each hall's clearing, above zero into it."""
_BOOKS_NOTHING = (Verdict.DAY, Verdict.FEE)


@in_transaction
def keep_bill(
    *, file: File, ours: Sequence[Ours], hall: HallId, rate: int, by: Actor | None, at: datetime
) -> tuple[Bill, Moves]:
    """Keeps a provider's file with every difference from `ours`, and what it kept as fees. The same file again changes nothing.

    What no hall knows belongs to `hall`. Raises FileRefused where another file of that day was read.
    """
    digest = hashlib.sha256(repr((file.reference, file.rows)).encode()).digest()
    queries.wait_for_turn(file.provider, scope=_ALL)
    before = _known(file, digest)
    if before is not None:
        return before, {}
    halls = {one.number: one.hall for one in ours}
    found = _compared(file, ours, rate)
    kept = models.Bill.objects.create(
        provider=file.provider, day=file.day, reference=file.reference, hall_id=hall, digest=digest,
        by_id=by.user_id if by else None, at=at,
    )  # fmt: skip
    owned = [(halls.get(row.number, hall), row) for row in file.rows]
    models.BillRow.objects.bulk_create(_row(kept, *one) for one in owned)
    _keep_differences(kept, found, halls, hall)
    fees: dict[HallId, Money] = {}
    for owner, row in owned:
        fees[owner] = fees.get(owner, Money.zero()) - row.fee
    return queries.bill(kept.pk, scope=_ALL), _moved(kept, "fee", fees, at)


@in_transaction
def settle_difference(*, difference: Difference, ours: Money, reason: str, by: Actor, at: datetime) -> Moves:
    """What `by` found out; books the clearing to what the provider says, `ours` being what the books hold now.

    Raises DifferenceRefused without a reason, or where somebody settled it before.
    """
    words = " ".join(reason.split())
    if not words:
        raise DifferenceRefused(
            field="reason", why="没有写查明的情况", why_en="What was found out is missing", do="请写一句。", do_en="Write a sentence.",
        )  # fmt: skip
    gap = _gap(difference, ours)
    try:
        models.Settling.objects.create(
            difference_id=difference.id, reason=words[:200], booked=gap.fen, by_id=by.user_id, at=at
        )
    except IntegrityError as broken:
        raise DifferenceRefused(
            why="这条差异已经有人处理过", why_en="Somebody settled this difference already", do="请刷新页面查看。",
            do_en="Reload the page.",
        ) from broken  # fmt: skip
    bill = models.Difference.objects.select_related("bill").get(pk=difference.id).bill
    return _moved(bill, "difference", {difference.hall: Money(SIGN[difference.found.kind] * gap.fen)}, at)


@in_transaction
def settle_bill(*, bill: Bill, line: int, amount: Money, at: datetime) -> Moves:
    """The bank's record shows the day's settlement: each hall's share leaves the clearing.

    What the bank shows beside the file's sum is the owning hall's, and a difference for somebody to settle.
    """
    kept = models.Bill.objects.get(pk=bill.id)
    models.Arrival.objects.create(bill=kept, line_id=line, amount=amount.fen, at=at)
    rows = [
        (HallId(row.hall_id), _read(row)) for row in models.BillRow.objects.filter(bill=kept).order_by("pk")
    ]
    due = shares(rows)
    rest = amount - Money.total(due.values())
    due[bill.hall] = due.get(bill.hall, Money.zero()) + rest
    if rest:
        found = Found(Verdict.SETTLED, Kind.SETTLEMENT, bill.reference, amount - rest, amount)
        _keep_differences(kept, [found], {}, bill.hall)
    return _moved(kept, "settlement", {hall: -share for hall, share in due.items()}, at)


def _compared(file: File, ours: Sequence[Ours], rate: int) -> Sequence[Found]:
    numbers = {row.number for row in file.rows} | {one.number for one in ours}
    before = queries.said(file.provider, numbers, scope=_ALL)
    booked = queries.booked(file.provider, scope=_ALL)
    return compare(file, ours=ours, before=before, booked=booked, rate=rate)


@in_transaction
def heard_late(*, provider: str, kind: Kind, number: str, ours: Money) -> bool:
    """The books heard of a movement after something was booked for its number: where both now say too much, a difference again."""
    key = (kind, number)
    booked = queries.booked(provider, scope=_ALL).get(key)
    if booked is None:
        return False
    said = queries.said(provider, [number], scope=_ALL).get(key, Money.zero())
    if said == ours + booked:
        return False
    earlier = models.Difference.objects.filter(kind=kind, number=number, bill__provider=provider).latest("pk")
    found = Found(Verdict.AMOUNT, kind, number, ours + booked, said)
    _keep_differences(earlier.bill, [found], {}, HallId(earlier.hall_id))
    return True


def _known(file: File, digest: bytes) -> Bill | None:
    """The same file, where it was read before. Raises FileRefused for another one of that day."""
    before = queries.bill_of_day(file.provider, file.day, scope=_ALL)
    if before is not None and before[1] != digest:
        raise FileRefused(
            field="file", why=f"{file.day} 的账单已经导入过，内容与这份不同",
            why_en=f"The file of {file.day} was taken already, and says something else",
        )  # fmt: skip
    return before[0] if before else None


def _gap(one: Difference, ours: Money) -> Money:
    """What the provider says less what the books hold, with everything that was booked for this number before."""
    if one.found.verdict in _BOOKS_NOTHING:
        return Money.zero()
    key = (one.found.kind, one.found.number)
    before = queries.booked(one.provider, scope=_ALL).get(key, Money.zero())
    if one.found.kind is Kind.SETTLEMENT:
        return one.found.theirs - one.found.ours - before
    said = queries.said(one.provider, [one.found.number], scope=_ALL).get(key, Money.zero())
    return said - ours - before


def _keep_differences(
    bill: models.Bill, found: Sequence[Found], halls: Mapping[str, HallId], hall: HallId
) -> None:
    models.Difference.objects.bulk_create(
        models.Difference(
            bill=bill, hall_id=halls.get(one.number, hall), verdict=one.verdict, kind=one.kind, number=one.number,
            ours=one.ours.fen, theirs=one.theirs.fen,
        )
        for one in found
    )  # fmt: skip


def _moved(bill: models.Bill, why: str, amounts: Mapping[HallId, Money], at: datetime) -> Moves:
    moves = {hall: amount for hall, amount in amounts.items() if amount}
    models.Movement.objects.bulk_create(
        models.Movement(bill=bill, hall_id=hall, why=why, amount=amount.fen, at=at)
        for hall, amount in moves.items()
    )
    return moves


def _row(bill: models.Bill, hall: HallId, row: Row) -> models.BillRow:
    return models.BillRow(
        bill=bill, hall_id=hall, kind=row.kind, number=row.number, transaction=row.transaction, amount=row.amount.fen,
        fee=row.fee.fen, at=row.at,
    )  # fmt: skip


def _read(row: models.BillRow) -> Row:
    return Row(Kind(row.kind), row.number, row.transaction, Money(row.amount), Money(row.fee), row.at)
