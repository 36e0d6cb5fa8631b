"""Writes of workforce: one verb each, inside the caller's transaction."""

from onehall.contexts.workforce.services.enquiries import (  # noqa: I001 - packed
    answer_enquiry, answer_offer, close_enquiry, name_keeper, offer_enquiry, record_lesson, take_enquiry,
)  # fmt: skip
from onehall.contexts.workforce.services.shortages import answer_shortage, decide_shortage, propose_shortage

__all__ = [
    "answer_enquiry", "answer_offer", "answer_shortage", "close_enquiry", "decide_shortage", "name_keeper", "offer_enquiry",
    "propose_shortage", "record_lesson", "take_enquiry",
]  # fmt: skip
