"""What can be done to customers' records, verb by verb."""

from onehall.contexts.customers.services.access import log_refusal, reveal_field, state_purpose
from onehall.contexts.customers.services.checklist import see_papers, tell_missing
from onehall.contexts.customers.services.corrections import correct_particulars
from onehall.contexts.customers.services.merging import (
    customer_in_service,
    merge_records,
    tell_apart,
    undo_merge,
)
from onehall.contexts.customers.services.premises import establish_compound, establish_premises
from onehall.contexts.customers.services.registration import register_customer, rehash
from onehall.contexts.customers.services.scans import check_words, delete_due_scans, keep_scan, open_scan
from onehall.contexts.customers.services.takeover import add_mobiles, take_over_customers, withdraw_customers

__all__ = [
    "add_mobiles",
    "check_words",
    "correct_particulars",
    "customer_in_service",
    "delete_due_scans",
    "establish_compound",
    "establish_premises",
    "keep_scan",
    "log_refusal",
    "merge_records",
    "open_scan",
    "register_customer",
    "rehash",
    "reveal_field",
    "see_papers",
    "state_purpose",
    "take_over_customers",
    "tell_apart",
    "tell_missing",
    "undo_merge",
    "withdraw_customers",
]
