"""Pure decisions of the subscriptions room."""

from onehall.contexts.subscriptions.rules.leaving import (  # noqa: I001 - packed: the door has a limit
    CAUSES, OUTCOMES, Cause, NotPortable, Outcome, PortingNoTalk, Talk, TalkIncomplete, check_porting, check_talk,
)  # fmt: skip
from onehall.contexts.subscriptions.rules.moving import LineChanged, MoveGiven, NotMovable, check_move  # fmt: skip
from onehall.contexts.subscriptions.rules.suspending import RESUME_HINT, NotSuspendable, Suspended, SuspensionDecision, SuspensionLimits, decide_suspension  # fmt: skip
from onehall.contexts.subscriptions.rules.terms import EndingDecision, TermDates, decide_ending, first_term, first_term_start, may_change_speed, moved_back, moved_terms, points_to_charge, renewal, renewal_start, start_after_installation, term_end  # fmt: skip

__all__ = [
    "CAUSES", "OUTCOMES", "RESUME_HINT", "Cause", "EndingDecision", "LineChanged", "MoveGiven", "NotMovable",
    "NotPortable", "NotSuspendable", "Outcome", "PortingNoTalk", "Suspended", "SuspensionDecision",
    "SuspensionLimits", "Talk", "TalkIncomplete", "TermDates", "check_move", "check_porting", "check_talk",
    "decide_ending", "decide_suspension", "first_term", "first_term_start", "may_change_speed", "moved_back",
    "moved_terms", "points_to_charge", "renewal", "renewal_start", "start_after_installation", "term_end",
]  # fmt: skip
