"""The door of customers."""

from onehall.contexts.customers.contracts import (  # noqa: I001 - packed: the door has a limit
    AgentGiven, CustomerCard, CustomerGiven, CustomerRecord, DocumentGiven, DocumentKind, OnPaper, Paper, PaperKind, Particular, PartyKind, PremisesKind, PremisesView, Purpose, PurposeKind, PurposeStated, Revealed, Verification,
)  # fmt: skip
from onehall.contexts.customers.policies import ACCURACY, ERASE_BY_ITSELF, FAULT_ACCURACY, GUARDIAN_AGE, KEEP_MONTHS, MOBILES_PER_DOCUMENT, SCANS_HELD, SCAN_DAYS, SCAN_POINTS, SCAN_SIZE, VIP_MONTHS  # fmt: skip
from onehall.contexts.customers.queries import (
    applicant, break_glass_purposes, card, card_of_document, cards, children, compound, compounds, corrections_of, document_ends_with, dwelling, groups, locate, mobiles, numbers_in_clear, on_paper, papers_shown, papers_told,
    parties_by_document, parties_held, payer, premises, premises_by_path, present_with_document, purpose_in_force, purposes_of, read_address, record, root, scans_due, scans_of, traits, verification_in_force,
)  # fmt: skip
from onehall.contexts.customers.queries.language import languages
from onehall.contexts.customers.queries.privacy import consents, deletion_requests, legal_hold, own_particulars  # fmt: skip
from onehall.contexts.customers.queries.standing import (
    acting_now,
    acts_through_contacts,
    precedences,
    standing,
    vips,
)
from onehall.contexts.customers.rules.accuracy import Entries
from onehall.contexts.customers.rules.agreed import Agreed, NoticeMissing, NoticeRenewed, SensitiveMissing, check_agreed  # fmt: skip
from onehall.contexts.customers.rules.addresses import AddressGuess, CompoundName, address_reader, path as premises_path, paths as premises_paths  # fmt: skip
from onehall.contexts.customers.rules.checklist import Applicant, NothingMissing, PapersDue, Who, may_hold_another_number, papers_due, papers_missing  # fmt: skip
from onehall.contexts.customers.rules.corrections import CAUSES, NAMES, Cause, Change, CorrectedMeanwhile, Correction, CorrectionGiven, CorrectionNotVerified, NothingCorrected, PhoneAlreadyKept, title as correction_title  # fmt: skip
from onehall.contexts.customers.rules.documents import check_document, normal_number
from onehall.contexts.customers.rules.language import LANGUAGES, USUAL, LanguageUnknown
from onehall.contexts.customers.rules.masking import mask_address, mask_document, mask_name, mask_phone
from onehall.contexts.customers.rules.merging import AlreadyMerged, DocumentsToSee, KindsDiffer, MaybeKnown, MergeReasonMissing, MergeRefused, MergeUndone, Merged, NotSuspected, StillServed, Suspicion, Traits, suspicion  # fmt: skip
from onehall.contexts.customers.rules.names import bigrams, search_keys
from onehall.contexts.customers.rules.papers import papers_required
from onehall.contexts.customers.rules.phones import check_phone, normal_phone, searched_phone
from onehall.contexts.customers.rules.privacy import ConsentKind, ConsentNeeded, DeletionRefused, DeletionState, Obstacle, Ties, may_withdraw, obstacles  # fmt: skip
from onehall.contexts.customers.rules.refusals import AlreadyRegistered, AskedByAnother, BadDocument, BadName, BadPhone, CaseNotOpen, CustomerNotFound, DocumentExpired, GuardianNeeded, PapersMissing, PremisesNotFound, PurposeIncomplete, PurposeNeeded  # fmt: skip
from onehall.contexts.customers.rules.scans import SCAN_KINDS, Scan, ScanGone, ScanKind, ScanNeedsPurpose, kept_until  # fmt: skip
from onehall.contexts.customers.rules.standing import LEVELS, MANDATES, AuthorisedContact, Mandate, Precedence, Standing, Vip, VipLevel  # fmt: skip
from onehall.contexts.customers.rules.not_acting import ContactExpired, ContactNeeded, ContactUnknown, MandateIncomplete, NotAuthorised, OnlyOrganisations, ReasonNeeded  # fmt: skip
from onehall.contexts.customers.rules.takeover import CustomerTakenOver
from onehall.contexts.customers.services import (
    add_mobiles, check_words, correct_particulars, customer_in_service, delete_due_scans, establish_compound, establish_premises, keep_scan, log_refusal, merge_records, open_scan, register_customer, rehash, reveal_field, see_papers,
    state_purpose, take_over_customers, tell_apart, tell_missing, undo_merge, withdraw_customers,
)  # fmt: skip
from onehall.contexts.customers.services.access import close_purposes
from onehall.contexts.customers.services.language import choose_language
from onehall.contexts.customers.services.privacy import GONE, ask_deletion, erase, keep_agreed, keep_consent, lift_hold, place_hold  # fmt: skip
from onehall.contexts.customers.services.standing import authorise_contact, end_authorisation, name_supervisor, rank_customer, require_mandate  # fmt: skip

