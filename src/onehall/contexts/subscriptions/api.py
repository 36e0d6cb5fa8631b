"""The door of the subscriptions room."""

from onehall.contexts.subscriptions.contracts import (  # noqa: I001 - packed: the door has a limit
    AccountInUse, Bought, Ending, EndingBooked, EndingKind, Extension, LaterSaleDepends, NewSubscription,
    NotRenewable, SerialTaken, Subscription, Term, TermSold, Withdrawn,
)  # fmt: skip
from onehall.contexts.subscriptions.policies import (
    BINDING_MONTHS,
    INCLUDED_POINTS,
    NO_REFUND_HINT,
    START_DELAY,
)
from onehall.contexts.subscriptions.queries import (
    additional_points, expiring, lines_and_points, live_accounts, subscription, subscription_by_account,
    subscription_by_serial, subscriptions, subscriptions_at, subscriptions_of, taken_serials,
)  # fmt: skip
from onehall.contexts.subscriptions.rules import (
    EndingDecision,
    TermDates,
    decide_ending,
    first_term,
    first_term_start,
    may_change_speed,
    points_to_charge,
    renewal,
    renewal_start,
)
from onehall.contexts.subscriptions.services import (
    add_points,
    apply_due_endings,
    cancel_sales,
    end_subscription,
    extend_terms,
    open_subscriptions,
    take_over_subscriptions,
    withdraw_ending,
    withdraw_subscriptions,
)

__all__ = ["BINDING_MONTHS", "INCLUDED_POINTS", "NO_REFUND_HINT", "START_DELAY", "AccountInUse", "Bought"]
__all__ += ["Ending", "EndingBooked", "EndingDecision", "EndingKind", "Extension", "LaterSaleDepends"]
__all__ += ["NewSubscription", "NotRenewable", "SerialTaken", "Subscription", "Term", "TermDates"]
__all__ += ["TermSold", "Withdrawn", "add_points", "additional_points", "apply_due_endings", "cancel_sales"]
__all__ += ["decide_ending", "end_subscription", "expiring", "extend_terms", "first_term"]
__all__ += ["first_term_start", "may_change_speed", "open_subscriptions", "points_to_charge", "renewal"]
__all__ += ["renewal_start", "subscription", "subscription_by_account", "subscription_by_serial"]
__all__ += ["subscriptions", "subscriptions_at", "subscriptions_of", "withdraw_ending"]
__all__ += ["lines_and_points", "live_accounts", "take_over_subscriptions", "taken_serials"]
__all__ += ["withdraw_subscriptions"]
