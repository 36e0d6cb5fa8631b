"""Pure decisions of the floor."""

from onehall.contexts.floor.rules.serving import (  # isort: skip
    BasketUnfinished, Beginning, HoldIncomplete, Serving, ServingState, StillServing, beginning, check_hold,
)  # fmt: skip
from onehall.contexts.floor.rules.suggesting import (  # isort: skip
    Answer, Household, Offer, Suggestion, SuggestionKind, suggest,
)  # fmt: skip

__all__ = [
    "Answer", "BasketUnfinished", "Beginning", "HoldIncomplete", "Household", "Offer", "Serving", "ServingState",
    "StillServing", "Suggestion", "SuggestionKind", "beginning", "check_hold", "suggest",
]  # fmt: skip
