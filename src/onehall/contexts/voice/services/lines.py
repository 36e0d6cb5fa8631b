"""What a line is to be."""

from dataclasses import asdict
from datetime import datetime

from onehall.contexts.voice.contracts import LineState
from onehall.contexts.voice.models import Line, LineVersion
from onehall.contexts.voice.rules import check_state
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor

_OF_THE_LINE = ("number", "subscription_id")


@in_transaction
def set_line(*, line: LineState, by: Actor, at: datetime) -> None:
    """The wanted state of a line from `at` on; the first one opens it. The same state again writes nothing. Raises StateRefused.

    What was wanted for later moments no longer holds: who plans ahead says so again.
    """
    check_state(line)
    held, _ = Line.objects.get_or_create(
        number=line.number,
        subscription_id=line.subscription_id,
        defaults={"hall_id": by.hall_id, "opened_at": at},
    )
    Line.objects.select_for_update(of=("self",)).get(pk=held.pk)
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
