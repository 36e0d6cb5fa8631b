"""Tables of customers: parties with what they showed and where they live; merged records."""

from onehall.contexts.customers.models.merging import Distinction, Merge

from onehall.contexts.customers.models.parties import (  # isort: skip
    AccessPurpose, AccessRefusal, Agent, Contact, IdentityDocument, PaperShown, Party, Premises,
)  # fmt: skip
from onehall.contexts.customers.models.privacy import (  # isort: skip
    Consent, DeletionCertificate, DeletionRequest, LegalHold, PurposeClosing,
)  # fmt: skip

__all__ = [
    "AccessPurpose", "AccessRefusal", "Agent", "Consent", "Contact", "DeletionCertificate", "DeletionRequest",
    "Distinction", "IdentityDocument", "LegalHold", "Merge", "PaperShown",
    "Party", "Premises", "PurposeClosing",
]  # fmt: skip
