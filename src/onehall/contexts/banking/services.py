"""Writing banking: seal, sign, hand over, keep the bank's record, note what was found out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count

from django.db import IntegrityError

from onehall.contexts.banking import models, queries
from onehall.contexts.banking.contracts import (
    Bag,
    BagRefused,
    BankFileRefused,
    BankLine,
    BankRow,
    Imported,
    MonthClose,
)
from onehall.contexts.banking.rules import bag_total, check_close, check_sealing
from onehall.foundation.database import in_transaction
from onehall.foundation.refusals import PeriodClosed
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import DrawerId, HallId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period, local


@in_transaction
def seal_bag(
    *, hall: HallId, counted: Mapping[int, int], dues: Mapping[DrawerId, Money], by: Actor, at: datetime
) -> Bag:
    """Seals what these drawers left for the bank: exactly that, counted by denomination. Raises BagRefused."""
    amount = bag_total(counted)
    check_sealing(counted=amount, due=Money.total(dues.values()), drawers=len(dues))
    try:
        made = models.Bag.objects.create(
            hall_id=hall, serial=_serial(hall, at), counted={str(piece): n for piece, n in counted.items() if n},
            amount=amount.fen, sealed_by_id=by.user_id, sealed_at=at,
        )  # fmt: skip
        models.BagDrawer.objects.bulk_create(
            models.BagDrawer(bag=made, drawer_id=drawer, amount=due.fen) for drawer, due in dues.items()
        )
    except IntegrityError as broken:
        raise _no(
            "有钱箱已经封过包，或者同事刚好也在封包", "A drawer is in a bag already, or a colleague sealed one this moment",
            "请刷新页面再选。", "Reload the page and choose again.",
        ) from broken  # fmt: skip
    return queries.bag(made.pk, scope=Scope.of(hall))


@in_transaction
def sign_bag(*, bag_id: int, by: Actor, at: datetime) -> Bag:
    """The second signature, of another person than whoever sealed it. Raises NotFound, BagRefused."""
    bag = _held(bag_id, by)
    if bag.signed_by is not None:
        raise _no("这个封包已经签过", "This bag is signed already", "请刷新页面查看。", "Reload the page.")
    models.Bag.objects.filter(pk=bag_id).update(signed_by_id=by.user_id, signed_at=at)
    return queries.bag(bag_id, scope=by.scope)


@in_transaction
def hand_over_bag(*, bag_id: int, carrier: str, by: Actor, at: datetime) -> Bag:
    """The bag leaves with `carrier`, who is named. Raises NotFound, BagRefused."""
    bag = _held(bag_id, by)
    if bag.signed_by is None:
        raise _no(
            "封包只有一个签名", "The bag has one signature only", "请另一位同事核对后签字。", "Let a second person check and sign it."
        )  # fmt: skip
    if bag.handed_at is not None:
        raise _no("这个封包已经交出", "This bag has left already", "请刷新页面查看。", "Reload the page.")
    if not carrier.strip():
        raise _no(
            "没有写交给谁",
            "To whom it went is missing",
            "请写银行或押运的人。",
            "Name the bank or the carrier.",
            "carrier",
        )
    models.Bag.objects.filter(pk=bag_id).update(
        handed_at=at, handed_by_id=by.user_id, carrier=carrier.strip()[:60]
    )
    return queries.bag(bag_id, scope=by.scope)


@in_transaction
def keep_bank_rows(
    *, hall: HallId, rows: Sequence[BankRow], unlabelled: int, by: Actor, at: datetime
) -> Imported:
    """Keeps the lines that are new; the same line again changes nothing. Raises BankFileRefused where one says something else."""
    kept = queries.lines_by_reference(hall, [row.reference for row in rows], scope=Scope.of(hall))
    said = {ref: (line.booked_on, line.label, line.amount) for ref, line in kept.items()}
    for row in rows:
        now = (row.booked_on, row.label, row.amount)
        if said.setdefault(row.reference, now) != now:
            raise BankFileRefused(
                field="file", row=row.row, why=f"流水号 {row.reference} 与以前导入的内容不同",
                why_en=f"reference {row.reference} says something else than before",
            )  # fmt: skip
    unique = {row.reference: row for row in rows if row.reference not in kept}
    models.BankLine.objects.bulk_create(
        models.BankLine(
            hall_id=hall, reference=row.reference, booked_on=row.booked_on, label=row.label, amount=row.amount.fen,
            payer=row.payer or None, by_id=by.user_id, at=at,
        )
        for row in unique.values()
    )  # fmt: skip
    return Imported(new=len(unique), known=len(rows) - len(unique), unlabelled=unlabelled)


@in_transaction
def claim_line(*, line: BankLine, what: str, about: str, at: datetime) -> bool:
    """This line of the bank's record is no bag's but paid for this; False where it paid for something before."""
    claim = {"what": what, "about": about[:60], "at": at}
    return models.BankClaim.objects.get_or_create(line_id=line.id, defaults=claim)[1]


@in_transaction
def note_finding(
    *, hall: HallId, bag: int | None, line: int | None, words: str, by: Actor, at: datetime
) -> None:
    """What was found out about a bag or a line that does not agree. Raises NotFound, BagRefused."""
    if bag is not None:
        queries.bag(bag, scope=by.scope)
    if line is not None:
        queries.bank_line(line, scope=by.scope)
    if not words.strip():
        raise _no(
            "没有写查明的情况", "What was found out is missing", "请写一句。", "Write a sentence.", "words"
        )
    models.BankNote.objects.create(
        hall_id=hall, bag_id=bag, line_id=line, words=words.strip()[:200], by_id=by.user_id, at=at
    )


@in_transaction
def propose_close(*, hall: HallId, span: Period, open_items: int, by: Actor, at: datetime) -> MonthClose:
    """Proposes to close a month; proposed again by somebody else, the newer proposal stands. Raises PeriodClosed."""
    _closable(hall, span, open_items, at)
    models.MonthClose.objects.update_or_create(
        hall_id=hall, start=span.start, defaults={"end": span.end, "asked_by_id": by.user_id, "asked_at": at}
    )
    return queries.month_closes(hall, scope=Scope.of(hall), start=span.start)[0]


@in_transaction
def close_month(
    *, hall: HallId, span: Period, open_items: int, batches: int, debits: Money, by: Actor, at: datetime
) -> MonthClose:
    """Closes a proposed month for good; from now on no posting is dated into it (CSH-05). Raises PeriodClosed.

    `batches` and `debits` are what the ledger holds in it.
    """
    models.MonthClose.objects.select_for_update().filter(hall_id=hall, start=span.start).first()
    if _closable(hall, span, open_items, at) is None:
        raise PeriodClosed(
            why="还没有人提出月结", why_en="Nobody proposed to close it", do="先由一人提出，再由另一人批准。",
            do_en="One person proposes, another one approves.",
        )  # fmt: skip
    models.MonthClose.objects.filter(hall_id=hall, start=span.start).update(
        closed_at=at, closed_by_id=by.user_id, batches=batches, debits=debits.fen
    )
    return queries.month_closes(hall, scope=Scope.of(hall), start=span.start)[0]


def _closable(hall: HallId, span: Period, open_items: int, at: datetime) -> MonthClose | None:
    before = queries.month_close(hall, span.start, scope=Scope.of(hall))
    closed = before is not None and before.closed_at is not None
    check_close(span=span, at=at, open_items=open_items, closed=closed)
    return before


def _held(bag_id: int, by: Actor) -> Bag:
    models.Bag.objects.select_for_update().filter(pk=bag_id).first()
    return queries.bag(bag_id, scope=by.scope)


def _serial(hall: HallId, at: datetime) -> str:
    """Hall, day and the bag's turn that day, none that the bank named before it was given; two who seal at once meet at the constraint."""
    head = f"FB{hall}-{local(at):%Y%m%d}-"
    known = models.Bag.objects.filter(serial__startswith=head).values_list("serial", flat=True)
    named = models.BankLine.objects.filter(label__startswith=head).values_list("label", flat=True)
    taken = {*known, *named}
    return next(serial for turn in count(1) if (serial := f"{head}{turn}") not in taken)


def _no(why: str, why_en: str, do: str, do_en: str, field: str | None = None) -> BagRefused:
    return BagRefused(field=field, why=why, why_en=why_en, do=do, do_en=do_en)
