"""Writing voice: one verb each, inside the caller's transaction. Nothing is ever changed."""

from onehall.contexts.voice.services.calls import (
    correct_charges,
    forget_raw,
    rate_calls,
    rate_line,
    take_calls,
)
from onehall.contexts.voice.services.lines import hold_line, rename_line, set_line
from onehall.contexts.voice.services.months import approve_run, draft_bills, start_run, withdraw_run
from onehall.contexts.voice.services.takeover import take_over_lines, withdraw_lines
from onehall.contexts.voice.services.tariffs import establish_plan, establish_prefixes
from onehall.contexts.voice.services.topups import move_rest, take_back_top_up, take_rest, top_up

__all__ = [
    "approve_run", "correct_charges", "draft_bills", "establish_plan", "establish_prefixes", "forget_raw", "hold_line", "move_rest", "rate_calls", "rate_line", "rename_line", "set_line", "start_run",
    "take_back_top_up", "take_calls", "take_over_lines", "take_rest", "top_up", "withdraw_lines", "withdraw_run",
]  # fmt: skip
