"""What a line is to be."""

from dataclasses import asdict
from datetime import datetime

from django.db.models import Q

from onehall.contexts.voice.contracts import LineState
from onehall.contexts.voice.models import Line, LineNumber, LineVersion
from onehall.contexts.voice.rules import check_number, check_state
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor

_OF_THE_LINE = ("number", "subscription_id")


@in_transaction
def set_line(*, line: LineState, by: Actor, at: datetime) -> None:
    """The wanted state of a line from `at` on; the first one opens it. The same state again writes nothing. Raises StateRefused.

    What was wanted for later moments no longer holds: who plans ahead says so again.
    """
    check_state(line)
    held = _held(line, by, at)
    wanted = {name: value for name, value in asdict(line).items() if name not in _OF_THE_LINE}
    wanted["features"] = sorted(set(line.features))
    begun = LineVersion.objects.filter(line=held, valid_from__lte=at).order_by("-pk").first()
    newest = LineVersion.objects.filter(line=held).order_by("-pk").first()
    if (
        begun is not None
        and begun == newest
        and all(getattr(begun, name) == value for name, value in wanted.items())
    ):
        return
    LineVersion.objects.create(line=held, valid_from=at, by_id=by.user_id, at=at, **wanted)


def _held(line: LineState, by: Actor, at: datetime) -> Line:
    """The line's row, ours until the transaction ends; one that was renamed is found by either number."""
    renamed = LineNumber.objects.filter(number=line.number).values("line")
    ours = Line.objects.filter(
        Q(number=line.number) | Q(pk__in=renamed), subscription_id=line.subscription_id
    )
    held = ours.select_for_update(of=("self",)).order_by("-pk").first()
    if held is not None:
        return held
    made, _ = Line.objects.get_or_create(
        number=line.number,
        subscription_id=line.subscription_id,
        defaults={"hall_id": by.hall_id, "opened_at": at},
    )
    return Line.objects.select_for_update(of=("self",)).get(pk=made.pk)


@in_transaction
def rename_line(*, line: int, number: str, by: Actor, at: datetime) -> None:
    """The line has another number from `at` on; its balance, credit and months go on. Raises StateRefused for no number."""
    check_number(number)
    Line.objects.select_for_update(of=("self",)).get(pk=line)
    LineNumber.objects.create(line_id=line, number=number, valid_from=at, by_id=by.user_id, at=at)


@in_transaction
def hold_line(*, line: int) -> None:
    """Ours until the transaction ends: money paid in and a stop do not pass each other."""
    Line.objects.select_for_update(of=("self",)).filter(pk=line).first()
