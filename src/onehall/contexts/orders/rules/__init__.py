"""Pure decisions of the orders room."""

from onehall.contexts.orders.rules.checking import Fault, FaultUnnamed, faults, sampled

from onehall.contexts.orders.rules.paper import (  # isort: skip
    PaperForm, PaperGiven, PaperIncomplete, PaperKnown, PaperTimeRefused, PaperTooLate, check_paper,
)  # fmt: skip
from onehall.contexts.orders.rules.selling import Handling, handling, order_state, repeats, why_not_void

__all__ = [
    "Fault", "FaultUnnamed", "Handling", "PaperForm", "PaperGiven", "PaperIncomplete", "PaperKnown", "PaperTimeRefused", "PaperTooLate",
    "check_paper", "faults", "handling", "order_state", "repeats", "sampled", "why_not_void",
]  # fmt: skip
