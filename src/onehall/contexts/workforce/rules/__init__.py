"""Pure decisions of workforce."""

from onehall.contexts.workforce.rules.enquiries import allow, nobody, said  # noqa: I001 - packed
from onehall.contexts.workforce.rules.shortages import (
    Cause, Outcome, Shortage, ShortageRefused, Standing, may_answer, may_decide, may_propose, proposed_already,
    standing,
)  # fmt: skip

__all__ = [
    "Cause", "Outcome", "Shortage", "ShortageRefused", "Standing", "allow", "may_answer", "may_decide", "may_propose",
    "nobody", "proposed_already", "said", "standing",
]  # fmt: skip
