"""The door of customers."""

from onehall.contexts.customers.contracts import (
    AgentGiven,
    CustomerCard,
    CustomerGiven,
    CustomerRecord,
    DocumentGiven,
    DocumentKind,
    OnPaper,
    Paper,
    PaperKind,
    Particular,
    PartyKind,
    PremisesKind,
    PremisesView,
    Purpose,
    PurposeKind,
    PurposeStated,
    Revealed,
    Verification,
)
from onehall.contexts.customers.queries import (
    break_glass_purposes,
    card,
    card_of_document,
    cards,
    children,
    compound,
    compounds,
    dwelling,
    locate,
    on_paper,
    payer,
    premises,
    purpose_in_force,
    purposes_of,
    read_address,
    record,
)
from onehall.contexts.customers.rules.addresses import AddressGuess, CompoundName
from onehall.contexts.customers.rules.addresses import path as premises_path
from onehall.contexts.customers.rules.addresses import paths as premises_paths
from onehall.contexts.customers.rules.documents import check_document, normal_number
from onehall.contexts.customers.rules.masking import mask_address, mask_document, mask_name, mask_phone
from onehall.contexts.customers.rules.names import bigrams, search_keys
from onehall.contexts.customers.rules.papers import papers_required
from onehall.contexts.customers.rules.phones import check_phone, normal_phone, searched_phone
from onehall.contexts.customers.rules.refusals import (
    AlreadyRegistered,
    AskedByAnother,
    BadDocument,
    BadName,
    BadPhone,
    CaseNotOpen,
    CustomerNotFound,
    DocumentExpired,
    GuardianNeeded,
    PapersMissing,
    PremisesNotFound,
    PurposeIncomplete,
    PurposeNeeded,
)
from onehall.contexts.customers.services.access import log_refusal, reveal_field, state_purpose
from onehall.contexts.customers.services.premises import establish_compound, establish_premises
from onehall.contexts.customers.services.registration import register_customer, rehash

__all__ = [
    "AddressGuess", "AgentGiven", "AlreadyRegistered", "AskedByAnother", "BadDocument", "BadName",
    "BadPhone", "CaseNotOpen", "CompoundName", "CustomerCard", "CustomerGiven", "CustomerNotFound", "CustomerRecord",
    "DocumentExpired", "DocumentGiven", "DocumentKind", "GuardianNeeded", "OnPaper", "Paper", "PaperKind",
    "PapersMissing", "Particular", "PartyKind", "PremisesKind", "PremisesNotFound",
    "PremisesView", "Purpose", "PurposeIncomplete", "PurposeKind", "PurposeNeeded", "PurposeStated",
    "Revealed", "Verification", "bigrams", "break_glass_purposes", "card", "card_of_document", "cards",
    "check_document", "check_phone", "children", "compound", "compounds", "dwelling", "establish_compound",
    "establish_premises", "locate", "log_refusal", "mask_address", "mask_document", "mask_name",
    "mask_phone", "normal_number", "normal_phone", "on_paper", "papers_required", "payer", "premises", "premises_path",
    "premises_paths", "purpose_in_force", "purposes_of", "read_address", "record", "register_customer",
    "rehash", "reveal_field", "search_keys", "searched_phone", "state_purpose",
]  # fmt: skip
