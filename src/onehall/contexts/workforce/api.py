"""The door of workforce."""

from onehall.contexts.workforce.contracts import (  # noqa: I001 - packed
    Duty, Enquiry, Handover, Keeper, Lesson, NotNow, NotYours, Step, Unsaid,
)  # fmt: skip
from onehall.contexts.workforce.policies import ENQUIRY_HOURS, SHORTAGE_HOURS
from onehall.contexts.workforce.queries import (
    enquiry, handovers, keepers, lessons, open_enquiries, shortage, shortages,
)  # fmt: skip
from onehall.contexts.workforce.rules import (
    Cause, Outcome, Shortage, ShortageRefused, Standing, allow, nobody, said, standing,
)  # fmt: skip
from onehall.contexts.workforce.services import (
    answer_enquiry, answer_offer, answer_shortage, close_enquiry, decide_shortage, name_keeper, offer_enquiry,
    propose_shortage, record_lesson, take_enquiry,
)  # fmt: skip

__all__ = [
    "ENQUIRY_HOURS", "SHORTAGE_HOURS", "Cause", "Duty", "Enquiry", "Handover", "Keeper", "Lesson", "NotNow", "NotYours",
    "Outcome", "Shortage", "ShortageRefused", "Standing", "Step", "Unsaid", "allow", "answer_enquiry", "answer_offer",
    "answer_shortage", "close_enquiry", "decide_shortage", "enquiry", "handovers", "keepers", "lessons", "name_keeper",
    "nobody", "offer_enquiry", "open_enquiries", "propose_shortage", "record_lesson", "said", "shortage", "shortages",
    "standing", "take_enquiry",
]  # fmt: skip
