"""Reads of customers and of the places where they live."""

from onehall.contexts.customers.queries.people import (  # isort: skip
    break_glass_purposes, card, card_of_document, cards, document_ends_with, groups, mobiles, numbers_in_clear, on_paper, parties_by_document,
    payer, purpose, purpose_in_force, purposes_of, record, root, traits, verification_in_force,
)  # fmt: skip
from onehall.contexts.customers.queries.places import (  # isort: skip
    children, compound, compounds, dwelling, locate, premises, premises_by_path, read_address,
)  # fmt: skip

__all__ = [
    "break_glass_purposes", "card", "card_of_document", "cards", "children", "compound", "compounds", "document_ends_with", "dwelling",
    "groups", "locate", "mobiles", "numbers_in_clear", "on_paper", "parties_by_document", "payer", "premises",
    "premises_by_path", "purpose", "purpose_in_force", "purposes_of", "read_address", "record", "root", "traits", "verification_in_force",
]  # fmt: skip
