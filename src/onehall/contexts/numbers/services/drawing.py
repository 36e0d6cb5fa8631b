"""Writes of the numbers room."""

import json  # noqa: I001 - packed: the shelf has a limit
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from onehall.contexts.numbers import rules
from onehall.contexts.numbers.contracts import (
    BookUsedUp, DrawnNumber, NumberClaim, NumberKind, NumberState, NumberTaken, Prefix,
)  # fmt: skip
from onehall.contexts.numbers.models import LinePrefix, Number, NumberRange, free_at
from onehall.foundation.database import (
    Asking, array_of, asks, call_all, copy_in, delete_rows, function, in_batches, in_transaction,
)  # fmt: skip
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import BasketId, BookId, CounterId, PremisesId, UserId
from onehall.foundation.values.text import Text

_PAPER = {"receipt": ("收据", "receipt"), "invoice": ("发票", "invoice")}


@in_transaction
def establish_prefix(*, kind: NumberKind, prefix: str, source: str, name: Text) -> Prefix:
    """Enters or corrects a line of the prefix table (ADR-03)."""
    LinePrefix.objects.update_or_create(
        kind=kind, prefix=prefix, defaults={"source": source, "name_zh": name.zh, "name_en": name.en}
    )
    return Prefix(kind, prefix, source, name)


@in_transaction
def establish_range(*, kind: NumberKind, compound: str, source: str, first: int, last: int) -> None:
    """Numbers that may be given in a compound; the same range again changes nothing (ADR-03)."""
    rules.book_size(first=first, last=last)
    NumberRange.objects.update_or_create(
        kind=kind, compound=compound, first=first, defaults={"source": source, "last": last}
    )


@in_transaction
def reserve_numbers(
    *, claims: Sequence[NumberClaim], basket_id: BasketId, minutes: int, by: Actor, at: datetime
) -> datetime:
    """Keeps numbers for a basket until the returned time; NumberTaken names the first that cannot be had (ADR-07)."""
    until = at + timedelta(minutes=minutes)
    _take(state=NumberState.RESERVED, claims=claims, basket_id=basket_id, until=until, by=by.user_id, at=at)
    return until


@in_transaction
def claim_numbers(
    *, claims: Sequence[NumberClaim], basket_id: BasketId | None, by: Actor | None, at: datetime
) -> tuple[str, ...]:
    """★ Puts numbers to use, reserved before or not, in one call; NumberTaken names the first that cannot be had (ADR-07).

    `by` is None for a machine that establishes a profile.
    """
    who = by.user_id if by else None
    _take(state=NumberState.IN_USE, claims=claims, basket_id=basket_id, until=None, by=who, at=at)
    return tuple(claim.number for claim in claims)


def _take(
    *, state: NumberState, claims: Sequence[NumberClaim], basket_id: BasketId | None, until: datetime | None, by: UserId | None, at: datetime
) -> None:  # fmt: skip
    items = [
        {"kind": c.kind, "number": rules.check_account_name(c.number), "source": c.source, "dwelling": c.dwelling_id}
        for c in claims
    ]  # fmt: skip
    facts = {"p_basket": basket_id, "p_until": until, "p_by": by, "p_at": at}
    rows = call_all("numbers_take", p_state=state.value, p_items=json.dumps(items), **facts)
    for row in rows:
        if row["outcome"] != "given":
            raise NumberTaken(
                field="account", number=row["number"], state=NumberState(row["outcome"]), until=row["until"]
            )


@in_transaction
def release_reservations(*, basket_id: BasketId, at: datetime, keep: Sequence[str] = ()) -> int:
    """Frees what a basket reserved, except `keep`, when an item or the basket is given up; how many it was."""
    return (
        Number.objects.filter(basket=basket_id, state=NumberState.RESERVED)
        .exclude(number__in=keep)
        .update(state=NumberState.FREE, basket=None, dwelling_id=None, reserved_until=None, changed_at=at)
    )


