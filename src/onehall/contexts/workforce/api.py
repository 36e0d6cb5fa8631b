"""The door of workforce."""

from onehall.contexts.workforce.contracts import (  # noqa: I001 - packed
    Duty, Enquiry, Handover, Keeper, Lesson, NotNow, NotYours, Step, Unsaid,
)  # fmt: skip
from onehall.contexts.workforce.policies import ENQUIRY_HOURS
from onehall.contexts.workforce.queries import enquiry, handovers, keepers, lessons, open_enquiries
from onehall.contexts.workforce.rules import allow, nobody, said
from onehall.contexts.workforce.services import (
    answer_enquiry, answer_offer, close_enquiry, name_keeper, offer_enquiry, record_lesson, take_enquiry,
)  # fmt: skip

__all__ = [
    "ENQUIRY_HOURS", "Duty", "Enquiry", "Handover", "Keeper", "Lesson", "NotNow", "NotYours", "Step",
    "Unsaid", "allow", "answer_enquiry", "answer_offer", "close_enquiry", "enquiry", "handovers", "keepers", "lessons",
    "name_keeper", "nobody", "offer_enquiry", "open_enquiries", "record_lesson", "said", "take_enquiry",
]  # fmt: skip
