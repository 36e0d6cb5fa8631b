"""The door of the subscriptions room."""

from onehall.contexts.subscriptions.contracts import (  # noqa: I001 - packed: the door has a limit
    AccountInUse, Bought, Ending, EndingBooked, EndingKind, Extension, LaterSaleDepends, NewSubscription,
    NotRenewable, SerialTaken, Subscription, Term, TermSold, Withdrawn,
)  # fmt: skip
from onehall.contexts.subscriptions.policies import (
    BINDING_MONTHS, INCLUDED_POINTS, NO_REFUND_HINT, START_DELAY, START_RULE,
)  # fmt: skip
from onehall.contexts.subscriptions.queries import (
    additional_points, expiring, lines_and_points, live_accounts, subscription, subscription_by_account,
    subscription_by_serial, subscriptions, subscriptions_at, subscriptions_of, taken_serials,
)  # fmt: skip
from onehall.contexts.subscriptions.rules import (
    EndingDecision, TermDates, decide_ending, first_term, first_term_start, may_change_speed, points_to_charge,
    renewal, renewal_start,
)  # fmt: skip
from onehall.contexts.subscriptions.services.selling import (
    add_points, apply_due_endings, cancel_sales, end_subscription, extend_terms, move_start, open_subscriptions,
    withdraw_ending,
)  # fmt: skip
from onehall.contexts.subscriptions.services.takeover import take_over_subscriptions, withdraw_subscriptions

__all__ = [
    "BINDING_MONTHS", "INCLUDED_POINTS", "NO_REFUND_HINT", "START_DELAY", "START_RULE", "AccountInUse", "Bought",
    "Ending", "EndingBooked", "EndingDecision", "EndingKind", "Extension", "LaterSaleDepends", "NewSubscription",
    "NotRenewable", "SerialTaken", "Subscription", "Term", "TermDates", "TermSold", "Withdrawn", "add_points",
    "additional_points", "apply_due_endings", "cancel_sales", "decide_ending", "end_subscription", "expiring",
    "extend_terms", "first_term", "first_term_start", "lines_and_points", "live_accounts", "may_change_speed",
    "move_start", "open_subscriptions", "points_to_charge", "renewal", "renewal_start", "subscription",
    "subscription_by_account", "subscription_by_serial", "subscriptions", "subscriptions_at", "subscriptions_of",
    "take_over_subscriptions", "taken_serials", "withdraw_ending", "withdraw_subscriptions",
]  # fmt: skip
