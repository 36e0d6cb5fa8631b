"""The door of the provisioning room."""

from onehall.contexts.provisioning.contracts import (  # noqa: I001 - packed: the door has a limit
    AccessState, AccountOfAnother, AccountUnknown, BadSecret, CommandDue, Grant, Granted, SecretPolicy, Standing,
)  # fmt: skip
from onehall.contexts.provisioning.policies import (
    HASH_ROUNDS, INITIAL_SECRET, KEEP_CLEAR_SECRET, RETRY_FIRST, RETRY_LONGEST, SECRET_LENGTH,
)  # fmt: skip
from onehall.contexts.provisioning.queries import access, accesses, commands_due
from onehall.contexts.provisioning.rules import check_secret, secret_policy
from onehall.contexts.provisioning.services import (
    command_done, command_failed, grant_access, move_access, reset_secret, restate_access, take_over_access,
    withdraw_access, withdraw_accounts,
)  # fmt: skip

__all__ = [
    "HASH_ROUNDS", "INITIAL_SECRET", "KEEP_CLEAR_SECRET", "RETRY_FIRST", "RETRY_LONGEST", "SECRET_LENGTH",
    "AccessState", "AccountOfAnother", "AccountUnknown", "BadSecret", "CommandDue", "Grant", "Granted",
    "SecretPolicy", "Standing", "access", "accesses", "check_secret", "command_done", "command_failed",
    "commands_due", "grant_access", "move_access", "reset_secret", "restate_access", "secret_policy",
    "take_over_access", "withdraw_access", "withdraw_accounts",
]  # fmt: skip
