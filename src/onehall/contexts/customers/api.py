"""The door of customers."""

from onehall.contexts.customers.contracts import (  # noqa: I001 - packed: the door has a limit
    AgentGiven, CustomerCard, CustomerGiven, CustomerRecord, DocumentGiven, DocumentKind, OnPaper, Paper, PaperKind,
    Particular, PartyKind, PremisesKind, PremisesView, Purpose, PurposeKind, PurposeStated, Revealed, Verification,
)  # fmt: skip
from onehall.contexts.customers.queries import (
    break_glass_purposes, card, card_of_document, cards, children, compound, compounds, document_ends_with, dwelling, groups, locate,
    mobiles, numbers_in_clear, on_paper, parties_by_document, payer, premises, premises_by_path, purpose_in_force,
    purposes_of, read_address, record, root, traits, verification_in_force,
)  # fmt: skip
from onehall.contexts.customers.rules.addresses import AddressGuess, CompoundName
from onehall.contexts.customers.rules.addresses import path as premises_path
from onehall.contexts.customers.rules.addresses import paths as premises_paths
from onehall.contexts.customers.rules.addresses import address_reader
from onehall.contexts.customers.rules.documents import check_document, normal_number
from onehall.contexts.customers.rules.masking import mask_address, mask_document, mask_name, mask_phone
from onehall.contexts.customers.rules.merging import (
    AlreadyMerged, DocumentsToSee, KindsDiffer, MaybeKnown, MergeReasonMissing, MergeRefused, MergeUndone, Merged,
    NotSuspected, StillServed, Suspicion, Traits, suspicion,
)  # fmt: skip
from onehall.contexts.customers.rules.names import bigrams, search_keys
from onehall.contexts.customers.rules.papers import papers_required
from onehall.contexts.customers.rules.phones import check_phone, normal_phone, searched_phone
from onehall.contexts.customers.rules.refusals import (
    AlreadyRegistered, AskedByAnother, BadDocument, BadName, BadPhone, CaseNotOpen, CustomerNotFound,
    DocumentExpired, GuardianNeeded, PapersMissing, PremisesNotFound, PurposeIncomplete, PurposeNeeded,
)  # fmt: skip
from onehall.contexts.customers.rules.takeover import CustomerTakenOver
from onehall.contexts.customers.services.access import log_refusal, reveal_field, state_purpose
from onehall.contexts.customers.services.merging import (
    customer_in_service, merge_records, tell_apart, undo_merge,
)  # fmt: skip
from onehall.contexts.customers.services.premises import establish_compound, establish_premises
from onehall.contexts.customers.services.registration import register_customer, rehash
from onehall.contexts.customers.services.takeover import add_mobiles, take_over_customers, withdraw_customers

__all__ = [
    "AddressGuess", "AgentGiven", "AlreadyMerged", "AlreadyRegistered", "AskedByAnother", "BadDocument", "BadName",
    "BadPhone", "CaseNotOpen", "CompoundName", "CustomerCard", "CustomerGiven", "CustomerNotFound",
    "CustomerRecord", "CustomerTakenOver", "DocumentExpired", "DocumentGiven", "DocumentKind", "DocumentsToSee",
    "GuardianNeeded", "KindsDiffer", "MaybeKnown", "MergeReasonMissing", "MergeRefused", "MergeUndone", "Merged",
    "NotSuspected", "OnPaper", "Paper", "PaperKind", "PapersMissing", "Particular", "PartyKind", "PremisesKind",
    "PremisesNotFound", "PremisesView", "Purpose", "PurposeIncomplete", "PurposeKind", "PurposeNeeded",
    "PurposeStated", "Revealed", "StillServed", "Suspicion", "Traits", "Verification", "add_mobiles",
    "address_reader", "bigrams", "break_glass_purposes", "card", "card_of_document", "cards", "check_document",
    "check_phone", "children", "compound", "compounds", "customer_in_service", "document_ends_with", "dwelling", "establish_compound",
    "establish_premises", "groups", "locate", "log_refusal", "mask_address", "mask_document", "mask_name",
    "mask_phone", "merge_records", "mobiles", "normal_number", "normal_phone", "numbers_in_clear", "on_paper",
    "papers_required", "parties_by_document", "payer", "premises", "premises_by_path", "premises_path",
    "premises_paths", "purpose_in_force", "purposes_of", "read_address", "record", "register_customer", "rehash",
    "reveal_field", "root", "search_keys", "searched_phone", "state_purpose", "suspicion", "take_over_customers",
    "tell_apart", "traits", "undo_merge", "verification_in_force", "withdraw_customers",
]  # fmt: skip
