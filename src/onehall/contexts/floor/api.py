"""The door of the floor."""

from onehall.contexts.floor.policies import SUGGEST_REST, SUGGEST_WITHIN
from onehall.contexts.floor.queries import answered_of, require_turn, serving_at, servings_held
from onehall.contexts.floor.rules import (
    Answer,
    BasketUnfinished,
    HoldIncomplete,
    Household,
    Offer,
    Serving,
    ServingState,
    StillServing,
    Suggestion,
    SuggestionKind,
    check_hold,
    suggest,
)
from onehall.contexts.floor.services import (
    begin_serving,
    end_serving,
    hold_serving,
    keep_answer,
)

__all__ = [
    "SUGGEST_REST", "SUGGEST_WITHIN", "Answer", "BasketUnfinished", "HoldIncomplete", "Household", "Offer", "Serving",
    "ServingState", "StillServing", "Suggestion", "SuggestionKind", "answered_of", "begin_serving", "check_hold",
    "end_serving", "hold_serving", "keep_answer", "require_turn", "serving_at", "servings_held", "suggest",
]  # fmt: skip
