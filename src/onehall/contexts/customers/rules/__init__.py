"""Pure decisions of customers."""

from onehall.contexts.customers.rules.addresses import (  # isort: skip
    AddressGuess, CompoundName, address_reader, path as premises_path, paths as premises_paths,
)  # fmt: skip
from onehall.contexts.customers.rules.documents import check_document, normal_number
from onehall.contexts.customers.rules.masking import mask_address, mask_document, mask_name, mask_phone

from onehall.contexts.customers.rules.merging import (  # isort: skip
    AlreadyMerged, DocumentsToSee, KindsDiffer, MaybeKnown, MergeReasonMissing, MergeUndone, Merged, NotSuspected,
    StillServed, Suspicion, suspicion,
)  # fmt: skip
from onehall.contexts.customers.rules.names import bigrams, search_keys
from onehall.contexts.customers.rules.papers import papers_required
from onehall.contexts.customers.rules.phones import check_phone, normal_phone, searched_phone

from onehall.contexts.customers.rules.privacy import (  # isort: skip
    ConsentKind, ConsentNeeded, DeletionRefused, DeletionState, Obstacle, Ties, may_withdraw, obstacles,
)  # fmt: skip
from onehall.contexts.customers.rules.refusals import (  # isort: skip
    AlreadyRegistered, AskedByAnother, BadDocument, BadName, BadPhone, CaseNotOpen, CustomerNotFound, DocumentExpired,
    GuardianNeeded, PapersMissing, PremisesNotFound, PurposeIncomplete, PurposeNeeded,
)  # fmt: skip
from onehall.contexts.customers.rules.takeover import CustomerTakenOver

__all__ = [
    "AddressGuess", "AlreadyMerged", "AlreadyRegistered", "AskedByAnother", "BadDocument", "BadName", "BadPhone",
    "CaseNotOpen", "CompoundName", "ConsentKind", "ConsentNeeded", "CustomerNotFound", "CustomerTakenOver",
    "DeletionRefused", "DeletionState", "DocumentExpired", "DocumentsToSee", "GuardianNeeded", "KindsDiffer",
    "MaybeKnown", "MergeReasonMissing", "MergeUndone", "Merged", "NotSuspected", "Obstacle", "PapersMissing",
    "PremisesNotFound", "PurposeIncomplete", "PurposeNeeded", "StillServed", "Suspicion", "Ties", "address_reader",
    "bigrams", "check_document", "check_phone", "mask_address", "mask_document", "mask_name", "mask_phone",
    "may_withdraw", "normal_number", "normal_phone", "obstacles", "papers_required", "premises_path", "premises_paths",
    "search_keys", "searched_phone", "suspicion",
]  # fmt: skip