@in_transaction
def release_number(
    *, kind: NumberKind, number: str, quarantine_days: int, by: Actor | None, at: datetime
) -> NumberState | None:
    """Gives a number back: free at once or into quarantine (ADR-07). None if it was not in use."""
    row = (
        Number.objects.select_for_update().filter(kind=kind, number=number, state=NumberState.IN_USE).first()
    )
    if row is None:
        return None
    rest = rules.after_release(kind=kind, source=row.source, quarantine_days=quarantine_days, at=at)
    Number.objects.filter(pk=row.pk).update(
        state=rest.state, basket=None, dwelling_id=None, quarantined_until=rest.until, changed_at=at, by_id=by.user_id if by else None
    )  # fmt: skip
    return rest.state


@in_transaction
def use_again(*, kind: NumberKind, number: str, dwelling_id: PremisesId, by: Actor, at: datetime) -> None:
    """A number that was given back by a sale which is taken back is used again. NumberTaken where it does not rest."""
    resting = Number.objects.filter(kind=kind, number=number, state=NumberState.QUARANTINED)
    used = {"state": NumberState.IN_USE, "dwelling_id": dwelling_id, "quarantined_until": None}
    if not resting.update(**used, changed_at=at, by_id=by.user_id):
        raise NumberTaken(field="account", number=number, state=NumberState.IN_USE, until=None)


@in_transaction
def take_over_numbers(*, claims: Sequence[NumberClaim], by: Actor, at: datetime) -> None:
    """Puts a register's numbers to use, all at once; IntegrityError where one cannot be had (ADR-07)."""
    for some in in_batches(claims):
        Number.objects.filter(
            free_at(at), number__any_of=[c.number for c in some], kind=some[0].kind
        ).delete()
    columns = ("kind", "number", "source", "dwelling_id", "state", "changed_at", "by_id")
    rows = ((str(c.kind), c.number, c.source, c.dwelling_id, "in_use", at, by.user_id) for c in claims)
    copy_in(Number, columns, rows)


@in_transaction
def withdraw_numbers(*, kind: NumberKind, numbers: Sequence[str]) -> None:
    """Numbers that came with a register are as if nobody had asked for them."""
    for some in in_batches(numbers):
        delete_rows(Number.objects.filter(kind=kind, number__any_of=some))


@in_transaction
def claim_form_serials(*, serials: Sequence[str]) -> None:
    """Serials on paper forms: their day's counter goes on behind them and never hands them out again (ORD-07)."""
    parts = [rules.serial_on_paper(serial) for serial in serials]
    columns = {
        "p_prefixes": array_of([p.prefix for p in parts]),
        "p_days": array_of([p.day.isoformat() for p in parts]),
        "p_lasts": array_of([str(p.sequence) for p in parts]),
    }
    call_all("numbers_claim_serials", **columns)


@in_transaction
def next_form_serials(*, prefixes: Sequence[str], day: date) -> tuple[str, ...]:
    """★ A fresh serial for each prefix given, in that order, e.g. "DW20261121004" (ORD-07). `day` is the hall's local date."""
    rows = call_all("numbers_next_serials", p_prefixes=list(prefixes), p_day=day)
    following = {row["prefix"]: row["first"] for row in rows}
    serials = []
    for prefix in prefixes:
        serials.append(rules.form_serial(prefix=prefix, day=day, sequence=following[prefix]))
        following[prefix] += 1
    return tuple(serials)


@in_transaction
@asks
def draw_number(*, kind: str, counter_id: CounterId) -> Asking[DrawnNumber]:
    """★ The next number of the counter's book; BookUsedUp when there is none (RCP-01).

    Call it last: the book's row stays locked until the transaction ends, and a number drawn by a transaction that fails is
    drawn again by the next, so that no gap can arise.
    """
    rows = yield function("numbers_draw", p_kind=kind, p_counter=counter_id)
    if not rows:
        zh, en = _PAPER.get(kind, (kind, kind))
        raise BookUsedUp(name_zh=zh, name_en=en)
    return DrawnNumber(BookId(rows[0]["book"]), rows[0]["number"], rows[0]["remaining"])
