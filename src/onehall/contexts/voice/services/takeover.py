"""Lines that come with a register: many at once, taken back as a whole while nothing else has happened to them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Sum

from onehall.contexts.voice.contracts import LineState
from onehall.contexts.voice.models import Line, LineVersion, TopUp
from onehall.contexts.voice.rules import PER_FEN, check_state
from onehall.foundation.database import copy_in, delete_rows, in_batches, in_transaction, new_ids
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money

REGISTER = "register"
_LINE = ("id", "number", "subscription_id", "hall_id", "opened_at", "registered")
_STATE = (
    "plan", "features", "rent_free", "monthly_credit", "annual_credit", "annual_credit_until", "alarm_threshold", "partner",
    "suspended", "stopped", "closed",
)  # fmt: skip
_TOP_UP = ("line_id", "source", "reference", "undone", "amount", "at")


@in_transaction
def take_over_lines(
    *, lines: Sequence[LineState], amounts: Sequence[Money], halls: Sequence[HallId], by: Actor, at: datetime
) -> None:
    """Lines from `at` on, each with what was paid in elsewhere. Raises StateRefused; IntegrityError for a number twice."""
    for line in lines:
        check_state(line)
    ids = new_ids(Line, len(lines))
    whole = list(zip(ids, lines, amounts, halls, strict=True))
    copy_in(Line, _LINE, ((i, one.number, one.subscription_id, hall, at, True) for i, one, _, hall in whole))
    copy_in(
        LineVersion,
        ("line_id", "valid_from", *_STATE, "registered", "by_id", "at"),
        ((i, at, *_state(one), True, by.user_id, at) for i, one, _, _ in whole),
    )
    paid = [(i, amount.fen * PER_FEN) for i, _, amount, _ in whole if amount.fen]
    copy_in(TopUp, _TOP_UP, ((i, REGISTER, str(i), False, units, at) for i, units in paid))


def _state(line: LineState) -> tuple[Any, ...]:
    return tuple(list(line.features) if name == "features" else getattr(line, name) for name in _STATE)


@in_transaction
def withdraw_lines(*, subscription_ids: Sequence[int]) -> Mapping[HallId, Money]:
    """Takes back lines that came with a register, with what they brought; the sums by hall. Refused by the database once used."""
    sums: dict[HallId, Money] = {}
    for some in in_batches(subscription_ids):
        ids = list(Line.objects.filter(subscription_id__any_of=some).values_list("pk", flat=True))
        paid = TopUp.objects.filter(line_id__any_of=ids).values_list("line__hall_id").annotate(Sum("amount"))
        for hall, units in paid:
            sums[HallId(hall)] = sums.get(HallId(hall), Money.zero()) + Money(units // PER_FEN)
        delete_rows(TopUp.objects.filter(line_id__any_of=ids))
        delete_rows(LineVersion.objects.filter(line_id__any_of=ids))
        delete_rows(Line.objects.filter(pk__any_of=ids))
    return sums
