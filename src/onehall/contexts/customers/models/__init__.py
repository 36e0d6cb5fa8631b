"""Tables of customers: parties with what they showed and where they live; merged records."""

from onehall.contexts.customers.models.checklist import PaperSeen, PapersTold
from onehall.contexts.customers.models.corrections import Correction
from onehall.contexts.customers.models.merging import Distinction, Merge
from onehall.contexts.customers.models.scans import Scan

from onehall.contexts.customers.models.parties import (  # isort: skip
    AccessPurpose, AccessRefusal, Agent, Contact, IdentityDocument, PaperShown, Party, Premises,
)  # fmt: skip

__all__ = [
    "AccessPurpose", "AccessRefusal", "Agent", "Contact", "Correction", "Distinction", "IdentityDocument", "Merge", "PaperSeen", "PaperShown", "PapersTold", "Party",
    "Premises", "Scan",
]  # fmt: skip
