"""Pure decisions of the orders room."""

from onehall.contexts.orders.rules.paper import (  # isort: skip
    PaperForm, PaperGiven, PaperIncomplete, PaperKnown, PaperTimeRefused, PaperTooLate, check_paper,
)  # fmt: skip
from onehall.contexts.orders.rules.selling import Handling, handling, order_state, repeats, why_not_void

__all__ = [
    "Handling", "PaperForm", "PaperGiven", "PaperIncomplete", "PaperKnown", "PaperTimeRefused", "PaperTooLate",
    "check_paper", "handling", "order_state", "repeats", "why_not_void",
]  # fmt: skip
