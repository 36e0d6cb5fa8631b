"""The door of the subscriptions room."""

from onehall.contexts.subscriptions.contracts import (  # noqa: I001 - packed: the door has a limit
    AccountInUse, Bought, Ending, EndingBooked, EndingKind, Extension, LaterSaleDepends, NewSubscription, NotRenewable, SerialTaken, Subscription,
    Term, TermSold, Withdrawn,
)  # fmt: skip
from onehall.contexts.subscriptions.policies import (
    BINDING_MONTHS, INCLUDED_POINTS, NO_REFUND_HINT, PORTING_DAYS, START_DELAY, START_RULE, SUSPENSION_LEFT, SUSPENSION_MONTHS,
)  # fmt: skip
from onehall.contexts.subscriptions.queries import (
    additional_points, lines_and_points, live_accounts, live_by_dwelling, subscription, subscription_by_account, subscriptions,
    subscriptions_at, subscriptions_of, taken_serials,
)  # fmt: skip
from onehall.contexts.subscriptions.rules import (
    CAUSES, OUTCOMES, RESUME_HINT, Cause, EndingDecision, LineChanged, MoveGiven, NotMovable, NotPortable, NotSuspendable, Outcome, PortingNoTalk,
    Suspended, SuspensionDecision, SuspensionLimits, Talk, TalkIncomplete, TermDates, check_move, check_porting, check_talk, decide_ending,
    decide_suspension, first_term, first_term_start, may_change_speed, points_to_charge, renewal, renewal_start,
)  # fmt: skip
from onehall.contexts.subscriptions.services.changing import (
    change_owner, line_in_hand, move_line, resume_due, suspend, undo_moves, undo_suspensions,
)  # fmt: skip
from onehall.contexts.subscriptions.services.leaving import record_change_of_mind, record_talk
from onehall.contexts.subscriptions.services.selling import (
    add_points, apply_due_endings, cancel_sales, end_subscription, extend_terms, move_start, open_line, open_subscriptions, withdraw_ending,
)  # fmt: skip
from onehall.contexts.subscriptions.services.takeover import take_over_subscriptions, withdraw_subscriptions

__all__ = [
    "BINDING_MONTHS", "CAUSES", "INCLUDED_POINTS", "NO_REFUND_HINT", "OUTCOMES", "PORTING_DAYS", "RESUME_HINT", "START_DELAY", "START_RULE",
    "SUSPENSION_LEFT", "SUSPENSION_MONTHS", "AccountInUse", "Bought", "Cause", "Ending", "EndingBooked", "EndingDecision", "EndingKind", "Extension",
    "LaterSaleDepends", "LineChanged", "MoveGiven", "NewSubscription", "NotMovable", "NotPortable", "NotRenewable", "NotSuspendable", "Outcome",
    "PortingNoTalk", "SerialTaken", "Subscription", "Suspended", "SuspensionDecision", "SuspensionLimits", "Talk", "TalkIncomplete", "Term",
    "TermDates", "TermSold", "Withdrawn", "add_points", "additional_points", "apply_due_endings", "cancel_sales", "change_owner", "check_move",
    "check_porting", "check_talk", "decide_ending", "decide_suspension", "end_subscription", "extend_terms", "first_term",
    "first_term_start", "line_in_hand", "lines_and_points", "live_accounts", "live_by_dwelling", "may_change_speed", "move_line", "move_start", "open_line", "open_subscriptions", "points_to_charge",
    "record_change_of_mind", "record_talk", "renewal", "renewal_start", "resume_due", "subscription", "subscription_by_account",
    "subscriptions", "subscriptions_at", "subscriptions_of", "suspend", "take_over_subscriptions", "taken_serials",
    "undo_moves", "undo_suspensions", "withdraw_ending", "withdraw_subscriptions",
]  # fmt: skip
