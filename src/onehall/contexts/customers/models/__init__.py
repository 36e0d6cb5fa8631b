"""Tables of customers: parties with what they showed and where they live; merged records."""

from onehall.contexts.customers.models.checklist import PaperSeen, PapersTold
from onehall.contexts.customers.models.corrections import Correction
from onehall.contexts.customers.models.language import LanguageChosen
from onehall.contexts.customers.models.merging import Distinction, Merge
from onehall.contexts.customers.models.scans import Scan
from onehall.contexts.customers.models.standing import Acting, AuthorisedContact, Supervision, VipRank

from onehall.contexts.customers.models.parties import (  # isort: skip
    AccessPurpose, AccessRefusal, Agent, Contact, IdentityDocument, PaperShown, Party, Premises,
)  # fmt: skip
from onehall.contexts.customers.models.privacy import (  # isort: skip
    Consent, DeletionCertificate, DeletionRequest, LegalHold, PurposeClosing,
)  # fmt: skip

__all__ = [
    "AccessPurpose", "AccessRefusal", "Acting", "Agent", "AuthorisedContact", "Consent", "Contact", "Correction", "DeletionCertificate", "DeletionRequest", "Distinction", "IdentityDocument", "LanguageChosen", "LegalHold",
    "Merge", "PaperSeen", "PaperShown", "PapersTold", "Party", "Premises", "PurposeClosing", "Scan", "Supervision", "VipRank",
]  # fmt: skip