__all__ = [
    "ACCURACY", "CAUSES", "ERASE_BY_ITSELF", "FAULT_ACCURACY", "GONE", "GUARDIAN_AGE", "KEEP_MONTHS", "LANGUAGES", "LEVELS", "MANDATES", "MOBILES_PER_DOCUMENT", "NAMES", "SCANS_HELD", "SCAN_DAYS", "SCAN_KINDS", "SCAN_POINTS", "SCAN_SIZE", "USUAL", "VIP_MONTHS", "AddressGuess", "AgentGiven", "Agreed",
    "AlreadyMerged", "AlreadyRegistered", "Applicant", "AskedByAnother", "AuthorisedContact", "BadDocument", "BadName", "BadPhone", "CaseNotOpen", "Cause", "Change", "CompoundName", "ConsentKind", "ConsentNeeded", "ContactExpired", "ContactNeeded", "ContactUnknown",
    "CorrectedMeanwhile", "Correction", "CorrectionGiven", "CorrectionNotVerified", "CustomerCard", "CustomerGiven", "CustomerNotFound", "CustomerRecord", "CustomerTakenOver", "DeletionRefused", "DeletionState", "DocumentExpired", "DocumentGiven", "DocumentKind",
    "DocumentsToSee", "Entries", "GuardianNeeded", "KindsDiffer", "LanguageUnknown", "Mandate", "MandateIncomplete", "MaybeKnown", "MergeReasonMissing", "MergeRefused", "MergeUndone", "Merged", "NotAuthorised", "NotSuspected", "NothingCorrected", "NothingMissing", "NoticeMissing", "NoticeRenewed",
    "Obstacle", "OnPaper", "OnlyOrganisations", "Paper", "PaperKind", "PapersDue", "PapersMissing", "Particular", "PartyKind", "PhoneAlreadyKept", "Precedence", "PremisesKind", "PremisesNotFound", "PremisesView", "Purpose", "PurposeIncomplete", "PurposeKind", "PurposeNeeded", "PurposeStated",
    "ReasonNeeded", "Revealed", "Scan", "ScanGone", "ScanKind", "ScanNeedsPurpose", "SensitiveMissing", "Standing", "StillServed", "Suspicion", "Ties", "Traits", "Verification", "Vip", "VipLevel", "Who", "acting_now", "acts_through_contacts", "add_mobiles", "address_reader",
    "applicant", "ask_deletion", "authorise_contact", "bigrams", "break_glass_purposes", "card", "card_of_document", "cards", "check_agreed", "check_document", "check_phone", "check_words", "children", "choose_language", "close_purposes", "compound", "compounds", "consents", "correct_particulars",
    "correction_title", "corrections_of", "customer_in_service", "delete_due_scans", "deletion_requests", "document_ends_with", "dwelling", "end_authorisation", "erase", "establish_compound", "establish_premises", "groups", "keep_agreed", "keep_consent", "keep_scan",
    "kept_until", "languages", "legal_hold", "lift_hold", "locate", "log_refusal", "mask_address", "mask_document", "mask_name", "mask_phone", "may_hold_another_number", "may_withdraw", "merge_records", "mobiles", "name_supervisor", "normal_number", "normal_phone", "numbers_in_clear",
    "obstacles", "on_paper", "open_scan", "own_particulars", "papers_due", "papers_missing", "papers_required", "papers_shown", "papers_told", "parties_by_document", "parties_held", "payer", "place_hold", "precedences", "premises", "premises_by_path", "premises_path", "premises_paths",
    "present_with_document", "purpose_in_force", "purposes_of", "rank_customer", "read_address", "record", "register_customer", "rehash", "require_mandate", "reveal_field", "root", "scans_due", "scans_of", "search_keys", "searched_phone", "see_papers", "standing",
    "state_purpose", "suspicion", "take_over_customers", "tell_apart", "tell_missing", "traits", "undo_merge", "verification_in_force", "vips", "withdraw_customers",
]  # fmt: skip
