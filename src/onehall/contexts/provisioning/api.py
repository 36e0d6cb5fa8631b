"""The door of the provisioning room."""

from onehall.contexts.provisioning.contracts import (  # noqa: I001 - packed: the door has a limit
    OBSTACLES, AccessState, AccountOfAnother, AccountUnknown, Act, BadSecret, CommandDue, Grant, Granted, OnLine, Order,
    SecretPolicy, Standing, Wish,
)  # fmt: skip
from onehall.contexts.provisioning.policies import (
    BREAKER_FAILURES, BREAKER_REST, COMMAND_LEASE, COMMAND_SECONDS, CUT_AGAIN, HASH_ROUNDS, INITIAL_SECRET,
    KEEP_CLEAR_SECRET, RETRY_FIRST, RETRY_LONGEST, SECRET_LENGTH, SURVIVOR_GRACE, TEST_HOURS,
)  # fmt: skip
from onehall.contexts.provisioning.ports import Device, NetworkElement, Told, Verdict
from onehall.contexts.provisioning.queries import access, accesses, commands_due
from onehall.contexts.provisioning.rules import check_secret, decide, obstacle, secret_policy
from onehall.contexts.provisioning.services.access import (
    grant_access, move_access, reset_secret, restate_access, take_over_access, withdraw_access, withdraw_accounts,
)  # fmt: skip
from onehall.contexts.provisioning.services.commands import (
    Errand, Outcome, close_test, command_done, command_failed, cut_sessions, end_tests, note_outcomes, open_test,
    reconcile, take_commands,
)  # fmt: skip

__all__ = [
    "BREAKER_FAILURES", "BREAKER_REST", "COMMAND_LEASE", "COMMAND_SECONDS", "CUT_AGAIN", "HASH_ROUNDS", "INITIAL_SECRET",
    "KEEP_CLEAR_SECRET", "OBSTACLES", "RETRY_FIRST", "RETRY_LONGEST", "SECRET_LENGTH", "SURVIVOR_GRACE", "TEST_HOURS",
    "AccessState", "AccountOfAnother", "AccountUnknown", "Act", "BadSecret", "CommandDue", "Device", "Errand", "Grant",
    "Granted", "NetworkElement", "OnLine", "Order", "Outcome", "SecretPolicy", "Standing", "Told", "Verdict", "Wish",
    "access", "accesses", "check_secret", "close_test", "command_done", "command_failed", "commands_due", "cut_sessions",
    "decide", "end_tests", "grant_access", "move_access", "note_outcomes", "obstacle", "open_test", "reconcile",
    "reset_secret", "restate_access", "secret_policy", "take_commands", "take_over_access", "withdraw_access",
    "withdraw_accounts",
]  # fmt: skip
