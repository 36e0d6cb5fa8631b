"""Proposing, answering, deciding about missing money; each once (PAY-04, LAW-04)."""

from datetime import datetime, timedelta

from onehall.contexts.workforce import models, rules
from onehall.contexts.workforce.queries import shortage
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import DrawerId, HallId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

_EVIDENCE, _WORDS, _GROUND = Text("证据", "Evidence"), Text("回应", "Answer"), Text("理由", "Ground")


@in_transaction
def propose_shortage(
    *,
    hall: HallId,
    drawer: DrawerId,
    clerk: UserId,
    difference: Money,
    cause: rules.Cause,
    evidence: str,
    hours: int,
    by: Actor,
    at: datetime,
) -> rules.Shortage:
    """Proposes what a confirmed drawer was short of, once. `difference` is the drawer's own, below zero.

    Raises ShortageRefused, Unsaid.
    """
    rules.may_propose(difference=difference, clerk=clerk, by=by.user_id)
    made, new = models.Shortage.objects.get_or_create(
        drawer_id=drawer,
        defaults={
            "hall_id": hall, "clerk_id": clerk, "amount": -difference.fen, "cause": cause.value,
            "evidence": rules.said(evidence, "evidence", _EVIDENCE), "proposed_by_id": by.user_id, "proposed_at": at,
            "answer_by": at + timedelta(hours=hours),
        },
    )  # fmt: skip
    if not new:
        raise rules.proposed_already()
    return shortage(made.pk, scope=by.scope)


@in_transaction
def answer_shortage(
    *, shortage_id: int, acknowledged: bool, words: str, by: Actor, at: datetime
) -> rules.Shortage:
    """The clerk acknowledges, or objects in words. Raises NotFound, ShortageRefused, Unsaid."""
    rules.may_answer(_held(shortage_id, by), by=by.user_id, at=at)
    kept = rules.said(words, "words", _WORDS) if words.strip() or not acknowledged else ""
    models.ShortageAnswer.objects.create(
        shortage_id=shortage_id, acknowledged=acknowledged, words=kept, at=at
    )
    return shortage(shortage_id, scope=by.scope)


@in_transaction
def decide_shortage(
    *, shortage_id: int, outcome: rules.Outcome, ground: str, by: Actor, at: datetime
) -> rules.Shortage:
    """Who bears it. Raises NotFound, ShortageRefused, Unsaid."""
    rules.may_decide(_held(shortage_id, by), outcome, by=by.user_id, at=at)
    models.ShortageDecision.objects.create(
        shortage_id=shortage_id, outcome=outcome.value, ground=rules.said(ground, "ground", _GROUND), by_id=by.user_id, at=at
    )  # fmt: skip
    return shortage(shortage_id, scope=by.scope)


def _held(shortage_id: int, by: Actor) -> rules.Shortage:
    """Held until the transaction ends, so that of two hands one sees what the other did."""
    models.Shortage.objects.select_for_update().filter(pk=shortage_id).first()
    return shortage(shortage_id, scope=by.scope)
