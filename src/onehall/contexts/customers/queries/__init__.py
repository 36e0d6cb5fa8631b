"""Reads of customers and of the places where they live."""

from onehall.contexts.customers.queries.checklist import applicant, papers_shown, papers_told
from onehall.contexts.customers.queries.corrections import corrections_of, newest_correction
from onehall.contexts.customers.queries.present import present_with_document
from onehall.contexts.customers.queries.scans import parties_held, scans_due, scans_of

from onehall.contexts.customers.queries.people import (  # isort: skip
    break_glass_purposes, card, card_of_document, cards, document_ends_with, groups, mobiles, numbers_in_clear, on_paper, parties_by_document,
    payer, purpose, purpose_in_force, purposes_of, record, root, traits, verification_in_force,
)  # fmt: skip
from onehall.contexts.customers.queries.places import (  # isort: skip
    children, compound, compounds, dwelling, locate, premises, premises_by_path, read_address,
)  # fmt: skip

__all__ = [
    "applicant", "break_glass_purposes", "card", "card_of_document", "cards", "children", "compound", "compounds", "corrections_of", "document_ends_with", "dwelling",
    "groups", "locate", "mobiles", "newest_correction", "numbers_in_clear", "on_paper", "papers_shown", "papers_told", "parties_by_document", "parties_held", "payer", "premises",
    "premises_by_path", "present_with_document", "purpose", "purpose_in_force", "purposes_of", "read_address", "record", "root", "scans_due", "scans_of", "traits", "verification_in_force",
]  # fmt: skip
