"""The door of customers."""

from onehall.contexts.customers.contracts import (  # noqa: I001 - packed: the door has a limit
    AgentGiven, CustomerCard, CustomerGiven, CustomerRecord, DocumentGiven, DocumentKind, Paper, PaperKind, Particular,
    PartyKind, PremisesKind, PremisesView, Purpose, PurposeKind, PurposeStated, Revealed, Verification,
)  # fmt: skip
from onehall.contexts.customers.policies import KEEP_MONTHS
from onehall.contexts.customers.queries import (
    break_glass_purposes, card, card_of_document, cards, children, compound, compounds, document_ends_with, dwelling,
    groups, locate, mobiles, numbers_in_clear, on_paper, parties_by_document, payer, premises, premises_by_path,
    purpose_in_force, purposes_of, read_address, record, root, traits, verification_in_force,
)  # fmt: skip
from onehall.contexts.customers.queries.privacy import (
    consents, deletion_requests, legal_hold, own_particulars,
)  # fmt: skip
from onehall.contexts.customers.rules import (
    AddressGuess, AlreadyMerged, AlreadyRegistered, AskedByAnother, BadDocument, BadName, BadPhone, CaseNotOpen,
    CompoundName, ConsentKind, ConsentNeeded, CustomerNotFound, CustomerTakenOver, DeletionRefused, DeletionState,
    DocumentExpired, DocumentsToSee, GuardianNeeded, KindsDiffer, MaybeKnown, MergeReasonMissing, MergeUndone, Merged,
    NotSuspected, Obstacle, PapersMissing, PremisesNotFound, PurposeIncomplete, PurposeNeeded, StillServed, Suspicion,
    Ties, address_reader, bigrams, check_document, check_phone, mask_address, mask_document, mask_name, mask_phone,
    may_withdraw, normal_number, normal_phone, obstacles, papers_required, premises_path, premises_paths, search_keys,
    searched_phone, suspicion,
)  # fmt: skip
from onehall.contexts.customers.services.access import (
    close_purposes, log_refusal, reveal_field, state_purpose,
)  # fmt: skip
from onehall.contexts.customers.services.merging import (
    customer_in_service, merge_records, tell_apart, undo_merge,
)  # fmt: skip
from onehall.contexts.customers.services.premises import establish_compound, establish_premises
from onehall.contexts.customers.services.privacy import (
    ask_deletion, erase, keep_consent, lift_hold, place_hold,
)  # fmt: skip
from onehall.contexts.customers.services.registration import register_customer, rehash
from onehall.contexts.customers.services.takeover import add_mobiles, take_over_customers, withdraw_customers

__all__ = [
    "KEEP_MONTHS", "AddressGuess", "AgentGiven", "AlreadyMerged", "AlreadyRegistered", "AskedByAnother", "BadDocument",
    "BadName", "BadPhone", "CaseNotOpen", "CompoundName", "ConsentKind", "ConsentNeeded", "CustomerCard",
    "CustomerGiven", "CustomerNotFound", "CustomerRecord", "CustomerTakenOver", "DeletionRefused", "DeletionState",
    "DocumentExpired", "DocumentGiven", "DocumentKind", "DocumentsToSee", "GuardianNeeded", "KindsDiffer", "MaybeKnown",
    "MergeReasonMissing", "MergeUndone", "Merged", "NotSuspected", "Obstacle", "Paper", "PaperKind", "PapersMissing",
    "Particular", "PartyKind", "PremisesKind", "PremisesNotFound", "PremisesView", "Purpose", "PurposeIncomplete",
    "PurposeKind", "PurposeNeeded", "PurposeStated", "Revealed", "StillServed", "Suspicion", "Ties", "Verification",
    "add_mobiles", "address_reader", "ask_deletion", "bigrams", "break_glass_purposes", "card", "card_of_document",
    "cards", "check_document", "check_phone", "children", "close_purposes", "compound", "compounds", "consents",
    "customer_in_service", "deletion_requests", "document_ends_with", "dwelling", "erase", "establish_compound",
    "establish_premises", "groups", "keep_consent", "legal_hold", "lift_hold", "locate", "log_refusal", "mask_address",
    "mask_document", "mask_name", "mask_phone", "may_withdraw", "merge_records", "mobiles", "normal_number",
    "normal_phone", "numbers_in_clear", "obstacles", "on_paper", "own_particulars", "papers_required",
    "parties_by_document", "payer", "place_hold", "premises", "premises_by_path", "premises_path", "premises_paths",
    "purpose_in_force", "purposes_of", "read_address", "record", "register_customer", "rehash", "reveal_field", "root",
    "search_keys", "searched_phone", "state_purpose", "suspicion", "take_over_customers", "tell_apart", "traits",
    "undo_merge", "verification_in_force", "withdraw_customers",
]  # fmt: skip
