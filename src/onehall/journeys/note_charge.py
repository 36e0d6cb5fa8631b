"""收单结果 Write down what a provider said of a charge, whenever and however often it says it (PAY-03, LED-03)."""

from datetime import datetime

from onehall.contexts.acquiring import api as acquiring
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Actor
from onehall.steps.charging import note


def note_charge(*, number: str, answer: acquiring.Answer, by: Actor | None, at: datetime) -> acquiring.Charge:
    """How the charge stands now. `by` is None where the provider spoke by itself. Raises NotFound, AnswerRefused."""
    with transaction():
        return note(number=number, answer=answer, by=by, at=at)
